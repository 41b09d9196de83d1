package io.gluonj.op;

import static io.gluonj.op.OpSchema.define;

import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Normalizations by statistics of the sample itself, the same in training and prediction. */
public sealed interface Normalizations extends Op.Composite {
  private static Tensor mean(Tensor x, int... axes) {
    return Ops.call(Reduce.mean(true, axes), x);
  }

  private static Tensor sum(Tensor x, int... axes) {
    return Ops.call(Reduce.sum(true, axes), x);
  }

  /** Ones everywhere but along one axis. */
  private static Shape along(int axis, int rank, long extent) {
    long[] dims = new long[rank];
    Arrays.fill(dims, 1);
    dims[axis] = extent;
    return Shape.of(dims);
  }

  private static int[] from(int first, int rank) {
    return IntStream.range(first, rank).toArray();
  }

  /** The normalized data, the mean and the standard deviation over axes. */
  private static List<Tensor> standardized(Tensor x, double eps, int... axes) {
    Tensor mean = mean(x, axes);
    Tensor centered = x.sub(mean);
    Tensor deviation = mean(centered.square(), axes).add(eps).sqrt();
    return List.of(centered.div(deviation), mean, deviation);
  }

  /**
   * Layer normalization (Ba et al., 2016) along one axis. With {@code outputMeanVar} mean and
   * standard deviation are further results.
   */
  record LayerNorm(int axis, double eps, boolean outputMeanVar) implements Normalizations {
    static final OpSchema<LayerNorm> SCHEMA =
        define(new LayerNorm(-1, 1e-5, false), "LayerNorm")
            .inputs("data", "gamma", "beta")
            .onnx("LayerNormalization")
            .countedInFilesAs(op -> 3)
            .sample(new LayerNorm(-1, 1e-5, false), Shape.of(3, 5), Shape.of(5), Shape.of(5))
            .sample(new LayerNorm(0, 1e-2, true), Shape.of(3, 5), Shape.of(3), Shape.of(3));

    @Override
    public int outputs() {
      return outputMeanVar ? 3 : 1;
    }

    @Override
    public int visibleOutputs() {
      return outputs();
    }

    @Override
    public void infer(Infer s) {
      s.same();
      if (s.in(0).hasRank()) {
        Shape one = Shape.of(s.in(0).dim(axis));
        s.in(1, one, "there is one scale for each element along axis " + axis);
        s.in(2, one, "there is one shift for each element along axis " + axis);
        for (int k = 1; k < outputs(); k++) {
          s.out(k, s.in(0).with(axis, 1), "there is one value for each normalized vector");
        }
      }
    }

    @Override
    public List<Tensor> expand(Expansion e) {
      Shape x = e.shape(0);
      int at = x.axis(axis);
      Shape wide = along(at, x.rank(), x.dim(at));
      List<Tensor> parts = standardized(e.in(0), eps, at);
      Tensor y = parts.get(0).mul(e.in(1).reshapeTo(wide)).add(e.in(2).reshapeTo(wide));
      return outputMeanVar ? List.of(y, parts.get(1), parts.get(2)) : List.of(y);
    }
  }

  /**
   * Group normalization (Wu and He, ECCV 2018) of channels along axis 1. As in MXNet 1.x gamma and
   * beta have one value for each group.
   */
  record GroupNorm(int numGroups, double eps, boolean outputMeanVar) implements Normalizations {
    static final OpSchema<GroupNorm> SCHEMA =
        define(new GroupNorm(1, 1e-5, false), "GroupNorm")
            .inputs("data", "gamma", "beta")
            .onnx("GroupNormalization")
            .countedInFilesAs(op -> 3)
            .sample(new GroupNorm(2, 1e-5, false), Shape.of(2, 4, 3), Shape.of(2), Shape.of(2))
            .sample(new GroupNorm(2, 1e-2, true), Shape.of(2, 4), Shape.of(2), Shape.of(2));

    @Override
    public int outputs() {
      return outputMeanVar ? 3 : 1;
    }

    @Override
    public int visibleOutputs() {
      return outputs();
    }

    @Override
    public void infer(Infer s) {
      s.same();
      Shape x = s.in(0);
      s.in(1, Shape.of(numGroups), "there is one scale for each group");
      s.in(2, Shape.of(numGroups), "there is one shift for each group");
      if (!x.hasRank()) {
        return;
      }
      if (x.rank() < 2
          || numGroups < 1
          || (x.dim(1) != Shape.UNKNOWN && x.dim(1) % numGroups != 0)) {
        throw s.error(
            "data of shape " + x + " in " + numGroups + " groups",
            "channels lie along axis 1, and num_groups divides their number",
            "choose another number of groups");
      }
      for (int k = 1; k < outputs(); k++) {
        s.out(k, Shape.of(x.dim(0), numGroups), "there is one value for each group");
      }
    }

    @Override
    public List<Tensor> expand(Expansion e) {
      Shape x = e.shape(0);
      Shape groups = Shape.of(x.dim(0), numGroups, x.sizeFrom(1) / numGroups);
      Shape wide = Shape.of(numGroups, 1);
      List<Tensor> parts = standardized(e.in(0).reshapeTo(groups), eps, 2);
      Tensor y = parts.get(0).mul(e.in(1).reshapeTo(wide)).add(e.in(2).reshapeTo(wide));
      Shape each = Shape.of(x.dim(0), numGroups);
      return outputMeanVar
          ? List.of(y.reshapeTo(x), parts.get(1).reshapeTo(each), parts.get(2).reshapeTo(each))
          : List.of(y.reshapeTo(x));
    }
  }

  /** Instance normalization (Ulyanov et al., 2016): each channel of each sample by itself. */
  record InstanceNorm(double eps) implements Normalizations {
    static final OpSchema<InstanceNorm> SCHEMA =
        define(new InstanceNorm(1e-3), "InstanceNorm")
            .inputs("data", "gamma", "beta")
            .onnx("InstanceNormalization")
            .countedInFilesAs(op -> 3)
            .sample(new InstanceNorm(1e-3), Shape.of(2, 2, 3, 2), Shape.of(2), Shape.of(2));

    @Override
    public void infer(Infer s) {
      s.same();
      Shape x = s.in(0);
      if (!x.hasRank()) {
        return;
      }
      if (x.rank() < 3) {
        throw s.error(
            "data of rank " + x.rank(),
            "statistics are taken over the axes after samples and channels",
            "pass (batch, channels, positions …)");
      }
      s.in(1, Shape.of(x.dim(1)), "there is one scale for each channel");
      s.in(2, Shape.of(x.dim(1)), "there is one shift for each channel");
    }

    @Override
    public List<Tensor> expand(Expansion e) {
      Shape x = e.shape(0);
      Shape wide = along(1, x.rank(), x.dim(1));
      Tensor y = standardized(e.in(0), eps, from(2, x.rank())).getFirst();
      return List.of(y.mul(e.in(1).reshapeTo(wide)).add(e.in(2).reshapeTo(wide)));
    }
  }

  /** {@code x / sqrt(sum(x²) + eps)} over a sample, its channels or its positions. */
  record L2Normalization(double eps, Mode mode) implements Normalizations {
    /** What is brought to length 1. */
    public enum Mode {
      /** A whole sample. */
      INSTANCE,
      /** The channels (axis 1) at each position. */
      CHANNEL,
      /** The positions (axes 2, …) of each channel. */
      SPATIAL
    }

    static final OpSchema<L2Normalization> SCHEMA =
        define(new L2Normalization(1e-10, Mode.INSTANCE), "L2Normalization")
            .inputs("data")
            .onnx("LpNormalization")
            .countedInFilesAs(op -> 2)
            .sample(new L2Normalization(1e-10, Mode.INSTANCE), Shape.of(2, 3, 2))
            .sample(new L2Normalization(1e-10, Mode.CHANNEL), Shape.of(2, 3, 2))
            .sample(new L2Normalization(1e-10, Mode.SPATIAL), Shape.of(2, 3, 2));

    @Override
    public void infer(Infer s) {
      s.same();
      int least = mode == Mode.INSTANCE ? 1 : mode == Mode.CHANNEL ? 2 : 3;
      if (s.in(0).hasRank() && s.in(0).rank() < least) {
        throw s.error(
            "data of rank " + s.in(0).rank(),
            "mode " + mode + " normalizes over axes it does not have",
            "pass at least " + least + " axes");
      }
    }

    @Override
    public List<Tensor> expand(Expansion e) {
      int rank = e.shape(0).rank();
      int[] axes =
          switch (mode) {
            case INSTANCE -> from(1, rank);
            case CHANNEL -> new int[] {1};
            case SPATIAL -> from(2, rank);
          };
      Tensor squares = e.in(0).square();
      Tensor length = (axes.length == 0 ? squares : sum(squares, axes)).add(eps).sqrt();
      return List.of(e.in(0).div(length));
    }
  }

  /** {@code x / sqrt(mean(x²) + eps) * gamma} along one axis (Zhang and Sennrich, NeurIPS 2019). */
  record RmsNorm(int axis, double eps) implements Normalizations {
    static final OpSchema<RmsNorm> SCHEMA =
        OpSchema.internal(new RmsNorm(-1, 1e-6), "rms_norm")
            .inputs("data", "gamma")
            .onnx("RMSNormalization")
            .sample(new RmsNorm(-1, 1e-6), Shape.of(3, 5), Shape.of(5));

    @Override
    public void infer(Infer s) {
      s.same();
      if (s.in(0).hasRank()) {
        s.in(1, Shape.of(s.in(0).dim(axis)), "there is one scale for each element along the axis");
      }
    }

    @Override
    public List<Tensor> expand(Expansion e) {
      Shape x = e.shape(0);
      int at = x.axis(axis);
      Tensor size = mean(e.in(0).square(), at).add(eps).sqrt();
      return List.of(e.in(0).div(size).mul(e.in(1).reshapeTo(along(at, x.rank(), x.dim(at)))));
    }
  }
}
