package io.gluonj.op;

import io.gluonj.op.LoopNest.Access;
import io.gluonj.op.LoopNest.Bounds;
import io.gluonj.op.LoopNest.Index;
import io.gluonj.op.LoopNest.Store;
import io.gluonj.op.OpSchema.SampleInput;
import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.DType;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.util.List;

/**
 * Weighted sums of elements at computed places, the same ones in every channel: what sampling
 * images between pixels comes down to. Inputs: data (batch, channels, pixels); places (regions,
 * bins, samples), which are {@code image * channels * pixels + pixel} and cut off at the data;
 * weights of the same shape, which are not differentiated. Result: (regions, channels, bins).
 *
 * @param perBin whether each bin has channels of its own: channel {@code c} of bin {@code b} of
 *     {@code n} is the data's channel {@code c n + b}
 */
record WeightedSamples(boolean perBin) implements Op.Structural {
  private static final int DATA = 0;
  private static final int PLACES = 1;
  private static final int WEIGHTS = 2;

  static final OpSchema<WeightedSamples> SCHEMA =
      OpSchema.internal(new WeightedSamples(false), "_weighted_samples")
          .inputs("data", "places", "weights")
          .sample(
              new WeightedSamples(false),
              new SampleInput(TensorType.float32(1, 3, 4), -2, 2),
              new SampleInput(new TensorType(Shape.of(2, 3, 5), DType.INT64), -1, 5.99),
              new SampleInput(new TensorType(Shape.of(2, 3, 5), DType.INT32), -2, 3))
          .sample(
              new WeightedSamples(true),
              new SampleInput(TensorType.float32(1, 6, 4), -2, 2),
              new SampleInput(new TensorType(Shape.of(2, 3, 2), DType.INT64), -1, 3.99),
              new SampleInput(new TensorType(Shape.of(2, 3, 2), DType.INT32), -2, 3));

  @Override
  public void infer(Infer s) {
    s.in(WEIGHTS, s.in(PLACES), "each place has a weight");
    s.in(PLACES, s.in(WEIGHTS), "each weight has a place");
    Shape data = s.in(DATA);
    Shape places = s.in(PLACES);
    if (data.isKnown() && places.isKnown()) {
      check(s, data, places);
      s.out(
          0,
          Shape.of(places.dim(0), channels(data, places), places.dim(1)),
          "there is a sum for each bin and channel");
    }
    s.dtype(0, s.dtype(DATA));
  }

  private void check(Infer s, Shape data, Shape places) {
    if (data.rank() != 3 || places.rank() != 3) {
      throw s.error(
          "data of shape " + data + " and places of shape " + places,
          "data is (batch, channels, pixels), places are (regions, bins, samples)",
          "reshape both to rank 3");
    }
    if (perBin && (places.dim(1) == 0 || data.dim(1) % places.dim(1) != 0)) {
      throw s.error(
          data.dim(1) + " channels for " + places.dim(1) + " bins",
          "each bin has the same number of channels of its own",
          "use a number of channels that the bins divide");
    }
    if (data.size() == 0 && data.dim(1) > 0 && places.size() > 0) {
      throw s.error(
          "places in data of shape " + data,
          "there is nothing to sample",
          "pass at least one image with at least one pixel");
    }
  }

  private long channels(Shape data, Shape places) {
    return perBin ? data.dim(1) / places.dim(1) : data.dim(1);
  }

  @Override
  public List<LoopNest> nests(List<TensorType> in, List<TensorType> out) {
    Shape data = in.get(DATA).shape();
    long regions = in.get(PLACES).shape().dim(0);
    long bins = in.get(PLACES).shape().dim(1);
    long samples = in.get(PLACES).shape().dim(2);
    long channels = channels(data, in.get(PLACES).shape());
    long pixels = data.dim(2);
    // the last place from which all channels lie within the data
    long extent = (data.dim(0) - 1) * data.dim(1) * pixels + pixels;
    List<Long> sampled = List.of(bins * samples, 0L, samples, 1L);
    List<Access> loads =
        List.of(
            new Access(
                DATA,
                in.get(DATA).dtype(),
                0,
                perBin ? List.of(0L, bins * pixels, pixels, 0L) : List.of(0L, pixels, 0L, 0L),
                List.of(new Index(Scalar.arg(PLACES), 1, extent, Bounds.CLIP))),
            new Access(PLACES, in.get(PLACES).dtype(), 0, sampled),
            new Access(WEIGHTS, in.get(WEIGHTS).dtype(), 0, sampled));
    Store store =
        new Store(
            new Access(0, out.getFirst().dtype(), 0, List.of(channels * bins, bins, 1L, 0L)),
            Scalar.arg(DATA).times(Scalar.arg(WEIGHTS)),
            Scalar.arg(0));
    return List.of(
        new LoopNest(
            List.of(regions, channels, bins),
            List.of(samples),
            loads,
            List.of(store),
            LoopNest.Reduction.SUM));
  }

  @Override
  public void vjp(Vjp g) {
    g.grad(DATA, () -> spread(g.dy(), g.in(PLACES), g.in(WEIGHTS), g.in(DATA).shape()));
    g.none(PLACES, "the result is piecewise constant in the places");
    g.none(WEIGHTS, "the weights are given, not computed");
  }

  /** The gradient of the data: pixels are rows, to which all channels are added at once. */
  private Tensor spread(Tensor dy, Tensor places, Tensor weights, Shape data) {
    long regions = places.shape().dim(0);
    long bins = places.shape().dim(1);
    long samples = places.shape().dim(2);
    long channels = dy.shape().dim(1);
    long pixels = data.dim(2);
    long parts = perBin ? bins : 1;
    double image = (double) data.dim(1) * pixels;
    Scalar number = Scalar.arg(0).plus(0.5).over(Scalar.of(image)).map(Scalar.Fn.FLOOR);
    Scalar pixel = Scalar.arg(0).minus(number.times(image));
    Scalar part = perBin ? new Scalar.Iota(1) : Scalar.of(0);
    Scalar row = number.times((double) parts).plus(part).times((double) pixels).plus(pixel);
    Tensor inside = places.clip(0, image * (data.dim(0) - 1) + pixels - 1);
    Tensor rows = Ops.call(new Fused(row, 1), inside);
    Tensor values =
        dy.transpose(0, 2, 1)
            .reshapeTo(Shape.of(regions, bins, 1, channels))
            .mul(weights.cast(dy.dtype()).reshapeTo(Shape.of(regions, bins, samples, 1)));
    long n = regions * bins * samples;
    return Ops.call(
            new ScatterAdd(data.dim(0) * parts * pixels, Bounds.CLIP),
            values.reshapeTo(Shape.of(1, n, channels)),
            rows.reshapeTo(Shape.of(n)))
        .reshapeTo(Shape.of(data.dim(0), parts, pixels, channels))
        .transpose(0, 3, 1, 2)
        .reshapeTo(data);
  }
}
