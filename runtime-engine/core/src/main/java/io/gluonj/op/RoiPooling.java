package io.gluonj.op;

import static io.gluonj.op.OpSchema.define;

import io.gluonj.op.LoopNest.Bounds;
import io.gluonj.op.OpSchema.SampleInput;
import io.gluonj.op.Scalar.Fn2;
import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.DType;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.util.List;

/**
 * The maximum of each bin of each region (Girshick, Fast R-CNN, ICCV 2015; MXNet: {@code
 * ROIPooling}). Inputs: data (batch, channels, height, width) and rois (regions, 5): the number of
 * an image, then left, top, right and bottom in units that {@code spatialScale} converts to
 * elements. Result: (regions, channels, pooled height, pooled width).
 *
 * <p>The hidden second output is the row-major position of each maximum in the data, -1 where a bin
 * is empty or the image does not exist; the result is 0 there. Regions are not differentiated.
 */
public record RoiPooling(List<Long> pooledSize, double spatialScale) implements Op.Library {
  private static final int DATA = 0;
  private static final int ROIS = 1;

  static final OpSchema<RoiPooling> SCHEMA =
      define(new RoiPooling(List.of(), 0), "ROIPooling")
          .inputs("data", "rois")
          .required("pooled_size", "spatial_scale")
          .sample(
              new RoiPooling(List.of(2L, 2L), 1),
              new SampleInput(TensorType.float32(3, 2, 6, 6), -2, 2),
              new SampleInput(new TensorType(Shape.of(4, 5), DType.INT32), 0, 5.99))
          .sample(
              new RoiPooling(List.of(3L, 2L), 0.5),
              new SampleInput(TensorType.float32(1, 3, 5, 7), -2, 2),
              new SampleInput(new TensorType(Shape.of(9, 5), DType.INT32), -0.5, 9.99));

  public RoiPooling {
    pooledSize = List.copyOf(pooledSize);
  }

  @Override
  public int outputs() {
    return 2;
  }

  @Override
  public int visibleOutputs() {
    return 1;
  }

  /** States what regions need, and the result's shape. */
  static void infer(Infer s, List<Long> pooledSize, long divisor) {
    if (pooledSize.size() != 2 || pooledSize.stream().anyMatch(n -> n < 1)) {
      throw s.error(
          "pooled_size " + pooledSize,
          "it is a height and a width, both at least 1",
          "give two positive numbers");
    }
    Shape data = s.in(DATA);
    s.in(ROIS, Shape.of(Shape.UNKNOWN, 5), "a region is an image's number and four edges");
    if (!data.hasRank()) {
      return;
    }
    if (data.rank() != 4 || (data.isKnown() && data.sizeFrom(1) * data.dim(0) == 0)) {
      throw s.error(
          "data of shape " + data,
          "regions lie in feature maps (batch, channels, height, width) that are not empty",
          "pass the feature maps");
    }
    long channels = data.dim(1);
    if (channels != Shape.UNKNOWN && channels % divisor != 0) {
      throw s.error(
          channels + " channels",
          "each bin has channels of its own, so that their number is a multiple of " + divisor,
          "make it a multiple, or set position_sensitive to False");
    }
    s.out(
        0,
        Shape.of(
            s.in(ROIS).dim(0),
            channels == Shape.UNKNOWN ? channels : channels / divisor,
            pooledSize.get(0),
            pooledSize.get(1)),
        "there is a value for each bin of each region and channel");
    s.dtype(0, s.dtype(DATA));
  }

  @Override
  public void infer(Infer s) {
    infer(s, pooledSize, 1);
    s.out(1, s.out(0), "there is a position for each maximum");
    s.dtype(1, DType.INT64);
  }

  @Override
  public void vjp(Vjp g) {
    Shape data = g.in(DATA).shape();
    g.grad(
        DATA,
        () -> {
          Scalar found = Scalar.arg(1).with(Fn2.LT, Scalar.of(0));
          Op counting = new Fused(found.choose(Scalar.of(0), Scalar.arg(0)), 2);
          long n = g.dy().shape().size();
          Tensor values = Ops.call(counting, g.dy(), g.out(1)).cast(g.dy().dtype());
          return Ops.call(
                  new ScatterAdd(data.size(), Bounds.CLIP),
                  values.reshapeTo(Shape.of(1, n, 1)),
                  g.out(1).reshapeTo(Shape.of(n)))
              .reshapeTo(data);
        });
    g.none(ROIS, "regions are given, not computed");
  }

  /** Elements from {@code begin} up to {@code end}, exclusive. */
  public record Span(int begin, int end) {}

  /**
   * The elements of a bin along one axis. MXNet computes in float32, which decides where a bin ends
   * that ends between elements.
   *
   * @param bin number of the bin among {@code bins}
   * @param extent of the feature map
   */
  public Span span(double from, double to, int bin, int bins, int extent) {
    float scale = (float) spatialScale;
    float begin = round((float) from * scale);
    float length = Math.max(round((float) to * scale) - begin + 1, 1);
    float size = length / bins;
    float low = (float) Math.floor(bin * size) + begin;
    float high = (float) Math.ceil((bin + 1) * size) + begin;
    return new Span((int) Math.clamp(low, 0f, extent), (int) Math.clamp(high, 0f, extent));
  }

  /** To the nearest integer, halves away from 0. */
  private static float round(float x) {
    return Math.copySign((float) Math.floor(Math.abs(x) + 0.5f), x);
  }

  @Override
  public void reference(Reference r) {
    Shape data = r.inShape(DATA);
    Shape out = r.outShape(0);
    int height = (int) data.dim(2);
    int width = (int) data.dim(3);
    int at = 0;
    for (int region = 0; region < out.dim(0); region++) {
      double[] edges = new double[5];
      System.arraycopy(r.in(ROIS), 5 * region, edges, 0, 5);
      int image = (int) Math.floor(edges[0]);
      boolean exists = image >= 0 && image < data.dim(0);
      for (int c = 0; c < out.dim(1); c++) {
        int plane = (image * (int) data.dim(1) + c) * height * width;
        for (int ph = 0; ph < out.dim(2); ph++) {
          for (int pw = 0; pw < out.dim(3); pw++, at++) {
            int place = -1;
            Span rows = span(edges[2], edges[4], ph, (int) out.dim(2), height);
            Span columns = span(edges[1], edges[3], pw, (int) out.dim(3), width);
            for (int y = rows.begin(); exists && y < rows.end(); y++) {
              for (int x = columns.begin(); x < columns.end(); x++) {
                int here = plane + y * width + x;
                if (place < 0 || r.in(DATA)[here] > r.in(DATA)[place]) {
                  place = here;
                }
              }
            }
            r.out(0)[at] = place < 0 ? 0 : r.in(DATA)[place];
            r.out(1)[at] = place;
          }
        }
      }
    }
  }
}
