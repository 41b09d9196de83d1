package io.gluonj.optimizer;

import io.gluonj.op.Op;
import io.gluonj.tensor.Autograd;
import io.gluonj.tensor.NDArray;
import io.gluonj.tensor.Ops;
import io.gluonj.tensor.TensorScope;
import java.util.List;

/** Applies operators that change their inputs. */
final class Updates {
  private Updates() {}

  /** Runs; the new values are taken over by the inputs, and the returned arrays are freed. */
  static void apply(Op op, List<NDArray> inputs) {
    try (var _ = Autograd.pause();
        var _ = TensorScope.open()) {
      Ops.callAll(op, "", inputs);
    }
  }

  static NDArray zeros(NDArray weight) {
    return TensorScope.outside(() -> NDArray.full(0, weight.type(), weight.device()));
  }
}
