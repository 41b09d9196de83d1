package io.gluonj.op;

import static io.gluonj.op.OpSchema.define;

import io.gluonj.tensor.Tensor;
import io.gluonj.types.DType;
import io.gluonj.types.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Steps of SGD on several weights at once, in place. The inputs are weight, gradient and states of
 * the first weight, then those of the second, and so on; learning rates and decays are attributes,
 * or (MXNet's {@code preloaded}) two more inputs.
 */
public sealed interface MultiUpdates extends Op.Composite {
  /** What all of them are told. */
  record Step(Kind kind, int weights, double momentum, double rescale, double clip) {
    private int state() {
      return 2 + (kind.momentum ? 1 : 0);
    }

    private int stride() {
      return state() + (kind.wide ? 1 : 0);
    }
  }

  /** The forms of SGD. */
  enum Kind {
    SGD(false, false, false),
    MOMENTUM(true, false, false),
    WIDE(false, true, false),
    WIDE_MOMENTUM(true, true, false),
    PRELOADED(false, false, true),
    PRELOADED_MOMENTUM(true, false, true),
    PRELOADED_WIDE(false, true, true),
    PRELOADED_WIDE_MOMENTUM(true, true, true);

    /** Whether there is a momentum. */
    private final boolean momentum;

    /** Whether there is a float32 copy of the weight, of which the weight is the rounding. */
    private final boolean wide;

    /** Whether rates and decays are inputs. */
    private final boolean preloaded;

    Kind(boolean momentum, boolean wide, boolean preloaded) {
      this.momentum = momentum;
      this.wide = wide;
      this.preloaded = preloaded;
    }
  }

  Step step();

  /** Learning rates; empty where they are inputs. */
  default List<Double> lrs() {
    return List.of();
  }

  /** Decays; empty where they are inputs. */
  default List<Double> wds() {
    return List.of();
  }

  @Override
  default int outputs() {
    return step().weights() * (step().stride() - 1);
  }

  @Override
  default int visibleOutputs() {
    return step().weights();
  }

  /** The output for tensor {@code i} of weight {@code k}: weights first, then all states. */
  private int output(int k, int i) {
    return i == 0 ? k : step().weights() + k * (step().stride() - 2) + i - 2;
  }

  @Override
  default Map<Integer, Integer> updates() {
    Map<Integer, Integer> updates = new HashMap<>();
    for (int k = 0; k < step().weights(); k++) {
      for (int i = 0; i < step().stride(); i++) {
        if (i != 1) {
          updates.put(k * step().stride() + i, output(k, i));
        }
      }
    }
    return updates;
  }

  @Override
  default void infer(Infer s) {
    Step step = step();
    int expected = step.weights() * step.stride() + (step.kind().preloaded ? 2 : 0);
    boolean rates = step.kind().preloaded || lrs().size() == step.weights();
    boolean decays = step.kind().preloaded || wds().size() == step.weights();
    if (step.weights() < 1 || s.inputs() != expected || !rates || !decays) {
      throw s.error(
          s.inputs() + " inputs, rates " + lrs() + " and decays " + wds(),
          step.weights() + " weights have " + expected + " inputs, and a rate and a decay each",
          "set num_weights to the number of weights, and pass a list of as many numbers");
    }
    updates()
        .forEach((in, out) -> {
          s.in(in, s.out(out), "a new value has the shape of the old one");
          s.out(out, s.in(in), "a new value has the shape of the old one");
          s.dtype(out, s.dtype(in));
        });
    for (int k = 0; k < step.weights(); k++) {
      for (int i = 1; i < step.stride(); i++) {
        int first = k * step.stride();
        s.in(first + i, s.in(first), "a weight, its gradient and its states have one shape");
      }
    }
    for (int i = step.weights() * step.stride(); i < expected; i++) {
      s.in(i, Shape.of(step.weights()), "there is one number for each weight");
    }
  }

  @Override
  default boolean ownGradient() {
    return true;
  }

  @Override
  default void vjp(Vjp g) {
    for (int i = 0; i < g.inputs(); i++) {
      g.none(i, "an optimizer step is not part of the differentiated computation");
    }
  }

  @Override
  default List<Tensor> expand(Expansion e) {
    Step step = step();
    Tensor[] results = new Tensor[outputs()];
    for (int k = 0; k < step.weights(); k++) {
      int first = k * step.stride();
      var tensors = new ArrayList<>(e.inputs().subList(first, first + step.stride()));
      List<Scalar> values = values(e, k, tensors);
      results[output(k, 0)] = made(values.getFirst(), tensors, tensors.getFirst().dtype());
      for (int i = 2; i < step.stride(); i++) {
        Scalar value = i == step.state() ? values.getFirst() : values.getLast();
        results[output(k, i)] = made(value, tensors, tensors.get(i).dtype());
      }
    }
    return List.of(results);
  }

  private static Tensor made(Scalar value, List<Tensor> tensors, DType type) {
    return Fused.of(value, tensors).cast(type);
  }

  /** The new weight, and the new momentum where there is one; rates are added to the tensors. */
  private List<Scalar> values(Expansion e, int k, List<Tensor> tensors) {
    Step step = step();
    Scalar lr;
    Scalar wd;
    if (step.kind().preloaded) {
      int rates = step.weights() * step.stride();
      lr = Scalar.arg(tensors.size());
      tensors.add(e.in(rates).sliceAxis(0, k, k + 1L));
      wd = Scalar.arg(tensors.size());
      tensors.add(e.in(rates + 1).sliceAxis(0, k, k + 1L));
    } else {
      lr = Scalar.of(lrs().get(k));
      wd = Scalar.of(wds().get(k));
    }
    Scalar w = Scalar.arg(step.kind().wide ? step.state() : 0);
    Scalar g = OptimizerUpdates.clipped(Scalar.arg(1).times(step.rescale()), step.clip());
    Scalar down = lr.times(wd).times(w).plus(lr.times(g));
    if (!step.kind().momentum) {
      return List.of(w.minus(down));
    }
    Scalar next = Scalar.arg(2).times(step.momentum()).minus(down);
    return List.of(w.plus(next), next);
  }

  private static Shape[] sample(int inputs) {
    return Collections.nCopies(inputs, Shape.of(2, 3)).toArray(Shape[]::new);
  }

  private static Shape[] preloadedSample(int inputs) {
    Shape[] shapes = java.util.Arrays.copyOf(sample(inputs), inputs + 2);
    shapes[inputs] = Shape.of(2);
    shapes[inputs + 1] = Shape.of(2);
    return shapes;
  }

  /** Why there is no gradient. */
  String CONVENTION = "an optimizer step is not part of the differentiated computation";

  /** Weights and gradients. */
  record Sgd(
      List<Double> lrs, List<Double> wds, double rescaleGrad, double clipGradient, int numWeights)
      implements MultiUpdates {
    static final OpSchema<Sgd> SCHEMA =
        define(new Sgd(List.of(), List.of(), 1, -1, 1), "multi_sgd_update")
            .variadic("")
            .required("lrs", "wds")
            .gradientIs(CONVENTION)
            .sample(new Sgd(List.of(0.1, 0.2), List.of(0.01, 0.0), 0.5, 1, 2), 0.1, 2, sample(4));

    public Sgd {
      lrs = List.copyOf(lrs);
      wds = List.copyOf(wds);
    }

    @Override
    public Step step() {
      return new Step(Kind.SGD, numWeights, 0, rescaleGrad, clipGradient);
    }
  }

  /** Weights, gradients and momenta. */
  record SgdMom(
      List<Double> lrs,
      List<Double> wds,
      double momentum,
      double rescaleGrad,
      double clipGradient,
      int numWeights)
      implements MultiUpdates {
    static final OpSchema<SgdMom> SCHEMA =
        define(new SgdMom(List.of(), List.of(), 0, 1, -1, 1), "multi_sgd_mom_update")
            .variadic("")
            .required("lrs", "wds")
            .gradientIs(CONVENTION)
            .sample(
                new SgdMom(List.of(0.1, 0.2), List.of(0.01, 0.0), 0.9, 0.5, 1, 2),
                0.1,
                2,
                sample(6));

    public SgdMom {
      lrs = List.copyOf(lrs);
      wds = List.copyOf(wds);
    }

    @Override
    public Step step() {
      return new Step(Kind.MOMENTUM, numWeights, momentum, rescaleGrad, clipGradient);
    }
  }

  /** Weights, gradients and float32 weights. */
  record MpSgd(
      List<Double> lrs, List<Double> wds, double rescaleGrad, double clipGradient, int numWeights)
      implements MultiUpdates {
    static final OpSchema<MpSgd> SCHEMA =
        define(new MpSgd(List.of(), List.of(), 1, -1, 1), "multi_mp_sgd_update")
            .variadic("")
            .required("lrs", "wds")
            .gradientIs(CONVENTION)
            .sample(new MpSgd(List.of(0.1, 0.2), List.of(0.01, 0.0), 0.5, 1, 2), 0.1, 2, sample(6));

    public MpSgd {
      lrs = List.copyOf(lrs);
      wds = List.copyOf(wds);
    }

    @Override
    public Step step() {
      return new Step(Kind.WIDE, numWeights, 0, rescaleGrad, clipGradient);
    }
  }

  /** Weights, gradients, momenta and float32 weights. */
  record MpSgdMom(
      List<Double> lrs,
      List<Double> wds,
      double momentum,
      double rescaleGrad,
      double clipGradient,
      int numWeights)
      implements MultiUpdates {
    static final OpSchema<MpSgdMom> SCHEMA =
        define(new MpSgdMom(List.of(), List.of(), 0, 1, -1, 1), "multi_mp_sgd_mom_update")
            .variadic("")
            .required("lrs", "wds")
            .gradientIs(CONVENTION)
            .sample(
                new MpSgdMom(List.of(0.1, 0.2), List.of(0.01, 0.0), 0.9, 0.5, 1, 2),
                0.1,
                2,
                sample(8));

    public MpSgdMom {
      lrs = List.copyOf(lrs);
      wds = List.copyOf(wds);
    }

    @Override
    public Step step() {
      return new Step(Kind.WIDE_MOMENTUM, numWeights, momentum, rescaleGrad, clipGradient);
    }
  }

  /** Weights and gradients; then rates and decays. */
  record PreloadedSgd(double rescaleGrad, double clipGradient, int numWeights)
      implements MultiUpdates {
    static final OpSchema<PreloadedSgd> SCHEMA =
        define(new PreloadedSgd(1, -1, 1), "preloaded_multi_sgd_update")
            .variadic("")
            .gradientIs(CONVENTION)
            .sample(new PreloadedSgd(0.5, 1, 2), 0.1, 2, preloadedSample(4));

    @Override
    public Step step() {
      return new Step(Kind.PRELOADED, numWeights, 0, rescaleGrad, clipGradient);
    }
  }

  /** Weights, gradients and momenta; then rates and decays. */
  record PreloadedSgdMom(double momentum, double rescaleGrad, double clipGradient, int numWeights)
      implements MultiUpdates {
    static final OpSchema<PreloadedSgdMom> SCHEMA =
        define(new PreloadedSgdMom(0, 1, -1, 1), "preloaded_multi_sgd_mom_update")
            .variadic("")
            .gradientIs(CONVENTION)
            .sample(new PreloadedSgdMom(0.9, 0.5, 1, 2), 0.1, 2, preloadedSample(6));

    @Override
    public Step step() {
      return new Step(Kind.PRELOADED_MOMENTUM, numWeights, momentum, rescaleGrad, clipGradient);
    }
  }

  /** Weights, gradients and float32 weights; then rates and decays. */
  record PreloadedMpSgd(double rescaleGrad, double clipGradient, int numWeights)
      implements MultiUpdates {
    static final OpSchema<PreloadedMpSgd> SCHEMA =
        define(new PreloadedMpSgd(1, -1, 1), "preloaded_multi_mp_sgd_update")
            .variadic("")
            .gradientIs(CONVENTION)
            .sample(new PreloadedMpSgd(0.5, 1, 2), 0.1, 2, preloadedSample(6));

    @Override
    public Step step() {
      return new Step(Kind.PRELOADED_WIDE, numWeights, 0, rescaleGrad, clipGradient);
    }
  }

  /** Weights, gradients, momenta and float32 weights; then rates and decays. */
  record PreloadedMpSgdMom(double momentum, double rescaleGrad, double clipGradient, int numWeights)
      implements MultiUpdates {
    static final OpSchema<PreloadedMpSgdMom> SCHEMA =
        define(new PreloadedMpSgdMom(0, 1, -1, 1), "preloaded_multi_mp_sgd_mom_update")
            .variadic("")
            .gradientIs(CONVENTION)
            .sample(new PreloadedMpSgdMom(0.9, 0.5, 1, 2), 0.1, 2, preloadedSample(8));

    @Override
    public Step step() {
      return new Step(
          Kind.PRELOADED_WIDE_MOMENTUM, numWeights, momentum, rescaleGrad, clipGradient);
    }
  }
}
