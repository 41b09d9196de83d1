package io.gluonj.gluon;

import static com.google.common.truth.Truth.assertThat;
import static io.gluonj.gluon.Samples.DEVICE;
import static io.gluonj.gluon.Samples.array;
import static io.gluonj.gluon.Samples.ramp;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gluonj.gluon.Samples.Forgetful;
import io.gluonj.gluon.Samples.Linear;
import io.gluonj.gluon.Samples.Net;
import io.gluonj.initializer.One;
import io.gluonj.initializer.Uniform;
import io.gluonj.nn.HybridSequential;
import io.gluonj.optimizer.Adam;
import io.gluonj.optimizer.Sgd;
import io.gluonj.tensor.Autograd;
import io.gluonj.tensor.GradReq;
import io.gluonj.tensor.LiveArrays;
import io.gluonj.tensor.NDArray;
import io.gluonj.tensor.TensorScope;
import io.gluonj.types.AutogradException;
import io.gluonj.types.FileFormatException;
import io.gluonj.types.InvalidArgumentException;
import io.gluonj.types.Shape;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerTest {
  @TempDir Path folder;

  private static void backward(Block net, NDArray x) {
    NDArray loss;
    try (var _ = Autograd.record()) {
      loss = net.call(x).square().sum();
    }
    loss.backward();
  }

  private static Net net() {
    Net net = new Net();
    net.initialize(new Uniform(0.5), DEVICE, Shape.of(1, 5));
    return net;
  }

  @Test
  void stepDividesTheGradientByTheBatchSize() {
    Linear dense = new Linear(1, 1);
    dense.initialize(new One(), DEVICE);
    Trainer trainer = new Trainer(dense.collectParams(), "sgd", Map.of("learning_rate", 0.1));
    backward(dense, array(new float[] {3, 3}, 2, 1)); // d/dw sum (3w+b)^2 = 2 * 2 * 9
    trainer.step(2);
    assertThat(dense.weight.data().item()).isWithin(1e-6).of(1 - 0.1 * 36 / 2);
    assertThat(dense.bias.data().item()).isWithin(1e-6).of(-0.1 * 12 / 2);
  }

  @Test
  void learningRateAndFactorsApply() {
    Linear dense = new Linear(1, 1);
    dense.initialize(new One(), DEVICE);
    Trainer trainer = new Trainer(dense.collectParams(), new Sgd(1).weightDecay(0.5));
    trainer.learningRate(0.1);
    assertThat(trainer.learningRate()).isEqualTo(0.1);
    dense.weight.lrMult(2);
    dense.weight.wdMult(0);
    dense.bias.setData(array(new float[] {1}, 1));
    backward(dense, array(new float[] {1}, 1, 1)); // both gradients are 2 * (1 + 1)
    trainer.step(1);
    assertThat(dense.weight.data().item()).isWithin(1e-6).of(1 - 0.2 * 4);
    assertThat(dense.bias.data().item()).isWithin(1e-6).of(1 - 0.1 * (4 + 0.5));
  }

  @Test
  void updatesGoByTheGradientsAsTheyAre() {
    Linear dense = new Linear(1, 1);
    dense.initialize(new One(), DEVICE);
    Trainer trainer = new Trainer(dense.collectParams(), new Sgd(0.1));
    backward(dense, array(new float[] {1}, 1, 1));
    trainer.allreduceGrads();
    dense.weight.grad().set(new float[] {10});
    trainer.update(1);
    assertThat(dense.weight.data().item()).isWithin(1e-6).of(0);
  }

  @Test
  void neverUsedParameterIsNamed() {
    Forgetful net = new Forgetful();
    net.initialize(new Uniform(), DEVICE, Shape.of(1, 3));
    Trainer trainer = new Trainer(net.collectParams(), "sgd", Map.of());
    backward(net, ramp(1, 2, 3));
    float[] before = net.used.weight.data().toFloats();
    var e = assertThrows(InvalidArgumentException.class, () -> trainer.step(2));
    assertThat(e).hasMessageThat().contains("2 of 4 parameters have no new gradient");
    assertThat(e).hasMessageThat().contains("Forgetful.unused.weight");
    assertThat(e).hasMessageThat().contains("not used by any forward pass");
    assertThat(net.used.weight.data().toFloats()).isEqualTo(before);
    trainer.step(2, true);
    assertThat(net.used.weight.data().toFloats()).isNotEqualTo(before);
  }

  @Test
  void neverUsedParameterOfUnknownShapeIsNamedToo() {
    HybridSequential all = new HybridSequential().add(new Linear(2), new Linear(2));
    all.initialize(new Uniform(), DEVICE);
    Trainer trainer = new Trainer(all.collectParams(), new Sgd(0.1));
    backward(all.get(0), ramp(1, 2, 3));
    var e = assertThrows(InvalidArgumentException.class, () -> trainer.step(2));
    assertThat(e).hasMessageThat().contains("HybridSequential.1.weight");
    assertThat(e).hasMessageThat().contains("not used by any forward pass");
    trainer.step(2, true);
  }

  @Test
  void useOutsideRecordIsToldFromAMissingBackward() {
    for (boolean hybrid : new boolean[] {false, true}) {
      Net net = net();
      net.hybridize(hybrid);
      Trainer trainer = new Trainer(net.collectParams(), new Sgd());
      net.call(ramp(1, 2, 5));
      var outside = assertThrows(InvalidArgumentException.class, () -> trainer.step(2));
      assertThat(outside).hasMessageThat().contains("used only outside Autograd.record()");
      try (var _ = Autograd.record()) {
        net.call(ramp(1, 2, 5));
      }
      var recorded = assertThrows(InvalidArgumentException.class, () -> trainer.step(2));
      assertThat(recorded).hasMessageThat().contains("backward() was not called");
      backward(net, ramp(1, 2, 5));
      trainer.step(2);
      var again = assertThrows(InvalidArgumentException.class, () -> trainer.step(2));
      assertThat(again).hasMessageThat().contains("not used by any forward pass since");
    }
  }

  @Test
  void parametersWithoutGradientAreLeftAlone() {
    Net net = net();
    net.first.collectParams().gradReq(GradReq.NULL);
    Trainer trainer = new Trainer(net.collectParams(), new Sgd(0.1));
    float[] before = net.first.weight.data().toFloats();
    backward(net, ramp(0.1, 2, 5));
    trainer.step(2);
    assertThat(net.first.weight.data().toFloats()).isEqualTo(before);
  }

  @Test
  void backwardTwiceIsExplained() {
    Net net = net();
    net.hybridize();
    NDArray loss;
    try (var _ = Autograd.record()) {
      loss = net.call(ramp(0.1, 2, 5)).sum();
    }
    loss.backward();
    var e = assertThrows(AutogradException.class, loss::backward);
    assertThat(e).hasMessageThat().contains("a second time");
  }

  @Test
  void unknownOptimizerAndOptionProposeTheNearest() {
    var name =
        assertThrows(
            InvalidArgumentException.class,
            () -> new Trainer(net().collectParams(), "adamm", Map.of()));
    assertThat(name).hasMessageThat().contains("did you mean adam?");
    var option =
        assertThrows(
            InvalidArgumentException.class,
            () -> new Trainer(net().collectParams(), "sgd", Map.of("learning_rat", 1)));
    assertThat(option).hasMessageThat().contains("did you mean learning_rate?");
    assertThrows(
        InvalidArgumentException.class,
        () -> new Trainer(net().collectParams(), "sgd", Map.of("learning_rate", "fast")));
    assertThrows(InvalidArgumentException.class, () -> new Trainer(List.of(), new Sgd()));
  }

  @Test
  void statesContinueTheTraining() {
    Path file = folder.resolve("trainer.states");
    Path weights = folder.resolve("net.params");
    Net net = net();
    Trainer trainer = new Trainer(net.collectParams(), new Adam(0.01).betas(0.8, 0.9));
    NDArray x = ramp(0.1, 2, 5);
    for (int i = 0; i < 3; i++) {
      backward(net, x);
      trainer.step(2);
    }
    net.saveParameters(weights);
    trainer.saveStates(file);
    Net other = net();
    other.loadParameters(weights);
    Trainer resumed = new Trainer(other.collectParams(), new Adam());
    resumed.loadStates(file);
    assertThat(resumed.learningRate()).isEqualTo(0.01);
    for (Trainer t : List.of(trainer, resumed)) {
      backward(t == trainer ? net : other, x);
      t.step(2);
    }
    assertThat(other.first.weight.data().toFloats()).isEqualTo(net.first.weight.data().toFloats());
  }

  @Test
  void foreignStatesAreRefused() throws Exception {
    Path file = folder.resolve("trainer.states");
    Net net = net();
    Trainer sgd = new Trainer(net.collectParams(), new Sgd(0.1).momentum(0.9));
    backward(net, ramp(0.1, 2, 5));
    sgd.step(2);
    sgd.saveStates(file);
    var rule =
        assertThrows(
            InvalidArgumentException.class,
            () -> new Trainer(net.collectParams(), new Adam()).loadStates(file));
    assertThat(rule).hasMessageThat().contains("states of sgd, the trainer uses adam");
    Linear dense = new Linear(2, 2);
    dense.initialize(new Uniform(), DEVICE);
    assertThrows(
        InvalidArgumentException.class,
        () -> new Trainer(dense.collectParams(), new Sgd()).loadStates(file));
    Files.writeString(folder.resolve("trainer.states.json"), "{\"format\": 3}");
    assertThrows(FileFormatException.class, () -> sgd.loadStates(file));
    assertThrows(
        InvalidArgumentException.class, () -> sgd.loadStates(folder.resolve("nothing.states")));
  }

  @Test
  void trainingStepsLeaveNothingBehind() {
    for (boolean hybrid : new boolean[] {false, true}) {
      Net net = net();
      net.hybridize(hybrid);
      Trainer trainer = new Trainer(net.collectParams(), new Adam(0.01));
      NDArray x = ramp(0.1, 4, 5);
      step(net, trainer, x);
      // Adam's corrected rate changes with each step: let its cache of numbers fill up first.
      for (int i = 0; i < 80; i++) {
        step(net, trainer, x);
      }
      long before = LiveArrays.count();
      long forgotten = LiveArrays.forgotten();
      for (int i = 0; i < 100; i++) {
        step(net, trainer, x);
      }
      assertThat(LiveArrays.count() + LiveArrays.forgotten() - forgotten).isEqualTo(before);
    }
  }

  private static void step(Net net, Trainer trainer, NDArray x) {
    try (var _ = TensorScope.open()) {
      NDArray loss;
      try (var _ = Autograd.record()) {
        loss = net.call(x).square().sum();
      }
      loss.backward();
      trainer.step(4);
    }
  }
}
