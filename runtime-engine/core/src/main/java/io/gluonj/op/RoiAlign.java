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
import java.util.ArrayList;
import java.util.List;

/**
 * The mean of samples in each bin of each region, interpolated between pixels (He et al., Mask
 * R-CNN, ICCV 2017; MXNet: {@code _contrib_ROIAlign}). Inputs and result are those of {@link
 * RoiPooling}. A region of an image that does not exist gives 0. Regions are not differentiated.
 *
 * @param sampleRatio samples along each axis of a bin; if not positive, as many as the bin has
 *     elements, at most as many as a bin of the whole map has
 * @param positionSensitive whether each bin has channels of its own (Dai et al., R-FCN, NIPS 2016):
 *     the result has the data's channels divided by the number of bins
 * @param aligned whether pixels lie at half coordinates and regions may be smaller than a pixel
 */
public record RoiAlign(
    List<Long> pooledSize,
    double spatialScale,
    int sampleRatio,
    boolean positionSensitive,
    boolean aligned)
    implements Op.Composite {
  /** More samples of an element cannot tell anything new in float32. */
  private static final int MAX_SAMPLES = 1 << 15;

  static final OpSchema<RoiAlign> SCHEMA =
      define(new RoiAlign(List.of(), 0, -1, false, false), "_contrib_ROIAlign")
          .inputs("data", "rois")
          .required("pooled_size", "spatial_scale")
          .sample(
              new RoiAlign(List.of(2L, 3L), 0.7, 2, false, false),
              new SampleInput(TensorType.float32(3, 2, 5, 6), -2, 2),
              new SampleInput(new TensorType(Shape.of(4, 5), DType.INT32), -0.5, 7.99))
          .sample(
              new RoiAlign(List.of(2L, 2L), 1, -1, true, true),
              new SampleInput(TensorType.float32(2, 8, 5, 6), -2, 2),
              new SampleInput(new TensorType(Shape.of(4, 5), DType.INT32), 0, 5.99));

  public RoiAlign {
    pooledSize = List.copyOf(pooledSize);
  }

  private long bins() {
    return pooledSize.get(0) * pooledSize.get(1);
  }

  @Override
  public void infer(Infer s) {
    if (sampleRatio > MAX_SAMPLES) {
      throw s.error(
          "sample_ratio " + sampleRatio,
          "a bin has at most " + MAX_SAMPLES + " samples along each axis",
          "use fewer samples; 2 is usual");
    }
    RoiPooling.infer(s, pooledSize, positionSensitive && pooledSize.size() == 2 ? bins() : 1);
  }

  // what the expressions are over
  private static final int IMAGE = 0;
  private static final int BIN = 5;
  private static final int SAMPLE = 6;

  /** Number {@code x} in a list of which {@code n} make a row: its row, or its place in the row. */
  private static Scalar row(Scalar x, long n) {
    return x.plus(0.5).over(Scalar.of((double) n)).map(Fn.FLOOR);
  }

  private static Scalar within(Scalar x, long n) {
    return x.with(Fn2.MOD, Scalar.of((double) n));
  }

  /**
   * One axis of a sample: where it lies and what it weighs.
   *
   * @param element of the map, next to the sample on the side of the corner
   * @param weight 0 where the sample does not count
   * @param count samples of the region's bins along this axis
   */
  private record Along(Scalar element, Scalar weight, Scalar count) {}

  private Along along(int axis, Shape data, long[] grid) {
    long extent = data.dim(2 + axis);
    Scalar low = Scalar.arg(2 - axis).times(spatialScale).minus(aligned ? 0.5 : 0);
    Scalar high = Scalar.arg(4 - axis).times(spatialScale).minus(aligned ? 0.5 : 0);
    Scalar raw = high.minus(low);
    Scalar length = aligned ? raw : raw.with(Fn2.MAX, Scalar.of(1));
    Scalar size = length.over(Scalar.of(pooledSize.get(axis)));
    Scalar count =
        sampleRatio > 0
            ? Scalar.of(sampleRatio)
            : size.map(Fn.CEIL)
                .with(Fn2.MAX, Scalar.of(0))
                .with(Fn2.MIN, Scalar.of((double) grid[axis]));
    Scalar bin = Scalar.arg(BIN);
    Scalar place = axis == 0 ? row(bin, pooledSize.get(1)) : within(bin, pooledSize.get(1));
    Scalar cell = row(Scalar.arg(SAMPLE), 4);
    Scalar number = axis == 0 ? row(cell, grid[1]) : within(cell, grid[1]);
    Scalar corners = within(Scalar.arg(SAMPLE), 4);
    Scalar corner = axis == 0 ? row(corners, 2) : within(corners, 2);
    Scalar step = size.over(count.with(Fn2.MAX, Scalar.of(1)));
    Scalar at = low.plus(place.times(size)).plus(number.plus(0.5).times(step));
    Scalar inside =
        at.with(Fn2.GE, Scalar.of(-1)).times(at.with(Fn2.LE, Scalar.of((double) extent)));
    Scalar counts = inside.times(number.with(Fn2.LT, count));
    Scalar last = Scalar.of((double) (extent - 1));
    Scalar cut = at.with(Fn2.MAX, Scalar.of(0)).with(Fn2.MIN, last);
    Scalar below = cut.map(Fn.FLOOR);
    Scalar part = cut.minus(below);
    Scalar share = corner.choose(part, Scalar.of(1).minus(part));
    return new Along(
        below.plus(corner).with(Fn2.MIN, last), counts.choose(share, Scalar.of(0)), count);
  }

  @Override
  public List<Tensor> expand(Expansion e) {
    Shape data = e.shape(0);
    long[] grid = new long[2];
    for (int axis = 0; axis < 2; axis++) {
      grid[axis] =
          sampleRatio > 0 ? sampleRatio : Math.ceilDiv(data.dim(2 + axis), pooledSize.get(axis));
    }
    Along y = along(0, data, grid);
    Along x = along(1, data, grid);
    double image = data.sizeFrom(1);
    Scalar number = Scalar.arg(IMAGE).map(Fn.FLOOR);
    Scalar place =
        number.times(image).plus(y.element().times((double) data.dim(3))).plus(x.element());
    Scalar exists =
        number
            .with(Fn2.GE, Scalar.of(0))
            .times(number.with(Fn2.LT, Scalar.of((double) data.dim(0))));
    Scalar samples = y.count().times(x.count()).with(Fn2.MAX, Scalar.of(1));
    Scalar weight = exists.choose(y.weight().times(x.weight()).over(samples), Scalar.of(0));
    List<Tensor> arguments = arguments(e, 4 * grid[0] * grid[1]);
    DType type = e.in(0).dtype() == DType.FLOAT64 ? DType.FLOAT64 : DType.FLOAT32;
    Tensor result =
        Ops.call(
            new WeightedSamples(positionSensitive),
            e.in(0).reshapeTo(Shape.of(data.dim(0), data.dim(1), data.sizeFrom(2))),
            Fused.of(place, arguments).cast(DType.INT64),
            Fused.of(weight, arguments).cast(type));
    long channels = positionSensitive ? data.dim(1) / bins() : data.dim(1);
    return List.of(
        result.reshapeTo(
            Shape.of(e.shape(1).dim(0), channels, pooledSize.get(0), pooledSize.get(1))));
  }

  /** The regions' numbers, then those of bins and samples, broadcasting to all three. */
  private List<Tensor> arguments(Expansion e, long samples) {
    Tensor rois = e.in(1).cast(DType.FLOAT64);
    var arguments = new ArrayList<Tensor>();
    for (int i = 0; i < 5; i++) {
      arguments.add(rois.sliceAxis(1, i, i + 1).expandDims(2));
    }
    for (int axis = 1; axis <= 2; axis++) {
      Shape shape = axis == 1 ? Shape.of(1, bins(), 1) : Shape.of(1, 1, samples);
      Op numbers = new Creation.Filled(shape, DType.FLOAT64, new Scalar.Iota(axis));
      arguments.add(Ops.call(numbers, e.in(1)));
    }
    return arguments;
  }
}
