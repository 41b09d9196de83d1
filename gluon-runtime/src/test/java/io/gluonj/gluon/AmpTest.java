package io.gluonj.gluon;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;
import static io.gluonj.nn.Activation.RELU;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gluonj.initializer.Xavier;
import io.gluonj.loss.SoftmaxCrossEntropyLoss;
import io.gluonj.nn.BatchNorm;
import io.gluonj.nn.Conv2D;
import io.gluonj.nn.Dense;
import io.gluonj.nn.Dropout;
import io.gluonj.nn.HybridSequential;
import io.gluonj.nn.MaxPool2D;
import io.gluonj.optimizer.Adam;
import io.gluonj.optimizer.Sgd;
import io.gluonj.tensor.Autograd;
import io.gluonj.tensor.Generator;
import io.gluonj.tensor.LiveArrays;
import io.gluonj.tensor.NDArray;
import io.gluonj.tensor.TensorScope;
import io.gluonj.testing.EachDevice;
import io.gluonj.types.DType;
import io.gluonj.types.Device;
import io.gluonj.types.InvalidArgumentException;
import io.gluonj.types.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Mixed precision against float32. */
@EachDevice(reference = true)
class AmpTest {
  private static final int BATCH = 6;
  private static final int CLASSES = 5;

  private final Device device;

  AmpTest(Device device) {
    this.device = device;
  }

  /** A net for images of shape (2, 9, 9), and how it is computed. */
  record Case(String name, Supplier<HybridBlock> net, Amp amp) {
    @Override
    public String toString() {
      return name + ", " + amp.compute();
    }
  }

  static Stream<Case> cases() {
    return Stream.of(Amp.bfloat16(), Amp.float16().scalingLoss(64, 3))
        .flatMap(amp ->
            Stream.of(
                new Case("convolutions", AmpTest::convolutions, amp),
                new Case("batch norm", AmpTest::normalized, amp),
                new Case("dropout", AmpTest::dropping, amp)));
  }

  private static HybridBlock convolutions() {
    HybridSequential net = new HybridSequential();
    net.add(new Conv2D(4, 3).activation(RELU), new MaxPool2D(2, 2));
    net.add(new Dense(8).activation(RELU), new Dense(CLASSES));
    return net;
  }

  private static HybridBlock normalized() {
    HybridSequential net = new HybridSequential();
    net.add(new Conv2D(4, 3), new BatchNorm(), new Dense(CLASSES));
    return net;
  }

  private static HybridBlock dropping() {
    HybridSequential net = new HybridSequential();
    net.add(new Dense(12).activation(RELU), new Dropout(0.3), new Dense(CLASSES));
    return net;
  }

  private NDArray data(int step) {
    Shape shape = Shape.of(BATCH, 2, 9, 9);
    float[] values = new Generator(step).normal(Math.toIntExact(shape.size()), 0, 1);
    return NDArray.of(values, shape, device);
  }

  private NDArray label() {
    float[] classes = new float[BATCH];
    for (int i = 0; i < BATCH; i++) {
      classes[i] = i % CLASSES;
    }
    return NDArray.of(classes, Shape.of(BATCH), device);
  }

  private HybridBlock build(Supplier<HybridBlock> kind) {
    Generator.standard().seed(7);
    HybridBlock net = kind.get();
    net.initialize(new Xavier(), device, Shape.of(1, 2, 9, 9));
    Generator.standard().seed(11);
    return net;
  }

  private static List<float[]> values(Block net) {
    return net.collectParams().values().stream().map(p -> p.data().toFloats()).toList();
  }

  private static Trainer trainer(HybridBlock net) {
    return new Trainer(net.collectParams(), new Sgd(0.05).momentum(0.9));
  }

  private TrainingStep step(HybridBlock net, Amp amp) {
    return trainer(net).compile(net, new SoftmaxCrossEntropyLoss()).amp(amp);
  }

  private static void close(List<float[]> found, List<float[]> expected, double tolerance) {
    assertThat(found).hasSize(expected.size());
    for (int i = 0; i < expected.size(); i++) {
      assertWithMessage("parameter %s", i)
          .that(found.get(i))
          .usingTolerance(tolerance)
          .containsExactly(expected.get(i))
          .inOrder();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void lossesOfTwentyStepsAreThoseOfFloat32(Case c) {
    HybridBlock wide = build(c.net());
    TrainingStep expected = trainer(wide).compile(wide, new SoftmaxCrossEntropyLoss());
    var losses = new ArrayList<Double>();
    for (int k = 0; k < 20; k++) {
      losses.add(expected.call(data(k % 3), label()).item());
    }
    HybridBlock net = build(c.net());
    TrainingStep mixed = step(net, c.amp());
    boolean differs = false;
    for (int k = 0; k < 20; k++) {
      double loss = mixed.call(data(k % 3), label()).item();
      assertWithMessage("loss of step %s", k).that(loss).isWithin(0.06).of(losses.get(k));
      differs |= loss != losses.get(k);
    }
    assertThat(differs).isTrue(); // or nothing was computed in half precision
    assertThat(losses.getLast()).isLessThan(0.8 * losses.getFirst());
    assertThat(mixed.skippedSteps()).isEqualTo(0);
    net.collectParams().values().forEach(p -> assertThat(p.dtype()).isEqualTo(DType.FLOAT32));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theStepDoesWhatTheRecordedLoopDoes(Case c) {
    HybridBlock net = build(c.net());
    TrainingStep step = step(net, c.amp());
    HybridBlock loop = build(c.net());
    loop.hybridize(c.amp());
    Trainer trainer = trainer(loop);
    LossScaler scaler = c.amp().lossScaling().isPresent() ? c.amp().lossScaler() : null;
    var loss = new SoftmaxCrossEntropyLoss();
    for (int k = 0; k < 4; k++) {
      Generator.standard().seed(k);
      step.call(data(k), label());
      Generator.standard().seed(k);
      NDArray each;
      try (var _ = Autograd.record()) {
        NDArray plain = loss.call(loop.call(data(k)), label());
        each = scaler == null ? plain : scaler.scale(plain);
      }
      each.backward();
      if (scaler == null) {
        trainer.step(BATCH);
      } else {
        assertThat(scaler.step(trainer, BATCH)).isTrue();
      }
    }
    close(values(net), values(loop), 2e-3);
    if (scaler != null) {
      assertThat(step.lossScale()).isEqualTo(scaler.factor());
      assertThat(scaler.factor()).isEqualTo(128); // doubled after three good steps
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void predictsNearlyAsFloat32(Case c) {
    HybridBlock net = build(c.net());
    float[] expected = net.call(data(1)).toFloats();
    net.hybridize(c.amp());
    NDArray found = net.call(data(1));
    assertThat(found.dtype()).isEqualTo(DType.FLOAT32);
    assertThat(found.toFloats()).usingTolerance(0.05).containsExactly(expected).inOrder();
    assertThat(found.toFloats()).isNotEqualTo(expected);
    net.hybridize(false);
    assertThat(net.call(data(1)).toFloats()).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void gradientsAreNearThoseOfFloat32(Case c) {
    List<List<float[]>> gradients = new ArrayList<>();
    for (boolean mixed : new boolean[] {false, true}) {
      HybridBlock net = build(c.net());
      if (mixed) {
        net.hybridize(c.amp());
      }
      NDArray each;
      try (var _ = Autograd.record()) {
        each = new SoftmaxCrossEntropyLoss().call(net.call(data(1)), label());
      }
      each.backward();
      gradients.add(
          net.collectParams().values().stream()
              .filter(p -> p.gradReq() != io.gluonj.tensor.GradReq.NULL)
              .map(p -> p.grad().toFloats())
              .toList());
    }
    for (int i = 0; i < gradients.get(0).size(); i++) {
      float[] wide = gradients.get(0).get(i);
      float[] narrow = gradients.get(1).get(i);
      double norm = 0;
      double off = 0;
      for (int k = 0; k < wide.length; k++) {
        norm += wide[k] * wide[k];
        off += Math.pow(wide[k] - narrow[k], 2);
      }
      // that of a bias before a batch normalization is 0 but for rounding
      assertWithMessage("parameter %s", i)
          .that(Math.sqrt(off))
          .isAtMost(0.03 * Math.sqrt(norm) + 0.02);
    }
  }

  /** What float32 remembers of updates below the resolution of bfloat16. */
  @Test
  void weightsMoveByLessThanBfloat16Resolves() {
    HybridBlock net = build(AmpTest::convolutions);
    List<float[]> before = values(net);
    Trainer trainer = new Trainer(net.collectParams(), new Sgd(1e-5));
    trainer.compile(net, new SoftmaxCrossEntropyLoss()).amp(Amp.bfloat16()).call(data(0), label());
    float[] old = before.getFirst();
    float[] now = values(net).getFirst();
    int moved = 0;
    for (int i = 0; i < old.length; i++) {
      moved += old[i] == now[i] ? 0 : 1;
      assertThat((double) now[i]).isWithin(Math.abs(old[i]) / 512 + 1e-4).of(old[i]);
    }
    assertThat(moved).isGreaterThan(old.length / 2);
  }

  @Test
  void aStepWhoseGradientsOverflowChangesNothingAndTheFactorRecovers() {
    HybridBlock net = build(AmpTest::normalized);
    TrainingStep step =
        new Trainer(net.collectParams(), new Adam(0.01))
            .compile(net, new SoftmaxCrossEntropyLoss())
            .amp(Amp.float16().scalingLoss(1024, 2));
    step.call(data(0), label());
    List<float[]> before = values(net);
    step.call(data(0).mul(1e6), label()); // beyond float16
    assertThat(step.skippedSteps()).isEqualTo(1);
    assertThat(step.lossScale()).isEqualTo(512);
    close(values(net), before, 0); // running statistics included
    step.call(data(0), label());
    step.call(data(1), label());
    assertThat(step.skippedSteps()).isEqualTo(1);
    assertThat(step.lossScale()).isEqualTo(1024);
    assertThat(values(net).getFirst()).isNotEqualTo(before.getFirst());
    values(net).forEach(v -> assertThat(Float.isFinite(v[0])).isTrue());
  }

  @Test
  void theFirstFactorFallsUntilGradientsFit() {
    HybridBlock net = build(AmpTest::convolutions);
    TrainingStep step = step(net, Amp.float16().scalingLoss(1 << 24, 2000));
    for (int k = 0; k < 16; k++) {
      step.call(data(k % 3), label());
    }
    assertThat(step.skippedSteps()).isGreaterThan(0L);
    assertThat(step.skippedSteps()).isLessThan(15L);
    assertThat(step.lossScale()).isEqualTo((1 << 24) / Math.pow(2, (double) step.skippedSteps()));
  }

  @Test
  void theLoopSkipsAndRecoversAlike() {
    HybridBlock net = build(AmpTest::convolutions);
    net.hybridize(Amp.float16());
    Trainer trainer = trainer(net);
    LossScaler scaler = Amp.float16().scalingLoss(256, 1).lossScaler();
    List<float[]> before = values(net);
    assertThat(loop(net, scaler, data(0).mul(1e6), trainer)).isFalse();
    close(values(net), before, 0);
    assertThat(scaler.factor()).isEqualTo(128);
    assertThat(scaler.skippedSteps()).isEqualTo(1);
    var stale = assertThrows(RuntimeException.class, () -> scaler.step(trainer, BATCH));
    assertThat(stale).hasMessageThat().contains("no new gradient");
    assertThat(loop(net, scaler, data(0), trainer)).isTrue();
    assertThat(scaler.factor()).isEqualTo(256);
    assertThat(values(net).getFirst()).isNotEqualTo(before.getFirst());
  }

  private boolean loop(HybridBlock net, LossScaler scaler, NDArray data, Trainer trainer) {
    NDArray each;
    try (var _ = Autograd.record()) {
      each = scaler.scale(new SoftmaxCrossEntropyLoss().call(net.call(data), label()));
    }
    each.backward();
    return scaler.step(trainer, BATCH);
  }

  @Test
  void gradientsCanBeUnscaledBeforeTheStep() {
    List<List<float[]>> results = new ArrayList<>();
    for (boolean early : new boolean[] {false, true}) {
      HybridBlock net = build(AmpTest::convolutions);
      Trainer trainer = trainer(net);
      LossScaler scaler = Amp.float16().scalingLoss(256, 100).lossScaler();
      NDArray each;
      try (var _ = Autograd.record()) {
        each = scaler.scale(new SoftmaxCrossEntropyLoss().call(net.call(data(0)), label()));
      }
      each.backward();
      if (early) {
        scaler.unscale(trainer);
        assertThrows(InvalidArgumentException.class, () -> scaler.unscale(trainer));
      }
      assertThat(scaler.step(trainer, BATCH)).isTrue();
      results.add(values(net));
    }
    close(results.get(1), results.get(0), 1e-6);
  }

  @Test
  void clippingSeesGradientsWithoutTheFactor() {
    HybridBlock net = build(AmpTest::convolutions);
    List<float[]> before = values(net);
    new Trainer(net.collectParams(), new Sgd(1))
        .compile(net, new SoftmaxCrossEntropyLoss())
        .clipGlobalNorm(0.01)
        .amp(Amp.float16().scalingLoss(64, 10))
        .call(data(0), label());
    double squares = 0;
    List<float[]> after = values(net);
    for (int i = 0; i < before.size(); i++) {
      for (int k = 0; k < before.get(i).length; k++) {
        squares += Math.pow(after.get(i)[k] - before.get(i)[k], 2);
      }
    }
    assertThat(Math.sqrt(squares)).isWithin(1e-4).of(0.01);
  }

  @Test
  void filesAreThoseOfFloat32(@TempDir Path folder) throws IOException {
    HybridBlock plain = build(AmpTest::normalized);
    plain.hybridize();
    plain.call(data(0));
    HybridBlock net = build(AmpTest::normalized);
    net.hybridize(Amp.bfloat16());
    net.call(data(0));
    List<Path> expected = plain.export(folder.resolve("plain"), 0);
    List<Path> found = net.export(folder.resolve("mixed"), 0);
    String text = Files.readString(found.getFirst());
    assertThat(text).doesNotContain("Cast");
    assertThat(Files.size(found.getLast())).isEqualTo(Files.size(expected.getLast()));
    Path saved = folder.resolve("net.params");
    net.saveParameters(saved);
    HybridBlock loaded = build(AmpTest::normalized);
    loaded.loadParameters(saved);
    close(values(loaded), values(net), 0);
    loaded.collectParams().values().forEach(p -> assertThat(p.dtype()).isEqualTo(DType.FLOAT32));
  }

  @Test
  void keepsNothingBetweenSteps() {
    TrainingStep step = step(build(AmpTest::normalized), Amp.float16().scalingLoss(8, 2));
    long live = -1;
    for (int k = 0; k < 5; k++) {
      try (var _ = TensorScope.open()) {
        step.call(data(k), label());
      }
      live = k == 2 ? LiveArrays.count() : live;
    }
    assertThat(LiveArrays.count()).isAtMost(live);
  }

  @Test
  void refusesWhatMakesNoSense() {
    var integer =
        assertThrows(
            InvalidArgumentException.class, () -> new Amp(DType.INT32, java.util.Optional.empty()));
    assertThat(integer).hasMessageThat().contains("cut to whole numbers");
    assertThrows(
        InvalidArgumentException.class, () -> new Amp(DType.FLOAT64, java.util.Optional.empty()));
    assertThrows(InvalidArgumentException.class, () -> Amp.float16().scalingLoss(0, 10));
    assertThrows(InvalidArgumentException.class, () -> Amp.float16().scalingLoss(1024, 0));
    var none = assertThrows(InvalidArgumentException.class, () -> Amp.bfloat16().lossScaler());
    assertThat(none).hasMessageThat().contains("has the range of float32");
    LossScaler scaler = Amp.float16().lossScaler();
    var late =
        assertThrows(InvalidArgumentException.class, () -> scaler.scale(NDArray.scalar(1, device)));
    assertThat(late).hasMessageThat().contains("Autograd.record()");
  }
}
