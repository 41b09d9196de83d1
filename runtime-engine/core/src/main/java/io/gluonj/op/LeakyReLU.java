package io.gluonj.op;

import static io.gluonj.op.OpSchema.define;

import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.Shape;
import java.util.List;

/**
 * MXNet's LeakyReLU: one of six functions that differ below 0, chosen by an attribute. {@code
 * RRELU} draws the slope from [lowerBound, upperBound) in training mode and uses its mean else; its
 * hidden second output is the slopes.
 */
public record LeakyReLU(Type actType, double slope, double lowerBound, double upperBound)
    implements Op.Composite {
  private static final int DATA = 0;
  private static final int GAMMA = 1;

  /** The functions. */
  public enum Type {
    RRELU,
    LEAKY,
    /** A learned slope, for each element of axis 1 or one for all. */
    PRELU,
    ELU,
    SELU,
    GELU
  }

  static final OpSchema<LeakyReLU> SCHEMA =
      define(of(Type.LEAKY, 0.25), "LeakyReLU")
          .inputs("data")
          .inputUnless(op -> op.actType() != Type.PRELU, "gamma")
          .sample(of(Type.LEAKY, 0.25), Shape.of(2, 3))
          .sample(of(Type.PRELU, 0.25), Shape.of(2, 3, 2), Shape.of(3))
          .sample(of(Type.PRELU, 0.25), Shape.of(2, 3), Shape.of(1))
          .sample(of(Type.ELU, 0.7), Shape.of(2, 3))
          .sample(of(Type.SELU, 0.25), Shape.of(2, 3))
          .sample(of(Type.GELU, 0.25), Shape.of(2, 3))
          .sample(of(Type.RRELU, 0.25), Shape.of(2, 3));

  /** With MXNet's bounds. */
  public static LeakyReLU of(Type type, double slope) {
    return new LeakyReLU(type, slope, 0.125, 0.334);
  }

  @Override
  public int outputs() {
    return actType == Type.RRELU ? 2 : 1;
  }

  @Override
  public void infer(Infer s) {
    s.same();
    if (actType == Type.RRELU) {
      s.out(1, s.in(DATA), "there is one slope for each element");
    }
    Shape x = s.in(DATA);
    if (actType == Type.PRELU && x.isKnown() && !oneForAll(s.in(GAMMA))) {
      s.in(GAMMA, Shape.of(channels(x)), "there is one slope for each channel, or one for all");
    }
  }

  private static boolean oneForAll(Shape gamma) {
    return gamma.isKnown() && gamma.size() == 1;
  }

  private static long channels(Shape x) {
    return x.rank() > 1 ? x.dim(1) : x.size();
  }

  @Override
  public List<Tensor> expand(Expansion e) {
    Tensor x = e.in(DATA);
    return switch (actType) {
      case LEAKY -> List.of(Ops.call(new Units.Leaky(slope), x));
      case PRELU -> List.of(Ops.call(new Units.Sloped(), x, slopes(e)));
      case ELU -> List.of(Ops.call(new Units.Elu(slope), x));
      case SELU -> List.of(Ops.call(new Units.Selu(), x));
      case GELU -> List.of(Ops.call(new Units.Gelu(), x));
      case RRELU -> {
        Tensor random =
            e.training()
                ? e.uniform(e.shape(DATA)).mul(upperBound - lowerBound).add(lowerBound)
                : x.onesLike().mul((lowerBound + upperBound) / 2);
        Tensor drawn = random.cast(x.dtype());
        yield List.of(Ops.call(new Units.Sloped(), x, drawn), drawn);
      }
    };
  }

  /** Gamma, shaped to broadcast along axis 1. */
  private static Tensor slopes(Expansion e) {
    Shape x = e.shape(DATA);
    Tensor gamma = e.in(GAMMA);
    if (oneForAll(gamma.shape())) {
      return gamma.reshapeTo(Shape.of(1));
    }
    long[] wide = new long[x.rank()];
    java.util.Arrays.fill(wide, 1);
    wide[Math.min(1, x.rank() - 1)] = channels(x);
    return gamma.reshapeTo(Shape.of(wide));
  }
}
