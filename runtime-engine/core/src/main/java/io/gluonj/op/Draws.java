package io.gluonj.op;

import static io.gluonj.op.OpSchema.define;

import io.gluonj.op.Scalar.Fn2;
import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.DType;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** Random choices among the elements of a tensor. */
public sealed interface Draws extends Op.Composite {
  /**
   * Positions (rows, draws), int64, each chosen with a share of its row of weights (rows, n). A
   * weight of 0 is never chosen.
   */
  private static Tensor choose(Expansion e, Tensor weights, long draws) {
    Shape shape = weights.shape();
    long rows = shape.dim(0);
    Op sums = new Cumulative(Optional.of(1), Optional.of(DType.FLOAT64));
    Tensor upTo = Ops.call(sums, weights);
    Tensor total = upTo.sliceAxis(1, shape.dim(1) - 1, shape.dim(1));
    Tensor point =
        e.drawn(
            new TensorType(Shape.of(rows, draws), DType.FLOAT64),
            2,
            u -> Distribution.fine(u.get(0), u.get(1)).times(Scalar.arg(0)),
            List.of(total));
    Scalar before = Scalar.arg(0).with(Fn2.LE, Scalar.arg(1));
    return Ops.call(
            new Fused(before, 2),
            upTo.reshapeTo(Shape.of(rows, 1, shape.dim(1))),
            point.reshapeTo(Shape.of(rows, draws, 1)))
        .sum(2)
        .cast(DType.INT64);
  }

  /**
   * Positions chosen by probabilities along the last axis, {@code shape} of them for each
   * distribution; with {@code getProb} also the logarithms of their probabilities, which are
   * differentiable. Probabilities need not add up to 1, but the logarithms are of those given.
   */
  record Multinomial(List<Long> shape, boolean getProb, DType dtype) implements Draws {
    static final OpSchema<Multinomial> SCHEMA =
        define(
                new Multinomial(List.of(), false, DType.INT32),
                "_sample_multinomial",
                "sample_multinomial")
            .inputs("data")
            .sample(new Multinomial(List.of(), false, DType.INT32), 0.1, 1, Shape.of(5))
            .sample(new Multinomial(List.of(4L), true, DType.INT32), 0.1, 1, Shape.of(2, 3));

    public Multinomial {
      shape = List.copyOf(shape);
    }

    @Override
    public int outputs() {
      return getProb ? 2 : 1;
    }

    @Override
    public int visibleOutputs() {
      return outputs();
    }

    private Shape result(Shape data) {
      long[] dims =
          LongStream.concat(
                  LongStream.of(data.dims()).limit(data.rank() - 1L),
                  shape.stream().mapToLong(d -> d))
              .toArray();
      return dims.length == 0 ? Shape.of(1) : Shape.of(dims);
    }

    @Override
    public void infer(Infer s) {
      Shape data = s.in(0);
      if (data.isKnown()) {
        if (data.rank() == 0 || data.dim(-1) == 0) {
          throw s.error(
              "probabilities of shape " + data,
              "there is at least one along the last axis",
              "pass one or more distributions");
        }
        for (int k = 0; k < outputs(); k++) {
          s.out(k, result(data), "the axes in front of the last one, then those of the shape");
        }
      }
      s.dtype(0, dtype);
    }

    @Override
    public List<Tensor> expand(Expansion e) {
      Shape data = e.shape(0);
      long n = data.dim(-1);
      Shape result = result(data);
      Tensor rows = e.in(0).reshapeTo(Shape.of(data.size() / n, n));
      long draws = RandomNumbers.extents(shape).size();
      Tensor chosen = choose(e, rows, draws);
      Tensor positions = chosen.cast(dtype).reshapeTo(result);
      if (!getProb) {
        return List.of(positions);
      }
      Tensor shares = Ops.call(new Lookups.TakeAlong(), rows, chosen);
      return List.of(positions, shares.log().reshapeTo(result));
    }
  }

  /** The slices along the first axis in random order. */
  record Shuffle() implements Draws {
    static final OpSchema<Shuffle> SCHEMA =
        define(new Shuffle(), "_shuffle", "shuffle")
            .inputs("data")
            .sample(new Shuffle(), Shape.of(5, 2));

    @Override
    public void infer(Infer s) {
      s.same();
    }

    @Override
    public List<Tensor> expand(Expansion e) {
      Shape shape = e.shape(0);
      long n = shape.rank() == 0 ? 1 : shape.dim(0);
      if (n < 2) {
        return List.of(e.in(0));
      }
      Tensor keys =
          e.drawn(
              new TensorType(Shape.of(1, n), DType.FLOAT64),
              2,
              u -> Distribution.fine(u.get(0), u.get(1)),
              List.of());
      Tensor order = Ops.call(new ArgSort(true), keys).reshapeTo(Shape.of(n));
      return List.of(Ops.call(new Lookups.Take(0, Pick.Mode.CLIP), e.in(0), order));
    }
  }

  /**
   * Logits (…, n) of which only the best stay, the others being minus infinity: the {@code topK}
   * largest (0 for all), and of these the fewest whose share of the probability reaches {@code
   * topP} (Holtzman et al., ICLR 2020; 1 for all). At least one stays, and with it all that equal
   * the last one that does.
   */
  record FilterLogits(int topK, double topP) implements Draws {
    static final OpSchema<FilterLogits> SCHEMA =
        OpSchema.internal(new FilterLogits(0, 1), "filter_logits")
            .inputs("logits")
            .sample(new FilterLogits(0, 1 - 1e-9), Shape.of(2, 3, 5));

    @Override
    public void infer(Infer s) {
      s.same();
      check(s, topK, topP);
    }

    private static void check(Infer s, int topK, double topP) {
      if (topK < 0 || !(topP > 0 && topP <= 1)) {
        throw s.error(
            "topK " + topK + ", topP " + topP,
            "topK is a number of candidates, topP a share of the probability",
            "use topK 0 or more and topP above 0, at most 1");
      }
      if (s.in(0).isKnown() && (s.in(0).rank() == 0 || s.in(0).dim(-1) == 0)) {
        throw s.error(
            "logits of shape " + s.in(0),
            "there is at least one candidate along the last axis",
            "pass one logit for each token");
      }
    }

    @Override
    public List<Tensor> expand(Expansion e) {
      Shape shape = e.shape(0);
      long n = shape.dim(-1);
      boolean all = (topK == 0 || topK >= n) && topP == 1;
      if (all) {
        return List.of(e.in(0));
      }
      Tensor rows = e.in(0).reshapeTo(Shape.of(shape.size() / n, n));
      Tensor order = Ops.call(new ArgSort(false), rows);
      long most = topK == 0 ? n : Math.min(topK, n);
      Tensor best = Ops.call(new Lookups.TakeAlong(), rows, order.sliceAxis(1, 0, most));
      Tensor share = best.softmax(-1);
      Tensor upTo = Ops.call(new Cumulative(Optional.of(1), Optional.empty()), share).sub(share);
      Scalar stays =
          Scalar.arg(0)
              .with(Fn2.LT, Scalar.of(topP))
              .with(Fn2.MAX, new Scalar.Iota(1).with(Fn2.EQ, Scalar.of(0)));
      Scalar kept = stays.choose(Scalar.arg(1), Scalar.of(Double.POSITIVE_INFINITY));
      Tensor least = Ops.call(Reduce.min(true, 1), Ops.call(new Fused(kept, 2), upTo, best));
      Scalar enough = Scalar.arg(0).with(Fn2.GE, Scalar.arg(1));
      Scalar filtered = enough.choose(Scalar.arg(0), Scalar.of(Double.NEGATIVE_INFINITY));
      return List.of(Ops.call(new Fused(filtered, 2), rows, least).reshapeTo(shape));
    }
  }

  /**
   * One token (…), int32, for logits (…, n): chosen with the probability {@code softmax(logits /
   * temperature)} of what {@link FilterLogits} leaves; the best one for temperature 0.
   */
  record SampleTokens(double temperature, int topK, double topP) implements Draws {
    static final OpSchema<SampleTokens> SCHEMA =
        OpSchema.internal(new SampleTokens(1, 0, 1), "sample_tokens")
            .inputs("logits")
            .sample(new SampleTokens(0.8, 3, 0.9), Shape.of(2, 3, 5))
            .sample(new SampleTokens(0, 0, 1), Shape.of(2, 5));

    @Override
    public void infer(Infer s) {
      if (!(temperature >= 0)) {
        throw s.error(
            "temperature " + temperature, "it divides the logits", "use 0 or a positive number");
      }
      FilterLogits.check(s, topK, topP);
      if (s.in(0).isKnown()) {
        s.out(0, s.in(0).remove(-1), "there is one token for each row of logits");
      }
      s.dtype(0, DType.INT32);
    }

    @Override
    public List<Tensor> expand(Expansion e) {
      Shape shape = e.shape(0);
      long n = shape.dim(-1);
      Tensor rows = e.in(0).reshapeTo(Shape.of(shape.size() / n, n));
      Tensor chosen =
          temperature == 0
              ? Ops.call(new ArgSort(false), rows).sliceAxis(1, 0, 1)
              : choose(
                  e, Ops.call(new FilterLogits(topK, topP), rows.div(temperature)).softmax(-1), 1);
      return List.of(chosen.cast(DType.INT32).reshapeTo(shape.remove(-1)));
    }
  }
}
