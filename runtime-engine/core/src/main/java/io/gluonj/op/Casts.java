package io.gluonj.op;

import static io.gluonj.op.OpSchema.define;

import io.gluonj.types.DType;
import io.gluonj.types.Shape;
import java.util.List;

/** Conversion of element types. */
public sealed interface Casts extends Op.Pointwise {
  /** The same values with another element type; integers truncate towards zero. */
  record Cast(DType dtype) implements Casts {
    static final OpSchema<Cast> SCHEMA =
        define(new Cast(DType.FLOAT32), "Cast", "cast")
            .inputs("data")
            .method("cast", "dtype")
            .onnx("Cast")
            .required("dtype")
            .sample(new Cast(DType.FLOAT64), Shape.of(2, 3));

    @Override
    public List<Scalar> apply(List<Scalar> in) {
      return in;
    }

    @Override
    public void infer(Infer s) {
      s.same();
      s.dtype(0, dtype);
    }

    @Override
    public void vjp(Vjp g) {
      if (dtype.isFloating()) {
        g.grad(0, () -> g.dy().cast(g.in(0).dtype()));
      } else {
        g.none(0, "a result of whole numbers is piecewise constant");
      }
    }
  }
}
