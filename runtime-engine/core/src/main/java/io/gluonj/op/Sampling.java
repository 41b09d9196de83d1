package io.gluonj.op;

import static io.gluonj.op.OpSchema.define;

import io.gluonj.op.OpSchema.SampleInput;
import io.gluonj.op.Scalar.Fn2;
import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.DType;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.util.List;

/**
 * Images (N, C, H, W) read at places given by a grid (N, 2, h, w) of x and y, -1 and 1 being the
 * middles of the outermost pixels (Jaderberg et al., NIPS 2015). Outside the image is 0.
 */
public sealed interface Sampling extends Op.Composite {
  /** What places are made of. */
  enum Transform {
    /** Six numbers for each image, rows of a matrix that maps (x, y, 1) to the source. */
    AFFINE,
    /** A displacement in pixels for each place. */
    WARP
  }

  private static Tensor filled(Tensor like, Shape shape, Scalar element) {
    DType type = like.dtype();
    return Ops.call(new Creation.Filled(shape, type, element), like);
  }

  private static double gaps(long extent) {
    return Math.max(1, extent - 1);
  }

  /** The places of an affine map: (N, 6) to (N, 2, h, w). */
  private static Tensor affine(Tensor theta, long high, long wide) {
    Scalar position = new Scalar.Iota(1);
    Scalar row = position.plus(0.5).over(Scalar.of((double) wide)).map(Scalar.Fn.FLOOR);
    Scalar x = position.minus(row.times((double) wide)).times(2 / gaps(wide)).minus(1);
    Scalar y = row.times(2 / gaps(high)).minus(1);
    Scalar which = new Scalar.Iota(0);
    Scalar element =
        which
            .with(Fn2.EQ, Scalar.of(0))
            .choose(x, which.with(Fn2.EQ, Scalar.of(1)).choose(y, Scalar.of(1)));
    long images = theta.shape().dim(0);
    Tensor places = filled(theta, Shape.of(3, high * wide), element);
    Tensor maps = theta.reshapeTo(Shape.of(images * 2, 3));
    return Ops.call(new MatMul(false, false, false), maps, places)
        .reshapeTo(Shape.of(images, 2, high, wide));
  }

  /**
   * How much the pixel at a distance counts. Its slope at a pixel's middle is that to the right,
   * and at distance 1 it is 0, as MXNet has it.
   */
  private static Scalar triangle(Scalar distance) {
    Scalar right = Scalar.of(0).with(Fn2.MAX, Scalar.of(1).minus(distance));
    Scalar left = distance.plus(1).with(Fn2.MAX, Scalar.of(0));
    return distance.with(Fn2.GE, Scalar.of(0)).choose(right, left);
  }

  /** The weights (N, h*w, extent) of the pixels along one axis, for one coordinate of the grid. */
  private static Tensor weights(Tensor grid, int coordinate, long extent) {
    Shape g = grid.shape();
    long places = g.dim(2) * g.dim(3);
    Tensor at =
        grid.sliceAxis(1, coordinate, coordinate + 1).reshapeTo(Shape.of(g.dim(0), places, 1));
    Tensor repeated = BroadcastTo.exactly(Shape.of(g.dim(0), places, extent), at);
    Scalar pixel = Scalar.arg(0).plus(1).times((extent - 1) / 2.0);
    return Ops.call(new Fused(triangle(pixel.minus(new Scalar.Iota(2))), 1), repeated);
  }

  /** Rows are mixed by a product for all places at once, columns by a weighted sum. */
  private static Tensor sample(Tensor data, Tensor grid) {
    Shape x = data.shape();
    Shape g = grid.shape();
    long places = g.dim(2) * g.dim(3);
    Tensor across =
        Ops.call(
                new MatMul(false, true, false),
                data.reshapeTo(Shape.of(x.dim(0), x.dim(1) * x.dim(2), x.dim(3))),
                weights(grid, 0, x.dim(3)))
            .reshapeTo(Shape.of(x.dim(0), x.dim(1), x.dim(2), places));
    Tensor down =
        weights(grid, 1, x.dim(2))
            .transpose(0, 2, 1)
            .reshapeTo(Shape.of(x.dim(0), 1, x.dim(2), places));
    return across.mul(down).sum(2).reshapeTo(Shape.of(x.dim(0), x.dim(1), g.dim(2), g.dim(3)));
  }

  private static void requireImages(Infer s) {
    if (s.in(0).hasRank() && s.in(0).rank() != 4) {
      throw s.error(
          "data of rank " + s.in(0).rank(),
          "images are (batch, channels, height, width)",
          "reshape the data to four axes");
    }
  }

  private static void requireTarget(Infer s, List<Long> target) {
    if (target.size() != 2 || target.stream().anyMatch(d -> d < 1)) {
      throw s.error(
          "target_shape " + target,
          "it is height and width of the result",
          "give two positive numbers");
    }
  }

  private static SampleInput input(double low, double high, long... dims) {
    return new SampleInput(TensorType.float32(dims), low, high);
  }

  /** Places from maps or displacements. */
  record GridGenerator(Transform transformType, List<Long> targetShape) implements Sampling {
    static final OpSchema<GridGenerator> SCHEMA =
        define(new GridGenerator(Transform.AFFINE, List.of(0L, 0L)), "GridGenerator")
            .inputs("data")
            .required("transform_type")
            .countedInFilesAs(op -> 2)
            .sample(new GridGenerator(Transform.AFFINE, List.of(3L, 4L)), Shape.of(2, 6))
            .sample(new GridGenerator(Transform.WARP, List.of(0L, 0L)), Shape.of(2, 2, 3, 4));

    public GridGenerator {
      targetShape = List.copyOf(targetShape);
    }

    @Override
    public void infer(Infer s) {
      switch (transformType) {
        case AFFINE -> {
          requireTarget(s, targetShape);
          s.in(0, Shape.of(Shape.UNKNOWN, 6), "there are six numbers for each image");
          s.out(
              0,
              Shape.of(s.in(0).dim(0), 2, targetShape.get(0), targetShape.get(1)),
              "there are two coordinates for each place");
        }
        case WARP -> {
          s.same();
          s.in(
              0,
              Shape.of(Shape.UNKNOWN, 2, Shape.UNKNOWN, Shape.UNKNOWN),
              "there are two displacements for each place");
          s.out(0, s.in(0), "there are two coordinates for each place");
        }
      }
    }

    @Override
    public List<Tensor> expand(Expansion e) {
      if (transformType == Transform.AFFINE) {
        return List.of(affine(e.in(0), targetShape.get(0), targetShape.get(1)));
      }
      Shape x = e.shape(0);
      Scalar across = Scalar.arg(0).plus(new Scalar.Iota(3)).times(2 / gaps(x.dim(3))).minus(1);
      Scalar down = Scalar.arg(0).plus(new Scalar.Iota(2)).times(2 / gaps(x.dim(2))).minus(1);
      Scalar first = new Scalar.Iota(1).with(Fn2.EQ, Scalar.of(0));
      return List.of(Ops.call(new Fused(first.choose(across, down), 1), e.in(0)));
    }
  }

  /** Images at the places of a grid, by linear interpolation between four pixels. */
  record BilinearSampler() implements Sampling {
    static final OpSchema<BilinearSampler> SCHEMA =
        define(new BilinearSampler(), "BilinearSampler")
            .inputs("data", "grid")
            .onnx("GridSample")
            .ignored("cudnn_off")
            .countedInFilesAs(op -> 2)
            .sample(new BilinearSampler(), input(-2, 2, 1, 2, 4, 3), input(-1.2, 1.2, 1, 2, 2, 3));

    @Override
    public void infer(Infer s) {
      requireImages(s);
      if (s.in(0).hasRank()) {
        Shape grid = Shape.of(s.in(0).dim(0), 2, Shape.UNKNOWN, Shape.UNKNOWN);
        s.in(1, grid, "there are two coordinates for each place");
        s.out(
            0,
            s.in(0).with(2, s.in(1).dim(2)).with(3, s.in(1).dim(3)),
            "there is a pixel for each place");
      }
    }

    @Override
    public List<Tensor> expand(Expansion e) {
      return List.of(sample(e.in(0), e.in(1)));
    }
  }

  /** Images under an affine map of their own. */
  record SpatialTransformer(List<Long> targetShape, Kind transformType, Sampler samplerType)
      implements Sampling {
    /** The maps. */
    public enum Kind {
      AFFINE
    }

    /** The interpolations. */
    public enum Sampler {
      BILINEAR
    }

    static final OpSchema<SpatialTransformer> SCHEMA =
        define(
                new SpatialTransformer(List.of(0L, 0L), Kind.AFFINE, Sampler.BILINEAR),
                "SpatialTransformer")
            .inputs("data", "loc")
            .required("transform_type", "sampler_type")
            .ignored("cudnn_off")
            .countedInFilesAs(op -> 3)
            .sample(
                new SpatialTransformer(List.of(3L, 2L), Kind.AFFINE, Sampler.BILINEAR),
                input(-2, 2, 1, 2, 4, 3),
                input(-0.4, 0.4, 1, 6));

    public SpatialTransformer {
      targetShape = List.copyOf(targetShape);
    }

    @Override
    public void infer(Infer s) {
      requireImages(s);
      requireTarget(s, targetShape);
      if (s.in(0).hasRank()) {
        s.in(1, Shape.of(s.in(0).dim(0), 6), "there are six numbers for each image");
        s.out(
            0,
            s.in(0).with(2, targetShape.get(0)).with(3, targetShape.get(1)),
            "the size is an attribute");
      }
    }

    @Override
    public List<Tensor> expand(Expansion e) {
      Tensor grid = affine(e.in(1), targetShape.get(0), targetShape.get(1));
      return List.of(sample(e.in(0), grid));
    }
  }
}
