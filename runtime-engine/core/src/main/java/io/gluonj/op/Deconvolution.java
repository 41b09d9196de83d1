package io.gluonj.op;

import static io.gluonj.op.OpSchema.define;

import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * MXNet's Deconvolution in one to three spatial dimensions, the transpose of {@link Convolution}:
 * data (N, C, spatial…), weight (C, num_filter / num_group, kernel…), bias (num_filter). Output
 * extents are {@code stride (x - 1) + dilate (kernel - 1) + 1 - 2 pad + adj}; a {@code
 * target_shape} replaces pad and adj by those that lead to it, the odd element cut in front.
 *
 * @param adj elements added behind, below the reach of the kernel
 * @param layout NCW, NCHW or NCDHW, or absent for the one that fits the kernel
 */
public record Deconvolution(
    List<Long> kernel,
    List<Long> stride,
    List<Long> dilate,
    List<Long> pad,
    List<Long> adj,
    List<Long> targetShape,
    long numFilter,
    long numGroup,
    boolean noBias,
    Optional<String> layout)
    implements Op.Composite {
  private static final int DATA = 0;
  private static final int WEIGHT = 1;
  private static final int BIAS = 2;

  private static final List<Long> NONE = List.of();

  static final OpSchema<Deconvolution> SCHEMA =
      define(of(NONE, NONE, NONE, NONE, NONE, NONE, 0, 1, true), "Deconvolution")
          .inputs("data", "weight")
          .inputUnless(Deconvolution::noBias, "bias")
          .required("kernel", "num_filter")
          .ignored("workspace", "cudnn_tune", "cudnn_off")
          .omittedIfDefault("target_shape")
          .sample(
              of(pair(3, 3), pair(2, 2), NONE, pair(1, 0), pair(1, 0), NONE, 4, 1, false),
              Shape.of(2, 3, 3, 2),
              Shape.of(3, 4, 3, 3),
              Shape.of(4))
          .sample(
              of(pair(2, 3), NONE, pair(2, 1), NONE, NONE, NONE, 4, 2, true),
              Shape.of(2, 4, 3, 2),
              Shape.of(4, 2, 2, 3))
          .sample( // stride 1 and an even kernel: more is cut in front than behind
              of(pair(4, 4), NONE, NONE, NONE, NONE, pair(3, 2), 2, 1, false),
              Shape.of(2, 3, 3, 2),
              Shape.of(3, 2, 4, 4),
              Shape.of(2))
          .sample(
              of(List.of(3L), List.of(2L), NONE, NONE, List.of(2L), NONE, 2, 1, true),
              Shape.of(2, 3, 4),
              Shape.of(3, 2, 3))
          .sample(
              of(List.of(4L), List.of(2L), NONE, List.of(1L), NONE, NONE, 2, 1, true),
              Shape.of(2, 3, 4),
              Shape.of(3, 2, 4))
          .sample(
              of(
                  List.of(2L, 1L, 2L),
                  List.of(2L, 1L, 1L),
                  NONE,
                  List.of(0L, 0L, 1L),
                  List.of(1L, 0L, 0L),
                  NONE,
                  2,
                  1,
                  false),
              Shape.of(1, 3, 2, 2, 3),
              Shape.of(3, 2, 2, 1, 2),
              Shape.of(2));

  public Deconvolution {
    kernel = List.copyOf(kernel);
    stride = List.copyOf(stride);
    dilate = List.copyOf(dilate);
    pad = List.copyOf(pad);
    adj = List.copyOf(adj);
    targetShape = List.copyOf(targetShape);
  }

  private static List<Long> pair(long a, long b) {
    return List.of(a, b);
  }

  private static Deconvolution of(
      List<Long> kernel,
      List<Long> stride,
      List<Long> dilate,
      List<Long> pad,
      List<Long> adj,
      List<Long> targetShape,
      long numFilter,
      long numGroup,
      boolean noBias) {
    return new Deconvolution(
        kernel,
        stride,
        dilate,
        pad,
        adj,
        targetShape,
        numFilter,
        numGroup,
        noBias,
        Optional.empty());
  }

  /** The window of the convolution whose transpose this is, before anything is cut off. */
  private Window uncut() {
    int n = kernel.size();
    List<Long> none = Window.orElse(NONE, n, 0);
    return Window.of(kernel, Window.orElse(stride, n, 1), Window.orElse(dilate, n, 1), none);
  }

  /**
   * What is cut off the uncut extent of one axis, and what is added behind.
   *
   * @param uncut {@code stride (x - 1) + reach}
   */
  private record Cut(long uncut, long pad, long adj) {
    long extent() {
      return uncut - 2 * pad + adj;
    }
  }

  private Cut cut(int axis, long x) {
    Window window = uncut();
    long extent = window.stride().get(axis) * (x - 1) + window.reach(axis);
    if (targetShape.isEmpty()) {
      int n = kernel.size();
      return new Cut(
          extent, Window.orElse(pad, n, 0).get(axis), Window.orElse(adj, n, 0).get(axis));
    }
    long surplus = extent - targetShape.get(axis);
    return new Cut(extent, (surplus + 1) / 2, surplus % 2);
  }

  private List<Cut> cuts(Shape data) {
    return IntStream.range(0, kernel.size()).mapToObj(i -> cut(i, data.dim(i + 2))).toList();
  }

  @Override
  public void infer(Infer s) {
    Layouts.requireChannelsFirst(layout, s);
    checkAttributes(s);
    Shape data = s.in(DATA);
    long channels = data.hasRank() ? data.dim(1) : Shape.UNKNOWN;
    if (channels != Shape.UNKNOWN && channels % numGroup != 0) {
      throw s.error(
          channels + " channels in num_group " + numGroup,
          "each group has the same number of channels",
          "use a number of groups that divides the channels");
    }
    s.in(
        WEIGHT,
        Conv.weight(uncut(), numGroup, /* filters= */ channels, /* channels= */ numFilter),
        "weight is (channels, num_filter / num_group, kernel…)");
    if (!noBias) {
      s.in(BIAS, Shape.of(numFilter), "one bias for each filter");
    }
    if (!data.hasRank()) {
      return;
    }
    long[] out = data.dims();
    out[1] = numFilter;
    for (int i = 0; i < kernel.size(); i++) {
      if (out[i + 2] != Shape.UNKNOWN) {
        out[i + 2] = extent(s, i, out[i + 2]);
      }
    }
    s.out(0, Shape.of(out), "the result is (batch, num_filter, output extents…)");
  }

  private void checkAttributes(Infer s) {
    if (numFilter < 1 || numGroup < 1 || numFilter % numGroup != 0) {
      throw s.error(
          "num_filter " + numFilter + " in num_group " + numGroup,
          "both are at least 1 and the groups share the filters evenly",
          "use a number of groups that divides the filters");
    }
    int n = kernel.size();
    Window window = uncut();
    boolean fits =
        n >= 1
            && List.of(window.stride(), window.dilate()).stream().allMatch(v -> v.size() == n)
            && List.of(pad, adj, targetShape).stream().allMatch(v -> v.isEmpty() || v.size() == n)
            && adj.stream().allMatch(a -> a >= 0);
    if (!fits || targetShape.stream().anyMatch(t -> t < 1)) {
      throw s.error(
          "kernel %s, stride %s, dilate %s, pad %s, adj %s, target_shape %s"
              .formatted(kernel, stride, dilate, pad, adj, targetShape),
          "each has one number for each spatial axis or none; those of target_shape are positive,"
              + " those of adj not negative",
          "correct these attributes");
    }
    Window padded = Window.of(kernel, window.stride(), window.dilate(), Window.orElse(pad, n, 0));
    padded.checkAttributes(s, s.in(DATA));
  }

  private long extent(Infer s, int axis, long x) {
    if (x < 1) {
      throw s.error(
          "data without elements along spatial axis " + axis,
          "each element of the data is spread over a kernel's reach, and there is none",
          "pass images of at least one element along each spatial axis");
    }
    Cut cut = cut(axis, x);
    if (cut.pad() < 0 || cut.extent() < 1 || cut.adj() >= uncut().reach(axis)) {
      throw s.error(
          "spatial extent "
              + x
              + " becomes "
              + cut.uncut()
              + " - 2 * "
              + cut.pad()
              + " + "
              + cut.adj()
              + (targetShape.isEmpty() ? "" : " for target " + targetShape.get(axis)),
          "the kernel reaches over "
              + uncut().reach(axis)
              + " elements, adj is less than that, and what is left after padding is positive",
          targetShape.isEmpty()
              ? "use less padding or adj, or larger data"
              : "use a target_shape that is not larger than stride (x - 1) + reach");
    }
    return cut.extent();
  }

  @Override
  public List<Tensor> expand(Expansion e) {
    Shape data = e.shape(DATA);
    List<Cut> cuts = cuts(data);
    Window window = uncut();
    long[] result = data.dims();
    result[1] = numFilter;
    IntStream.range(0, cuts.size()).forEach(i -> result[i + 2] = cuts.get(i).extent());
    // a convolution rounds down: it does not see what is added behind, as long as that is less
    // than a step
    boolean direct =
        IntStream.range(0, cuts.size()).allMatch(i -> cuts.get(i).adj() < window.stride().get(i));
    Tensor y =
        direct
            ? transposed(
                e,
                Window.of(
                    kernel, window.stride(), window.dilate(), cuts.stream().map(Cut::pad).toList()),
                Shape.of(result))
            : cutOut(e, window, cuts, Shape.of(result));
    if (noBias) {
      return List.of(y);
    }
    long[] wide = new long[result.length];
    java.util.Arrays.fill(wide, 1);
    wide[1] = numFilter;
    return List.of(y.add(e.in(BIAS).reshapeTo(Shape.of(wide))));
  }

  private Tensor transposed(Expansion e, Window window, Shape result) {
    return Ops.call(new Conv.GradData(window, numGroup, result), e.in(WEIGHT), e.in(DATA));
  }

  /** The whole result with zeros behind, and the wanted part of it. */
  private Tensor cutOut(Expansion e, Window window, List<Cut> cuts, Shape result) {
    long[] uncut = result.dims();
    long[] longer = result.dims();
    var all = new ArrayList<Slicing.Range>();
    var part = new ArrayList<Slicing.Range>();
    for (int i = 0; i < uncut.length; i++) {
      long start = 0;
      if (i >= 2) {
        Cut cut = cuts.get(i - 2);
        uncut[i] = cut.uncut();
        longer[i] = Math.max(cut.uncut(), cut.pad() + cut.extent());
        start = cut.pad();
      }
      all.add(new Slicing.Range(0, 1, uncut[i]));
      part.add(new Slicing.Range(start, 1, result.dim(i)));
    }
    Tensor y = transposed(e, window, Shape.of(uncut));
    return Ops.call(
        new Slicing.Part(part), Ops.call(new Slicing.IntoZeros(all, Shape.of(longer)), y));
  }
}
