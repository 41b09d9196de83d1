package io.gluonj.gluon;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;
import static io.gluonj.gluon.Samples.ramp;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.gluonj.gluon.Samples.Linear;
import io.gluonj.gluon.Samples.Net;
import io.gluonj.initializer.One;
import io.gluonj.initializer.Uniform;
import io.gluonj.nn.Dropout;
import io.gluonj.nn.HybridSequential;
import io.gluonj.optimizer.Adam;
import io.gluonj.optimizer.Sgd;
import io.gluonj.tensor.Autograd;
import io.gluonj.tensor.GradReq;
import io.gluonj.tensor.LiveArrays;
import io.gluonj.tensor.NDArray;
import io.gluonj.tensor.TensorScope;
import io.gluonj.types.Device;
import io.gluonj.types.InvalidArgumentException;
import io.gluonj.types.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Training on several devices. */
@Timeout(120)
class TrainerOnDevicesTest {
  private static final Device ONE = Device.reference();
  private static final Device TWO = Device.reference(1);
  private static final List<Device> BOTH = List.of(ONE, TWO);
  private static final List<Device> PROCESSORS = List.of(Device.cpu(), Device.cpu(1));
  private static final int BATCH = 8;

  @TempDir Path folder;

  /** The same first values whatever the devices. */
  private static Net net(List<Device> devices, boolean hybrid) {
    Net net = new Net();
    net.initialize(new Uniform(0.5), devices, Shape.of(BATCH, 5));
    int seed = 1;
    for (Parameter parameter : net.collectParams()) {
      float[] values = new float[(int) parameter.shape().size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) Math.sin(seed++);
      }
      parameter.setData(NDArray.of(values, parameter.shape(), devices.getFirst()));
    }
    net.hybridize(hybrid);
    return net;
  }

  private static NDArray loss(HybridBlock net, NDArray x) {
    try (var _ = Autograd.record()) {
      return net.call(x).square().sum();
    }
  }

  private static void step(Net net, Trainer trainer, List<Device> devices) {
    try (var _ = TensorScope.open()) {
      NDArray x = ramp(0.05, BATCH, 5).to(devices.getFirst());
      for (NDArray part : Split.splitAndLoad(x, devices)) {
        loss(net, part).backward();
      }
      trainer.step(BATCH);
    }
  }

  private static void assertEqualBits(Net net, List<Device> devices) {
    for (Parameter parameter : net.collectParams()) {
      for (Device device : devices) {
        assertWithMessage(parameter.path())
            .that(parameter.data(device).toFloats())
            .isEqualTo(parameter.data(devices.getFirst()).toFloats());
      }
    }
  }

  private static Stream<Arguments> cases() {
    List<Arguments> cases = new ArrayList<>();
    for (List<Device> devices : List.of(BOTH, PROCESSORS)) {
      for (boolean hybrid : new boolean[] {false, true}) {
        for (String optimizer : List.of("sgd", "adam")) {
          for (String store : List.of("device", "local")) {
            cases.add(arguments(devices, hybrid, optimizer, store));
          }
        }
      }
    }
    return cases.stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aStepOnTwoDevicesIsTheStepOfTheWholeBatch(
      List<Device> devices, boolean hybrid, String optimizer, String store) {
    Map<String, Double> options =
        optimizer.equals("sgd") ? Map.of("momentum", 0.9) : Map.of("learning_rate", 0.01);
    Net one = net(devices.subList(0, 1), hybrid);
    Net two = net(devices, hybrid);
    Trainer single = new Trainer(one.collectParams(), optimizer, options);
    Trainer several = new Trainer(two.collectParams(), optimizer, options, store);
    assertThat(several.kvStore()).isEqualTo(KVStore.of(store));
    step(one, single, devices.subList(0, 1));
    step(two, several, devices);
    for (String name : one.collectParams().structural().keySet()) {
      NDArray expected = one.collectParams().at(name).data();
      NDArray found = two.collectParams().at(name).data(devices.getFirst());
      // The sum of two sums instead of one sum: a few roundings of float32, 6e-8 each.
      assertWithMessage(name).that(found.isClose(expected, 1e-6)).isTrue();
    }
    assertEqualBits(two, devices);
    for (int i = 0; i < 5; i++) {
      step(two, several, devices);
      assertEqualBits(two, devices);
    }
    assertThat(two.compilations()).isEqualTo(hybrid ? 2 : 0);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void devicesMayRunInThreadsOfTheirOwn(
      List<Device> devices, boolean hybrid, String optimizer, String store) throws Exception {
    List<Net> nets = new ArrayList<>();
    for (boolean threads : new boolean[] {false, true}) {
      Net net = net(devices, hybrid);
      nets.add(net);
      Trainer trainer = new Trainer(net.collectParams(), optimizer, Map.of(), store);
      try (ExecutorService workers = Executors.newFixedThreadPool(devices.size())) {
        for (int i = 0; i < 4; i++) {
          NDArray x = ramp(0.05, BATCH, 5).to(devices.getFirst());
          List<CompletableFuture<Void>> running = new ArrayList<>();
          for (NDArray part : Split.splitAndLoad(x, devices)) {
            if (threads) {
              running.add(CompletableFuture.runAsync(() -> loss(net, part).backward(), workers));
            } else {
              loss(net, part).backward();
            }
          }
          running.forEach(CompletableFuture::join);
          trainer.step(BATCH);
        }
      }
      assertEqualBits(net, devices);
    }
    for (String name : nets.getFirst().collectParams().structural().keySet()) {
      assertThat(nets.get(1).collectParams().at(name).data(devices.getFirst()).toFloats())
          .isEqualTo(nets.get(0).collectParams().at(name).data(devices.getFirst()).toFloats());
    }
  }

  @Test
  void deferredInitializationMayEndInSeveralThreadsAtOnce() throws Exception {
    for (int i = 0; i < 50; i++) {
      Net net = new Net();
      net.initialize(new Uniform(), PROCESSORS);
      net.hybridize(i % 2 == 0);
      List<CompletableFuture<NDArray>> results = new ArrayList<>();
      for (Device device : PROCESSORS) {
        NDArray x = NDArray.ones(Shape.of(2, 5), device);
        results.add(CompletableFuture.supplyAsync(() -> loss(net, x)));
      }
      assertThat(results.get(0).get().toFloats()).isEqualTo(results.get(1).get().toFloats());
    }
  }

  @Test
  void staleGradientsAreNamedWithTheirDevice() {
    Net net = net(BOTH, false);
    Trainer trainer = new Trainer(net.collectParams(), new Sgd(0.1));
    NDArray x = ramp(0.1, BATCH, 5);
    loss(net, x).backward();
    float[] gradient = net.first.weight.grad(ONE).toFloats();
    var unused = assertThrows(InvalidArgumentException.class, () -> trainer.step(BATCH));
    assertThat(unused).hasMessageThat().contains("4 of 4 parameters have no new gradient");
    assertThat(unused).hasMessageThat().contains("Net.first.weight on reference:1, ");
    assertThat(unused).hasMessageThat().contains("not used by any forward pass");
    assertThat(unused).hasMessageThat().contains("Split.splitAndLoad");
    assertThat(net.first.weight.grad(ONE).toFloats()).isEqualTo(gradient);
    net.call(x.to(TWO));
    var outside = assertThrows(InvalidArgumentException.class, () -> trainer.update(BATCH));
    assertThat(outside).hasMessageThat().contains("used only outside Autograd.record()");
    NDArray second = loss(net, x.to(TWO));
    var recorded = assertThrows(InvalidArgumentException.class, () -> trainer.step(BATCH));
    assertThat(recorded).hasMessageThat().contains("the loss of each device");
    second.backward();
    trainer.step(BATCH);
    assertEqualBits(net, BOTH);
  }

  @Test
  void aDeviceWithoutWorkCountsAsGradientZero() {
    Net one = net(BOTH.subList(0, 1), false);
    Net two = net(BOTH, false);
    NDArray x = ramp(0.1, BATCH, 5);
    for (int step = 0; step < 2; step++) {
      loss(one, x).backward();
      loss(two, step == 0 ? x : x.to(TWO)).backward();
      Device idle = step == 0 ? TWO : ONE;
      two.first.weight.grad(idle).set(ramp(7, 4, 5).to(idle)); // left over from an earlier step
      new Trainer(one.collectParams(), new Sgd(0.1)).step(BATCH);
      new Trainer(two.collectParams(), new Sgd(0.1)).step(BATCH, true);
      assertEqualBits(two, BOTH);
      assertThat(two.first.weight.data(TWO).toFloats())
          .isEqualTo(one.first.weight.data().toFloats());
    }
    float[] before = two.first.weight.data(ONE).toFloats();
    new Trainer(two.collectParams(), new Sgd(0.1)).step(BATCH, true); // nothing new anywhere
    assertThat(two.first.weight.data(ONE).toFloats()).isEqualTo(before);
  }

  @Test
  void withoutAStoreEachDeviceGoesItsOwnWay() {
    Linear dense = new Linear(1, 1);
    dense.initialize(new One(), BOTH);
    Trainer trainer = new Trainer(dense.collectParams(), new Sgd(0.1), KVStore.NONE);
    loss(dense, NDArray.ones(Shape.of(1, 1), ONE)).backward();
    loss(dense, NDArray.full(2, NDArray.ones(1, 1).type(), TWO)).backward();
    trainer.step(1);
    assertThat(dense.weight.data(ONE).item()).isWithin(1e-6).of(1 - 0.1 * 2);
    assertThat(dense.weight.data(TWO).item()).isWithin(1e-6).of(1 - 0.1 * 8);
    loss(dense, NDArray.ones(Shape.of(1, 1), ONE)).backward();
    double before = dense.weight.data(TWO).item();
    trainer.step(1, true);
    assertThat(dense.weight.data(TWO).item()).isEqualTo(before);
  }

  @Test
  void gradientsMayBeClippedBetweenTheHalvesOfAStep() {
    Net net = net(BOTH, true);
    Trainer trainer = new Trainer(net.collectParams(), new Sgd(1));
    for (NDArray part : Split.splitAndLoad(ramp(1, BATCH, 5), BOTH)) {
      loss(net, part).backward();
    }
    trainer.allreduceGrads();
    double norm = 0;
    for (Device device : BOTH) {
      List<NDArray> gradients = new ArrayList<>();
      net.collectParams().forEach(p -> gradients.add(p.grad(device)));
      norm = Gradients.clipGlobalNorm(gradients, 0.5);
      assertThat(Gradients.clipGlobalNorm(gradients, 100)).isWithin(1e-5).of(0.5);
    }
    assertThat(norm).isGreaterThan(0.5);
    trainer.update(1);
    assertEqualBits(net, BOTH);
  }

  @Test
  void gradientsMayBeCollectedOverSeveralBatches() {
    Net once = net(BOTH, false);
    Net twice = net(BOTH, false);
    twice.collectParams().gradReq(GradReq.ADD);
    List<NDArray> parts = Split.splitAndLoad(ramp(0.05, BATCH, 5), BOTH);
    for (int i = 0; i < 2; i++) {
      parts.forEach(part -> loss(twice, part).backward());
    }
    parts.forEach(part -> loss(once, part).backward());
    new Trainer(twice.collectParams(), new Sgd(0.1)).step(2 * BATCH);
    new Trainer(once.collectParams(), new Sgd(0.1)).step(BATCH);
    assertThat(twice.first.weight.data(TWO).isClose(once.first.weight.data(TWO), 1e-6)).isTrue();
  }

  @Test
  void statesAreSavedOnceAndLoadedToAllDevices() {
    Path file = folder.resolve("trainer.states");
    Path weights = folder.resolve("net.params");
    Net net = net(BOTH, false);
    Trainer trainer = new Trainer(net.collectParams(), new Adam(0.01));
    step(net, trainer, BOTH);
    step(net, trainer, BOTH);
    trainer.saveStates(file);
    net.saveParameters(weights);
    step(net, trainer, BOTH);
    for (List<Device> devices : List.of(BOTH, List.of(TWO), List.of(TWO, Device.reference(2)))) {
      Net other = net(devices, false);
      other.loadParameters(weights);
      Trainer resumed = new Trainer(other.collectParams(), new Adam());
      resumed.loadStates(file);
      step(other, resumed, devices);
      assertEqualBits(other, devices);
      for (String name : net.collectParams().structural().keySet()) {
        NDArray found = other.collectParams().at(name).data(devices.getFirst()).to(ONE);
        assertThat(found.isClose(net.collectParams().at(name).data(ONE), 1e-6)).isTrue();
      }
    }
  }

  @Test
  void statesMoveWithTheParameters() {
    Net moved = net(BOTH, false);
    Net stayed = net(BOTH, false);
    Trainer trainer = new Trainer(moved.collectParams(), new Adam(0.01));
    Trainer other = new Trainer(stayed.collectParams(), new Adam(0.01));
    step(moved, trainer, BOTH);
    step(stayed, other, BOTH);
    List<Device> next = List.of(Device.reference(2), TWO);
    moved.resetDevice(next);
    step(moved, trainer, next);
    step(stayed, other, BOTH);
    assertThat(moved.first.weight.data(TWO).toFloats())
        .isEqualTo(stayed.first.weight.data(TWO).toFloats());
    assertEqualBits(moved, next);
  }

  @Test
  void randomNumbersDifferBetweenTheDevices() {
    HybridSequential net = new HybridSequential().add(new Dropout(0.5));
    net.initialize(new One(), BOTH);
    try (var _ = Autograd.record()) {
      NDArray a = net.call(NDArray.ones(Shape.of(1000), ONE));
      NDArray b = net.call(NDArray.ones(Shape.of(1000), TWO));
      assertThat(a.toFloats()).isNotEqualTo(b.toFloats());
    }
  }

  @Test
  void trainingOnSeveralDevicesLeavesNothingBehind() {
    Net net = net(BOTH, true);
    Trainer trainer = new Trainer(net.collectParams(), new Sgd(0.001).momentum(0.9));
    step(net, trainer, BOTH);
    long before = LiveArrays.count() + LiveArrays.forgotten();
    for (int i = 0; i < 50; i++) {
      step(net, trainer, BOTH);
    }
    assertThat(LiveArrays.count() + LiveArrays.forgotten()).isEqualTo(before);
  }
}
