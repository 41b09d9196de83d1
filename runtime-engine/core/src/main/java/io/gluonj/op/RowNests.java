package io.gluonj.op;

import io.gluonj.op.LoopNest.Access;
import io.gluonj.op.LoopNest.Reduction;
import io.gluonj.op.RowNest.Stage;
import io.gluonj.op.RowNest.Write;
import io.gluonj.op.Scalar.Fn;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Builds the row nests that composite operators lower to where a device computes rows whole. */
public final class RowNests {
  private RowNests() {}

  /** The row nest of an operator; empty if it is none that works on rows. */
  public static Optional<RowNest> of(
      Op.Composite op, List<TensorType> in, List<TensorType> out) {
    return op instanceof SoftmaxOps softmax && !softmax.useLength()
        ? Optional.of(softmax(softmax, in.getFirst(), out.getFirst()))
        : Optional.empty();
  }

  private static RowNest softmax(SoftmaxOps op, TensorType in, TensorType out) {
    Shape shape = in.shape();
    int axis = shape.axis(op.axis());
    Scalar read = op instanceof SoftmaxOps.Softmin ? Scalar.arg(0).map(Fn.NEG) : Scalar.arg(0);
    Scalar x = op.temperature().map(t -> read.over(Scalar.of(t))).orElse(read);
    Scalar most = Scalar.arg(1);
    Scalar second = Scalar.arg(2);
    Scalar shifted = x.minus(most);
    Scalar exp = shifted.map(Fn.EXP);
    Stage maximum = new Stage(Reduction.MAX, x, most);
    var parallel = new ArrayList<Long>();
    var strides = new ArrayList<Long>();
    for (int i = 0; i < shape.rank(); i++) {
      if (i != axis) {
        parallel.add(shape.dim(i));
        strides.add(shape.strides()[i]);
      }
    }
    strides.add(shape.strides()[axis]);
    Stage sum;
    Scalar value;
    switch (op) {
      case SoftmaxOps.Softmax _, SoftmaxOps.Softmin _ -> {
        sum = new Stage(Reduction.SUM, exp, second);
        value = exp.over(second);
      }
      case SoftmaxOps.LogSoftmax _ -> {
        sum = new Stage(Reduction.SUM, exp, second.map(Fn.LOG));
        value = shifted.minus(second);
      }
    }
    return new RowNest(
        parallel,
        List.of(shape.dim(axis)),
        List.of(new Access(0, in.dtype(), 0, strides)),
        List.of(maximum, sum),
        List.of(new Write(new Access(0, out.dtype(), 0, strides), value)),
        List.of());
  }
}
