package io.gluonj.op;

import static io.gluonj.op.OpSchema.define;

import io.gluonj.op.Scalar.Fn;
import io.gluonj.op.Scalar.Fn2;
import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.DType;
import io.gluonj.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Images (N, C, H, W) in another size. Means and interpolation are products with a matrix a side.
 */
public sealed interface Resampling extends Op.Composite {
  private static void requireImage(Infer s, int input) {
    if (s.in(input).hasRank() && s.in(input).rank() != 4) {
      throw s.error(
          "data of rank " + s.in(input).rank(),
          "images are (batch, channels, height, width)",
          "reshape the data to four axes");
    }
  }

  /** A constant (rows, columns) matrix. */
  private static Tensor matrix(Tensor like, long rows, long columns, Scalar element) {
    DType type = like.dtype();
    return Ops.call(new Creation.Filled(Shape.of(rows, columns), type, element), like);
  }

  /** {@code rows x columnsᵀ} for every image. */
  private static Tensor separable(Tensor x, Tensor rows, Tensor columns) {
    Shape s = x.shape();
    Op byTransposed = new MatMul(false, true, false);
    long images = s.dim(0) * s.dim(1);
    long high = rows.shape().dim(0);
    long wide = columns.shape().dim(0);
    Tensor across =
        Ops.call(byTransposed, x.reshapeTo(Shape.of(images * s.dim(2), s.dim(3))), columns)
            .reshapeTo(Shape.of(images, s.dim(2), wide))
            .transpose(0, 2, 1);
    Tensor down = Ops.call(byTransposed, across.reshapeTo(Shape.of(images * wide, s.dim(2))), rows);
    return down.reshapeTo(Shape.of(images, wide, high))
        .transpose(0, 2, 1)
        .reshapeTo(Shape.of(s.dim(0), s.dim(1), high, wide));
  }

  /**
   * Each pixel as a block of {@code scale} by {@code scale}. Further inputs are brought to the size
   * of the first and joined along the channels, or added.
   */
  record UpSampling(int scale, Type sampleType, Join multiInputMode) implements Resampling {
    /** How pixels are made. The learned kernel of MXNet's bilinear type is a Deconvolution. */
    public enum Type {
      NEAREST
    }

    /** What happens to several inputs. */
    public enum Join {
      CONCAT,
      SUM
    }

    static final OpSchema<UpSampling> SCHEMA =
        define(new UpSampling(1, Type.NEAREST, Join.CONCAT), "UpSampling")
            .variadic()
            .onnx("Resize")
            .required("scale", "sample_type")
            .ignored("num_filter", "workspace")
            .sample(new UpSampling(2, Type.NEAREST, Join.CONCAT), Shape.of(1, 2, 2, 3))
            .sample(
                new UpSampling(2, Type.NEAREST, Join.CONCAT),
                Shape.of(1, 1, 2, 2),
                Shape.of(1, 2, 4, 4))
            .sample(
                new UpSampling(2, Type.NEAREST, Join.SUM),
                Shape.of(1, 1, 4, 2),
                Shape.of(1, 1, 2, 1));

    @Override
    public void infer(Infer s) {
      long channels = 0;
      for (int i = 0; i < s.inputs(); i++) {
        requireImage(s, i);
        if (!s.in(i).isKnown()) {
          return;
        }
        channels += s.in(i).dim(1);
      }
      Shape first = s.in(0);
      long high = Shape.times(first.dim(2), scale);
      long wide = Shape.times(first.dim(3), scale);
      for (int i = 0; i < s.inputs(); i++) {
        Shape x = s.in(i);
        boolean fits =
            scale > 0
                && x.dim(0) == first.dim(0)
                && x.dim(2) > 0
                && high % x.dim(2) == 0
                && wide == x.dim(3) * (high / x.dim(2))
                && (multiInputMode == Join.CONCAT || x.dim(1) == first.dim(1));
        if (!fits) {
          throw s.error(
              "input " + i + " of shape " + x + " cannot be brought to " + high + " x " + wide,
              "all inputs are enlarged, by whole factors, to scale times the first one's size",
              "change scale, or the size of this input");
        }
      }
      s.out(
          0,
          Shape.of(first.dim(0), multiInputMode == Join.SUM ? first.dim(1) : channels, high, wide),
          "height and width are scale times those of the first input");
    }

    @Override
    public List<Tensor> expand(Expansion e) {
      long high = e.shape(0).dim(2) * scale;
      var parts = new ArrayList<Tensor>();
      for (Tensor x : e.inputs()) {
        long factor = high / x.shape().dim(2);
        Tensor taller = Ops.call(new Rearrange.Repeat(factor, Optional.of(2)), x);
        parts.add(Ops.call(new Rearrange.Repeat(factor, Optional.of(3)), taller));
      }
      if (parts.size() == 1) {
        return parts;
      }
      Op join = multiInputMode == Join.SUM ? new Logic.AddN() : new Concat(1);
      return List.of(Ops.call(join, parts.toArray(Tensor[]::new)));
    }
  }

  /** The mean over each of {@code outputSize} parts of about equal size (one number: square). */
  record AdaptiveAvgPooling(List<Long> outputSize) implements Resampling {
    static final OpSchema<AdaptiveAvgPooling> SCHEMA =
        define(new AdaptiveAvgPooling(List.of()), "_contrib_AdaptiveAvgPooling2D")
            .inputs("data")
            .sample(new AdaptiveAvgPooling(List.of(2L, 3L)), Shape.of(1, 2, 5, 4))
            .sample(new AdaptiveAvgPooling(List.of()), Shape.of(1, 2, 3, 2));

    public AdaptiveAvgPooling {
      outputSize = List.copyOf(outputSize);
    }

    private long high() {
      return outputSize.isEmpty() ? 1 : outputSize.getFirst();
    }

    private long wide() {
      return outputSize.isEmpty() ? 1 : outputSize.getLast();
    }

    @Override
    public void infer(Infer s) {
      requireImage(s, 0);
      if (outputSize.size() > 2 || high() < 1 || wide() < 1) {
        throw s.error(
            "output_size " + outputSize,
            "it is height and width of the result, or one number for both",
            "use one or two positive numbers");
      }
      if (s.in(0).hasRank()) {
        s.out(0, s.in(0).with(2, high()).with(3, wide()), "the size is an attribute");
      }
    }

    /** Part o covers positions floor(o*in/out) to ceil((o+1)*in/out), exclusive. */
    private static Scalar share(long in, long out) {
      Scalar part = new Scalar.Iota(0);
      Scalar whole = Scalar.of((double) out);
      Scalar begin = part.times((double) in).over(whole).map(Fn.FLOOR);
      Scalar end = part.plus(1).times((double) in).over(whole).map(Fn.CEIL);
      Scalar at = new Scalar.Iota(1);
      Scalar inside = at.with(Fn2.GE, begin).times(at.with(Fn2.LT, end));
      return inside.over(end.minus(begin));
    }

    @Override
    public List<Tensor> expand(Expansion e) {
      Shape x = e.shape(0);
      Tensor rows = matrix(e.in(0), high(), x.dim(2), share(x.dim(2), high()));
      Tensor columns = matrix(e.in(0), wide(), x.dim(3), share(x.dim(3), wide()));
      return List.of(separable(e.in(0), rows, columns));
    }
  }

  /** Linear interpolation along height and width. */
  record BilinearResize(
      long height,
      long width,
      Optional<Double> scaleHeight,
      Optional<Double> scaleWidth,
      Sizing mode,
      boolean alignCorners)
      implements Resampling {
    /** How the size of the result is found. */
    public enum Sizing {
      /** From height and width, or the scales if given. */
      SIZE,
      /** Scaled, even sizes to even ones and odd to odd. */
      ODD_SCALE,
      /** That of a second input. */
      LIKE,
      TO_EVEN_DOWN,
      TO_EVEN_UP,
      TO_ODD_DOWN,
      TO_ODD_UP
    }

    private static BilinearResize to(long height, long width, Sizing mode, boolean corners) {
      return new BilinearResize(height, width, Optional.empty(), Optional.empty(), mode, corners);
    }

    static final OpSchema<BilinearResize> SCHEMA =
        define(to(1, 1, Sizing.SIZE, true), "_contrib_BilinearResize2D")
            .inputs("data")
            .inputUnless(op -> op.mode() != Sizing.LIKE, "like")
            .onnx("Resize")
            .sample(to(5, 4, Sizing.SIZE, true), Shape.of(1, 2, 3, 3))
            .sample(to(2, 5, Sizing.SIZE, false), Shape.of(1, 1, 3, 3))
            .sample(to(1, 1, Sizing.LIKE, true), Shape.of(1, 1, 2, 3), Shape.of(1, 1, 3, 2))
            .sample(to(1, 1, Sizing.TO_EVEN_UP, true), Shape.of(1, 1, 3, 2));

    private static long size(Sizing mode, long in, long given, Optional<Double> scale, long like) {
      double factor = scale.orElse(1.0);
      return switch (mode) {
        case SIZE -> scale.map(f -> (long) (in * f)).orElse(given);
        case ODD_SCALE -> in % 2 == 0 ? (long) (in * factor) : (long) ((in - 1) * factor) + 1;
        case LIKE -> like;
        case TO_EVEN_DOWN -> in - in % 2;
        case TO_EVEN_UP -> in + in % 2;
        case TO_ODD_DOWN -> in - (1 - in % 2);
        case TO_ODD_UP -> in + (1 - in % 2);
      };
    }

    private Shape result(Shape x, Shape like) {
      return x.with(2, size(mode, x.dim(2), height, scaleHeight, like.dim(2)))
          .with(3, size(mode, x.dim(3), width, scaleWidth, like.dim(3)));
    }

    @Override
    public void infer(Infer s) {
      requireImage(s, 0);
      int last = s.inputs() - 1;
      requireImage(s, last);
      if (!s.in(0).isKnown() || !s.in(last).isKnown()) {
        return;
      }
      Shape x = s.in(0);
      long high = size(mode, x.dim(2), height, scaleHeight, s.in(last).dim(2));
      long wide = size(mode, x.dim(3), width, scaleWidth, s.in(last).dim(3));
      if (high < 1 || wide < 1) {
        throw s.error(
            "a result of " + high + " x " + wide,
            "an image has at least one pixel",
            "choose another height, width or scale");
      }
      s.out(0, result(x, s.in(last)), "the size follows from the mode");
      s.dtype(0, s.dtype(0));
    }

    /** The share of position i in result o: a triangle around the place that o comes from. */
    private Scalar share(long in, long out) {
      Scalar o = new Scalar.Iota(0);
      double step = alignCorners ? (out > 1 ? (in - 1.0) / (out - 1) : 0) : (double) in / out;
      Scalar source =
          alignCorners
              ? o.times(step)
              : o.plus(0.5).times(step).minus(0.5).with(Fn2.MAX, Scalar.of(0));
      Scalar within = source.with(Fn2.MIN, Scalar.of(in - 1.0));
      Scalar distance = within.minus(new Scalar.Iota(1)).map(Fn.ABS);
      return Scalar.of(1).minus(distance).with(Fn2.MAX, Scalar.of(0));
    }

    @Override
    public List<Tensor> expand(Expansion e) {
      Shape x = e.shape(0);
      Shape to = result(x, e.shape(e.inputs().size() - 1));
      Tensor rows = matrix(e.in(0), to.dim(2), x.dim(2), share(x.dim(2), to.dim(2)));
      Tensor columns = matrix(e.in(0), to.dim(3), x.dim(3), share(x.dim(3), to.dim(3)));
      return List.of(separable(e.in(0), rows, columns));
    }
  }
}
