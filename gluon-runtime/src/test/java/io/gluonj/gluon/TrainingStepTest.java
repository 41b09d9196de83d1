package io.gluonj.gluon;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;
import static io.gluonj.nn.Activation.RELU;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gluonj.initializer.Xavier;
import io.gluonj.loss.SoftmaxCrossEntropyLoss;
import io.gluonj.nn.AvgPool2D;
import io.gluonj.nn.BatchNorm;
import io.gluonj.nn.Conv2D;
import io.gluonj.nn.Dense;
import io.gluonj.nn.Dropout;
import io.gluonj.nn.HybridSequential;
import io.gluonj.nn.MaxPool2D;
import io.gluonj.optimizer.Adam;
import io.gluonj.optimizer.Optimizer;
import io.gluonj.optimizer.Sgd;
import io.gluonj.tensor.Autograd;
import io.gluonj.tensor.Generator;
import io.gluonj.tensor.GradReq;
import io.gluonj.tensor.LiveArrays;
import io.gluonj.tensor.NDArray;
import io.gluonj.tensor.TensorScope;
import io.gluonj.testing.EachDevice;
import io.gluonj.types.Device;
import io.gluonj.types.InvalidArgumentException;
import io.gluonj.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compiled steps against recording, backward and trainer.step. */
@EachDevice(reference = true)
class TrainingStepTest {
  private static final int STEPS = 4;
  private static final int BATCH = 6;

  private final Device device;

  TrainingStepTest(Device device) {
    this.device = device;
  }

  /** A way to train. */
  record Case(String name, Supplier<HybridBlock> net, Supplier<Optimizer> optimizer) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case("convolutions, plain SGD", TrainingStepTest::convolutions, () -> new Sgd(0.1)),
        new Case(
            "batch norm, momentum, decay, clipping",
            TrainingStepTest::normalized,
            () -> new Sgd(0.05).momentum(0.9).weightDecay(0.01).clipGradient(0.2)),
        new Case("dropout, Adam", TrainingStepTest::dropping, () -> new Adam(0.01)));
  }

  private static HybridBlock convolutions() {
    HybridSequential net = new HybridSequential();
    net.add(new Conv2D(4, 3).activation(RELU), new MaxPool2D(2, 2));
    net.add(new Conv2D(6, 2).activation(RELU), new AvgPool2D(2, 1));
    net.add(new Dense(5));
    return net;
  }

  private static HybridBlock normalized() {
    HybridSequential net = new HybridSequential();
    net.add(new Conv2D(4, 3), new BatchNorm(), new Dense(5));
    return net;
  }

  private static HybridBlock dropping() {
    HybridSequential net = new HybridSequential();
    net.add(new Dense(12).activation(RELU), new Dropout(0.5), new Dense(5));
    return net;
  }

  private NDArray data(int step, int batch) {
    Shape shape = Shape.of(batch, 2, 9, 9);
    return NDArray.of(
        new Generator(step).normal(Math.toIntExact(shape.size()), 0, 1), shape, device);
  }

  private NDArray label(int batch) {
    float[] classes = new float[batch];
    for (int i = 0; i < batch; i++) {
      classes[i] = i % 5;
    }
    return NDArray.of(classes, Shape.of(batch), device);
  }

  private HybridBlock build(Case c) {
    Generator.standard().seed(7);
    HybridBlock net = c.net().get();
    net.initialize(new Xavier(), device, Shape.of(1, 2, 9, 9));
    Generator.standard().seed(11);
    return net;
  }

  private static List<float[]> values(Block net) {
    return net.collectParams().values().stream().map(p -> p.data().toFloats()).toList();
  }

  private static double mean(NDArray losses) {
    double sum = 0;
    for (float value : losses.toFloats()) {
      sum += value;
    }
    return sum / losses.shape().size();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void doesWhatTheLoopDoes(Case c) {
    var loss = new SoftmaxCrossEntropyLoss();
    HybridBlock loop = build(c);
    Trainer trainer = new Trainer(loop.collectParams(), c.optimizer().get());
    var losses = new ArrayList<Double>();
    for (int k = 0; k < STEPS; k++) {
      trainer.learningRate(trainer.learningRate() * 0.9);
      int batch = k == 2 ? BATCH / 2 : BATCH;
      NDArray each;
      try (var _ = Autograd.record()) {
        each = loss.call(loop.call(data(k, batch)), label(batch));
      }
      each.backward();
      trainer.step(batch);
      losses.add(mean(each));
    }
    HybridBlock net = build(c);
    Trainer other = new Trainer(net.collectParams(), c.optimizer().get());
    TrainingStep step = other.compile(net, loss);
    for (int k = 0; k < STEPS; k++) {
      other.learningRate(other.learningRate() * 0.9);
      int batch = k == 2 ? BATCH / 2 : BATCH;
      double found = step.call(data(k, batch), label(batch)).item();
      assertWithMessage("loss of step %s", k).that(found).isWithin(1e-5).of(losses.get(k));
    }
    assertThat(step.compilations()).isEqualTo(2); // one for each batch size
    List<float[]> expected = values(loop);
    List<float[]> found = values(net);
    for (int i = 0; i < expected.size(); i++) {
      assertWithMessage("parameter %s", i)
          .that(found.get(i))
          .usingTolerance(2e-5)
          .containsExactly(expected.get(i))
          .inOrder();
    }
  }

  @Test
  void sharesStatesWithTheLoop() {
    Case c = new Case("", TrainingStepTest::convolutions, () -> new Sgd(0.1).momentum(0.9));
    var loss = new SoftmaxCrossEntropyLoss();
    List<List<float[]>> results = new ArrayList<>();
    for (boolean mixed : new boolean[] {false, true}) {
      HybridBlock net = build(c);
      Trainer trainer = new Trainer(net.collectParams(), c.optimizer().get());
      TrainingStep step = trainer.compile(net, loss);
      step.call(data(0, BATCH), label(BATCH));
      if (mixed) {
        NDArray each;
        try (var _ = Autograd.record()) {
          each = loss.call(net.call(data(1, BATCH)), label(BATCH));
        }
        each.backward();
        trainer.step(BATCH);
      } else {
        step.call(data(1, BATCH), label(BATCH));
      }
      step.call(data(2, BATCH), label(BATCH));
      results.add(values(net));
    }
    for (int i = 0; i < results.get(0).size(); i++) {
      assertThat(results.get(1).get(i))
          .usingTolerance(2e-5)
          .containsExactly(results.get(0).get(i))
          .inOrder();
    }
  }

  /** A compiled net keeps what it computed from its parameters, and steps write in their place. */
  @Test
  void predictionsFollowTheSteps() {
    Case c = new Case("", TrainingStepTest::normalized, () -> new Sgd(0.1).momentum(0.9));
    HybridBlock net = build(c);
    net.hybridize();
    TrainingStep step =
        new Trainer(net.collectParams(), c.optimizer().get())
            .compile(net, new SoftmaxCrossEntropyLoss());
    for (int k = 0; k < STEPS; k++) {
      step.call(data(k, BATCH), label(BATCH));
      float[] compiled = net.call(data(9, BATCH)).toFloats();
      net.hybridize(false);
      float[] eager = net.call(data(9, BATCH)).toFloats();
      net.hybridize();
      net.call(data(9, BATCH)); // keeps what is computed from the parameters of this step
      assertWithMessage("after step %s", k)
          .that(compiled)
          .usingTolerance(2e-5)
          .containsExactly(eager)
          .inOrder();
    }
  }

  @Test
  void clipsAllGradientsTogether() {
    Case c = new Case("", TrainingStepTest::dropping, () -> new Sgd(1));
    HybridBlock net = build(c);
    List<float[]> before = values(net);
    Trainer trainer = new Trainer(net.collectParams(), c.optimizer().get());
    trainer
        .compile(net, new SoftmaxCrossEntropyLoss())
        .clipGlobalNorm(0.01)
        .call(data(0, BATCH), label(BATCH));
    List<float[]> after = values(net);
    double squares = 0;
    for (int i = 0; i < before.size(); i++) {
      for (int k = 0; k < before.get(i).length; k++) {
        squares += Math.pow(after.get(i)[k] - before.get(i)[k], 2);
      }
    }
    assertThat(Math.sqrt(squares)).isWithin(1e-5).of(0.01);
  }

  @Test
  void keepsNothingBetweenSteps() {
    Case c = new Case("", TrainingStepTest::normalized, () -> new Adam(0.01));
    HybridBlock net = build(c);
    Trainer trainer = new Trainer(net.collectParams(), c.optimizer().get());
    TrainingStep step = trainer.compile(net, new SoftmaxCrossEntropyLoss());
    long live = -1;
    for (int k = 0; k < 5; k++) {
      try (var _ = TensorScope.open()) {
        step.call(data(k, BATCH), label(BATCH));
      }
      // the optimizer keeps the different numbers of the last steps
      if (k == 2) {
        live = LiveArrays.count();
      }
    }
    assertThat(LiveArrays.count() - live).isAtMost(2);
  }

  @Test
  void refusesParametersWithoutGradient() {
    HybridBlock net = build(new Case("", TrainingStepTest::dropping, () -> new Sgd(1)));
    Dense apart = new Dense(3);
    apart.initialize(new Xavier(), device, Shape.of(1, 4));
    var all = new ArrayList<>(net.collectParams().values());
    all.add(apart.collectParams().values().iterator().next());
    TrainingStep step = new Trainer(all, new Sgd(1)).compile(net, new SoftmaxCrossEntropyLoss());
    var unused =
        assertThrows(InvalidArgumentException.class, () -> step.call(data(0, BATCH), label(BATCH)));
    assertThat(unused).hasMessageThat().contains("leave them out of the trainer");
    Parameter first = net.collectParams().values().iterator().next();
    first.gradReq(GradReq.ADD);
    TrainingStep adding =
        new Trainer(net.collectParams(), new Sgd(1)).compile(net, new SoftmaxCrossEntropyLoss());
    var added =
        assertThrows(
            InvalidArgumentException.class, () -> adding.call(data(0, BATCH), label(BATCH)));
    assertThat(added).hasMessageThat().contains("gradReq ADD");
    assertThrows(InvalidArgumentException.class, () -> adding.clipGlobalNorm(0));
  }
}
