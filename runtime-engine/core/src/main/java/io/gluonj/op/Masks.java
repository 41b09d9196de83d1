package io.gluonj.op;

import static io.gluonj.op.OpSchema.define;

import io.gluonj.op.Scalar.Fn;
import io.gluonj.op.Scalar.Fn2;
import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.Shape;
import java.util.List;

/** What attention needs beside products: masks, rotary positions, scale. */
public sealed interface Masks extends Op.Composite {
  private static void requireAxes(Infer s) {
    s.same();
    if (s.in(0).hasRank() && s.in(0).rank() < 2) {
      throw s.error(
          "data of rank " + s.in(0).rank(),
          "the operator works on the last two axes",
          "reshape the data to at least two axes");
    }
  }

  /** Zeros above (or, unless lower, below) diagonal {@code k} of the last two axes. */
  record Triangle(long k, boolean lower) implements Masks {
    static final OpSchema<Triangle> SCHEMA =
        OpSchema.internal(new Triangle(0, true), "triangle")
            .inputs("data")
            .onnx("Trilu")
            .sample(new Triangle(0, true), Shape.of(2, 3, 3))
            .sample(new Triangle(1, false), Shape.of(3, 4));

    @Override
    public void infer(Infer s) {
      requireAxes(s);
    }

    @Override
    public List<Tensor> expand(Expansion e) {
      int rank = e.shape(0).rank();
      Scalar distance = new Scalar.Iota(rank - 1).minus(new Scalar.Iota(rank - 2));
      Scalar kept = distance.with(lower ? Fn2.LE : Fn2.GE, Scalar.of((double) k));
      return List.of(Ops.call(new Fused(kept.choose(Scalar.arg(0), Scalar.of(0)), 1), e.in(0)));
    }
  }

  /**
   * Rotary positions (Su et al., 2021) of (…, steps, features): pairs of features, one from each
   * half, are turned by {@code (offset + step) * base^(-2 pair / features)}.
   */
  record RotaryEmbedding(double base, long offset) implements Masks {
    static final OpSchema<RotaryEmbedding> SCHEMA =
        OpSchema.internal(new RotaryEmbedding(10000, 0), "rotary_embedding")
            .inputs("data")
            .onnx("RotaryEmbedding")
            .sample(new RotaryEmbedding(10000, 3), Shape.of(2, 3, 4));

    @Override
    public void infer(Infer s) {
      requireAxes(s);
      if (s.in(0).hasRank() && s.in(0).dim(-1) % 2 != 0 && s.in(0).dim(-1) != Shape.UNKNOWN) {
        throw s.error(
            s.in(0).dim(-1) + " features",
            "features are turned in pairs",
            "use an even number of features");
      }
    }

    @Override
    public List<Tensor> expand(Expansion e) {
      Shape x = e.shape(0);
      long half = x.dim(-1) / 2;
      int last = x.rank() - 1;
      Scalar step = new Scalar.Iota(last - 1).plus((double) offset);
      Scalar turns = new Scalar.Iota(last).times(-Math.log(base) / half).map(Fn.EXP);
      Scalar angle = step.times(turns);
      Scalar cos = angle.map(Fn.COS);
      Scalar sin = angle.map(Fn.SIN);
      Scalar a = Scalar.arg(0);
      Scalar b = Scalar.arg(1);
      Tensor first = e.in(0).sliceAxis(last, 0, half);
      Tensor second = e.in(0).sliceAxis(last, half, 2 * half);
      Tensor real = Ops.call(new Fused(a.times(cos).minus(b.times(sin)), 2), first, second);
      Tensor imaginary = Ops.call(new Fused(b.times(cos).plus(a.times(sin)), 2), first, second);
      return List.of(Ops.call(new Concat(last), real, imaginary));
    }
  }

  /** {@code x / sqrt(n)}, n being the extent of the last axis. */
  record DivSqrtDim() implements Masks {
    static final OpSchema<DivSqrtDim> SCHEMA =
        define(new DivSqrtDim(), "_contrib_div_sqrt_dim")
            .inputs("data")
            .sample(new DivSqrtDim(), Shape.of(2, 4));

    @Override
    public void infer(Infer s) {
      s.same();
      if (s.in(0).hasRank() && s.in(0).rank() < 1) {
        throw s.error("a single value", "the last axis counts", "pass at least one axis");
      }
    }

    @Override
    public List<Tensor> expand(Expansion e) {
      return List.of(e.in(0).div(Math.sqrt((double) e.shape(0).dim(-1))));
    }
  }
}
