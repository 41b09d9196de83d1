package io.gluonj.op;

import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.Shape;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Cross-correlation of images with weight (F, C/groups, kernel…), whatever the order of the images'
 * axes, plus an optional bias (F). oneDNN: {@code dnnl_convolution_forward}; cuDNN: {@code
 * cudnnConvolutionForward}.
 */
public record Conv(Window window, long groups, boolean bias) implements OverImages {
  private static final int DATA = 0;
  private static final int WEIGHT = 1;
  private static final int BIAS = 2;

  private static final Window K3 =
      Window.of(List.of(3L, 3L), List.of(1L, 1L), List.of(1L, 1L), List.of(0L, 0L));
  private static final Window K2S2P1 =
      Window.of(List.of(2L, 2L), List.of(2L, 2L), List.of(2L, 1L), List.of(1L, 1L));

  static final OpSchema<Conv> SCHEMA =
      OpSchema.internal(new Conv(K3, 1, false), "_conv")
          .inputs("data", "weight")
          .inputUnless(c -> !c.bias(), "bias")
          .sample(new Conv(K3, 1, true), Shape.of(2, 3, 5, 6), Shape.of(4, 3, 3, 3), Shape.of(4))
          .sample(new Conv(K2S2P1, 2, false), Shape.of(2, 4, 5, 6), Shape.of(6, 2, 2, 2))
          .sample(
              new Conv(Window.of(List.of(3L), List.of(2L), List.of(1L), List.of(1L)), 1, false),
              Shape.of(2, 3, 7),
              Shape.of(4, 3, 3))
          .sample(
              new Conv(K2S2P1.inOrder(true), 2, true),
              Shape.of(2, 5, 6, 4),
              Shape.of(6, 2, 2, 2),
              Shape.of(6));

  @Override
  public boolean channelsLast() {
    return window.channelsLast();
  }

  @Override
  public Conv inOrder(boolean channelsLast) {
    return new Conv(window.inOrder(channelsLast), groups, bias);
  }

  @Override
  public boolean isImages(int operand) {
    return operand == DATA || operand == (bias ? BIAS + 1 : BIAS);
  }

  private static void check(Infer s, Window window, long groups, Shape data, long filters) {
    window.check(s, data);
    checkGroups(s, groups, window.channels(data), "channels");
    checkGroups(s, groups, filters, "filters");
  }

  private static void checkGroups(Infer s, long groups, long count, String of) {
    if (groups < 1 || (count != Shape.UNKNOWN && count % groups != 0)) {
      throw s.error(
          count + " " + of + " in " + groups + " groups",
          "there are 1 or more groups, each with the same number of " + of,
          "use a number of groups that divides the " + of);
    }
  }

  /** The weight's shape for data of this shape, as far as both are known. */
  static Shape weight(Window window, long groups, long filters, long channels) {
    long perGroup = channels == Shape.UNKNOWN ? Shape.UNKNOWN : channels / groups;
    return Shape.of(
        LongStream.concat(
                LongStream.of(filters, perGroup), window.kernel().stream().mapToLong(k -> k))
            .toArray());
  }

  @Override
  public void infer(Infer s) {
    Shape x = s.in(DATA);
    window.check(s, x);
    long channels = x.hasRank() ? window.channels(x) : Shape.UNKNOWN;
    long filters = s.in(WEIGHT).hasRank() ? s.in(WEIGHT).dim(0) : Shape.UNKNOWN;
    checkGroups(s, groups, channels, "channels");
    checkGroups(s, groups, filters, "filters");
    s.in(
        WEIGHT,
        weight(window, groups, filters, channels),
        "weight is (filters, channels / groups, kernel…)");
    if (bias) {
      s.in(BIAS, Shape.of(filters), "one bias for each filter");
    }
    if (x.hasRank()) {
      s.out(0, window.output(x, filters), "the result has one channel for each filter");
    }
  }

  @Override
  public void vjp(Vjp g) {
    Shape data = g.in(DATA).shape();
    Shape weight = g.in(WEIGHT).shape();
    g.grad(DATA, () -> Ops.call(new GradData(window, groups, data), g.in(WEIGHT), g.dy()));
    if (bias && g.needs(WEIGHT) && g.needs(BIAS)) {
      List<? extends Tensor> both =
          Ops.callAll(
              new GradWeight(window, groups, weight, true), "", List.of(g.in(DATA), g.dy()));
      g.grad(WEIGHT, () -> both.get(0));
      g.grad(BIAS, () -> both.get(1));
      return;
    }
    g.grad(WEIGHT, () -> Ops.call(new GradWeight(window, groups, weight), g.in(DATA), g.dy()));
    if (bias) {
      g.grad(BIAS, () -> Ops.call(sumOverAllButChannels(window), g.dy()));
    }
  }

  private static Op sumOverAllButChannels(Window window) {
    return new Reduce.Sum(List.of(window.channelsLast() ? -1 : 1), false, true);
  }

  /** Visits every product of the convolution: positions in data, weight and result. */
  private static void forEach(
      Window window, long groups, Shape data, Shape weight, Shape out, Window.Visitor visitor) {
    ImageBatch from = window.images(data);
    ImageBatch to = window.images(out);
    int taps = (int) window.volume();
    int filters = (int) weight.dim(0);
    int perGroup = (int) weight.dim(1);
    for (int n = 0; n < from.batch(); n++) {
      for (int f = 0; f < filters; f++) {
        int first = f / (filters / (int) groups) * perGroup;
        for (int c = 0; c < perGroup; c++) {
          int image = n;
          int channel = first + c;
          int filter = f;
          int weightBase = (f * perGroup + c) * taps;
          window.forEachPixel(
              from.plane(),
              to.plane(),
              (o, i, t) ->
                  visitor.visit(
                      to.index(image, filter, o), from.index(image, channel, i), weightBase + t));
        }
      }
    }
  }

  @Override
  public void reference(Reference r) {
    double[] y = r.out(0);
    if (bias) {
      ImageBatch to = window.images(r.outShape(0));
      int step = channelsLast() ? 1 : to.pixels();
      for (int i = 0; i < y.length; i++) {
        y[i] = r.in(BIAS)[i / step % to.channels()];
      }
    }
    forEach(
        window,
        groups,
        r.inShape(DATA),
        r.inShape(WEIGHT),
        r.outShape(0),
        (o, i, t) -> y[o] += r.in(DATA)[i] * r.in(WEIGHT)[t]);
  }

  /** Gradient for the data, from weight and dy. oneDNN: {@code dnnl_convolution_backward_data}. */
  public record GradData(Window window, long groups, Shape data) implements OverImages {
    static final OpSchema<GradData> SCHEMA =
        OpSchema.internal(new GradData(K3, 1, Shape.scalar()), "_conv_grad_data")
            .inputs("weight", "dy")
            .sample(
                new GradData(K3, 1, Shape.of(2, 3, 5, 6)),
                Shape.of(4, 3, 3, 3),
                Shape.of(2, 4, 3, 4))
            .sample(
                new GradData(K2S2P1, 2, Shape.of(2, 4, 5, 6)),
                Shape.of(6, 2, 2, 2),
                Shape.of(2, 6, 3, 4))
            .sample(
                new GradData(K2S2P1.inOrder(true), 2, Shape.of(2, 5, 6, 4)),
                Shape.of(6, 2, 2, 2),
                Shape.of(2, 3, 4, 6));

    @Override
    public boolean channelsLast() {
      return window.channelsLast();
    }

    @Override
    public GradData inOrder(boolean channelsLast) {
      return new GradData(
          window.inOrder(channelsLast),
          groups,
          OverImages.inOrder(data, channelsLast(), channelsLast));
    }

    @Override
    public boolean isImages(int operand) {
      return operand == 1 || operand == 2;
    }

    @Override
    public void infer(Infer s) {
      s.out(0, data, "the gradient has the shape of the data");
      long filters = s.in(0).hasRank() ? s.in(0).dim(0) : Shape.UNKNOWN;
      check(s, window, groups, data, filters);
      s.in(
          0,
          weight(window, groups, filters, window.channels(data)),
          "weight is (filters, channels / groups, kernel…)");
      s.in(1, window.output(data, filters), "dy has the shape of the convolution's result");
    }

    /** Linear in both inputs: the gradients are the convolution's other two products. */
    @Override
    public void vjp(Vjp g) {
      Shape weight = g.in(0).shape();
      g.grad(0, () -> Ops.call(new GradWeight(window, groups, weight), g.dy(), g.in(1)));
      g.grad(1, () -> Ops.call(new Conv(window, groups, false), g.dy(), g.in(0)));
    }

    @Override
    public void reference(Reference r) {
      Conv.forEach(
          window,
          groups,
          data,
          r.inShape(0),
          r.inShape(1),
          (o, i, t) -> r.out(0)[i] += r.in(1)[o] * r.in(0)[t]);
    }
  }

  /**
   * Gradient for the weight, from data and dy, and for the bias if there is one: the sum of dy over
   * all but the channels. oneDNN: {@code dnnl_convolution_backward_weights}.
   */
  public record GradWeight(Window window, long groups, Shape weight, boolean bias)
      implements OverImages {
    static final OpSchema<GradWeight> SCHEMA =
        OpSchema.internal(new GradWeight(K3, 1, Shape.scalar(), false), "_conv_grad_weight")
            .inputs("data", "dy")
            .sample(
                new GradWeight(K3, 1, Shape.of(4, 3, 3, 3)),
                Shape.of(2, 3, 5, 6),
                Shape.of(2, 4, 3, 4))
            .sample(
                new GradWeight(K2S2P1, 2, Shape.of(6, 2, 2, 2), true),
                Shape.of(2, 4, 5, 6),
                Shape.of(2, 6, 3, 4))
            .sample(
                new GradWeight(K2S2P1.inOrder(true), 2, Shape.of(6, 2, 2, 2), true),
                Shape.of(2, 5, 6, 4),
                Shape.of(2, 3, 4, 6));

    /** Without a bias. */
    public GradWeight(Window window, long groups, Shape weight) {
      this(window, groups, weight, false);
    }

    @Override
    public int outputs() {
      return bias ? 2 : 1;
    }

    @Override
    public int visibleOutputs() {
      return outputs();
    }

    @Override
    public boolean channelsLast() {
      return window.channelsLast();
    }

    @Override
    public GradWeight inOrder(boolean channelsLast) {
      return new GradWeight(window.inOrder(channelsLast), groups, weight, bias);
    }

    @Override
    public boolean isImages(int operand) {
      return operand < 2;
    }

    @Override
    public void infer(Infer s) {
      s.out(0, weight, "the gradient has the shape of the weight");
      if (bias) {
        s.out(1, Shape.of(weight.dim(0)), "there is one bias for each filter");
      }
      if (s.in(0).hasRank()) {
        check(s, window, groups, s.in(0), weight.dim(0));
        s.out(
            0,
            Conv.weight(window, groups, weight.dim(0), window.channels(s.in(0))),
            "weight is (filters, channels / groups, kernel…)");
        s.in(
            1,
            window.output(s.in(0), weight.dim(0)),
            "dy has the shape of the convolution's result");
      }
    }

    /** Linear in both inputs: the gradients are the convolution's other two products. */
    @Override
    public void vjp(Vjp g) {
      Shape data = g.in(0).shape();
      g.grad(0, () -> Ops.call(new GradData(window, groups, data), g.dy(), g.in(1)));
      if (bias && g.used(1)) {
        g.grad(1, () -> Ops.call(new Conv(window, groups, true), g.in(0), g.dy(), g.dy(1)));
      } else {
        g.grad(1, () -> Ops.call(new Conv(window, groups, false), g.in(0), g.dy()));
      }
    }

    @Override
    public void reference(Reference r) {
      Conv.forEach(
          window,
          groups,
          r.inShape(0),
          weight,
          r.inShape(1),
          (o, i, t) -> r.out(0)[t] += r.in(1)[o] * r.in(0)[i]);
      if (bias) {
        ImageBatch dy = window.images(r.inShape(1));
        int step = channelsLast() ? 1 : dy.pixels();
        for (int i = 0; i < r.in(1).length; i++) {
          r.out(1)[i / step % dy.channels()] += r.in(1)[i];
        }
      }
    }
  }
}
