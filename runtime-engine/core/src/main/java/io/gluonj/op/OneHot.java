package io.gluonj.op;

import static io.gluonj.op.OpSchema.define;

import io.gluonj.op.OpSchema.SampleInput;
import io.gluonj.op.Scalar.Fn;
import io.gluonj.op.Scalar.Fn2;
import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.DType;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.util.List;

/**
 * A new last axis of {@code depth} elements: {@code onValue} at the index, {@code offValue} else.
 */
public record OneHot(long depth, double onValue, double offValue, DType dtype)
    implements Op.Composite {
  static final OpSchema<OneHot> SCHEMA =
      define(new OneHot(0, 1, 0, DType.FLOAT32), "one_hot")
          .inputs("indices")
          .method("oneHot", "depth")
          .onnx("OneHot")
          .required("depth")
          .sample(
              new OneHot(4, 1, 0, DType.FLOAT32), new SampleInput(TensorType.float32(3), 0, 3.99));

  @Override
  public void infer(Infer s) {
    if (s.in(0).hasRank()) {
      s.out(0, s.in(0).insert(s.in(0).rank(), depth), "an axis of the depth is appended");
    }
    s.dtype(0, dtype);
  }

  @Override
  public boolean ownGradient() {
    return true;
  }

  @Override
  public void vjp(Vjp g) {
    g.none(0, "the result is piecewise constant in the indices");
  }

  @Override
  public List<Tensor> expand(Expansion e) {
    Shape in = e.shape(0);
    Shape out = in.insert(in.rank(), depth);
    Tensor repeated = BroadcastTo.exactly(out, e.in(0).reshapeTo(in.insert(in.rank(), 1)));
    Scalar here = Scalar.arg(0).map(Fn.TRUNC).with(Fn2.EQ, new Scalar.Iota(in.rank()));
    return List.of(
        Ops.call(new Fused(here.choose(Scalar.of(onValue), Scalar.of(offValue)), 1), repeated)
            .cast(dtype));
  }
}
