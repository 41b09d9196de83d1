package io.gluonj.op;

import static io.gluonj.op.OpSchema.define;

import io.gluonj.types.DType;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.util.List;

/** Operators whose result does not depend on the values of an input. */
public sealed interface Generators extends Op.Pointwise {
  @Override
  default void vjp(Vjp g) {
    for (int i = 0; i < g.inputs(); i++) {
      g.none(i, "the result does not depend on the values of this input");
    }
  }

  /** Zeros in the shape and type of the input. */
  record ZerosLike() implements Generators {
    static final OpSchema<ZerosLike> SCHEMA =
        define(new ZerosLike(), "zeros_like")
            .inputs("data")
            .method("zerosLike")
            .sample(new ZerosLike(), Shape.of(2));

    @Override
    public List<Scalar> apply(List<Scalar> in) {
      return List.of(Scalar.of(0));
    }
  }

  /** Ones in the shape and type of the input. */
  record OnesLike() implements Generators {
    static final OpSchema<OnesLike> SCHEMA =
        define(new OnesLike(), "ones_like")
            .inputs("data")
            .method("onesLike")
            .sample(new OnesLike(), Shape.of(2));

    @Override
    public List<Scalar> apply(List<Scalar> in) {
      return List.of(Scalar.of(1));
    }
  }

  /**
   * Uniform numbers in [0, 1), float32. The input is the key, int64 (seed, call number); {@code
   * site} tells apart several generators that share a key.
   */
  record UniformNumbers(Shape shape, int site) implements Generators {
    static final OpSchema<UniformNumbers> SCHEMA =
        OpSchema.internal(new UniformNumbers(Shape.scalar(), 0), "_uniform").inputs("key");

    @Override
    public List<Scalar> apply(List<Scalar> in) {
      return List.of(
          in.getFirst() instanceof Scalar.Arg(int key)
              ? new Scalar.Uniform(key, site)
              : Scalar.of(0));
    }

    @Override
    public void infer(Infer s) {
      s.in(0, Shape.of(2), "the key is a pair (seed, call number)");
      s.out(0, shape, "the shape is an attribute");
      s.dtype(0, DType.FLOAT32);
    }
  }

  /**
   * Numbers made from uniform ones and parameters. The inputs are the parameters, which broadcast,
   * then the key, int64 (seed, call number).
   *
   * @param site of the first uniform number; those of the others follow
   * @param draws how many uniform numbers one element takes
   */
  record Drawn(TensorType type, int site, int draws, Scalar body) implements Generators {
    static final OpSchema<Drawn> SCHEMA =
        OpSchema.internal(
                new Drawn(new TensorType(Shape.scalar(), DType.FLOAT32), 0, 0, Scalar.of(0)),
                "_drawn")
            .variadic();

    @Override
    public List<Scalar> apply(List<Scalar> in) {
      return List.of(Scalars.substitute(body, in::get));
    }

    @Override
    public void infer(Infer s) {
      s.out(0, type.shape(), "the shape is an attribute");
      s.dtype(0, type.dtype());
    }
  }
}
