package io.gluonj.gluon;

import static com.google.common.truth.Truth.assertThat;
import static io.gluonj.gluon.Samples.DEVICE;
import static io.gluonj.gluon.Samples.ramp;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gluonj.gluon.Samples.Imperative;
import io.gluonj.gluon.Samples.Linear;
import io.gluonj.gluon.Samples.Net;
import io.gluonj.gluon.Samples.SumAndProduct;
import io.gluonj.initializer.Uniform;
import io.gluonj.nn.HybridSequential;
import io.gluonj.nn.Sequential;
import io.gluonj.tensor.Autograd;
import io.gluonj.tensor.LiveArrays;
import io.gluonj.tensor.NDArray;
import io.gluonj.tensor.Symbol;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.ClosedException;
import io.gluonj.types.InvalidArgumentException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HybridBlockTest {
  @BeforeEach
  void restart() {
    Block.restartNames();
  }

  private static Net net() {
    Net net = new Net();
    net.initialize(new Uniform(0.5), DEVICE);
    return net;
  }

  private static float[] gradients(Net net, NDArray x) {
    NDArray loss;
    try (var _ = Autograd.record()) {
      loss = net.call(x).square().sum();
    }
    loss.backward();
    return net.first.weight.grad().toFloats();
  }

  @Test
  void compiledCallsEqualEagerCalls() {
    Net net = net();
    NDArray x = ramp(0.1, 2, 5);
    float[] eager = net.call(x).toFloats();
    float[] eagerGradient = gradients(net, x);
    net.hybridize();
    assertThat(net.call(x).toFloats()).usingTolerance(1e-6).containsExactly(eager).inOrder();
    assertThat(gradients(net, x)).usingTolerance(1e-5).containsExactly(eagerGradient).inOrder();
    net.hybridize(false);
    assertThat(net.call(x).toFloats()).usingTolerance(1e-6).containsExactly(eager).inOrder();
  }

  @Test
  void oneGraphServesEachSignature() {
    Net net = net();
    net.hybridize();
    assertThat(net.compilations()).isEqualTo(0);
    net.call(ramp(0.1, 2, 5));
    net.call(ramp(0.2, 2, 5));
    assertThat(net.compilations()).isEqualTo(1);
    net.call(ramp(0.1, 7, 5));
    assertThat(net.compilations()).isEqualTo(2);
    gradients(net, ramp(0.1, 2, 5));
    assertThat(net.compilations()).isEqualTo(3);
    assertThat(net.first.compilations()).isEqualTo(0);
  }

  @Test
  void addingABlockCompilesAnew() {
    HybridSequential net = new HybridSequential().add(new Linear(3));
    net.initialize(new Uniform(), DEVICE);
    net.hybridize();
    NDArray x = ramp(1, 2, 4);
    assertThat(net.call(x).shape().dim(1)).isEqualTo(3);
    Linear more = new Linear(6);
    net.add(more);
    more.initialize(new Uniform(), DEVICE);
    assertThat(net.call(x).shape().dim(1)).isEqualTo(6);
    assertThat(net.compilations()).isEqualTo(2);
  }

  @Test
  void newValuesOfParametersAreSeen() {
    Linear dense = new Linear(1, 2);
    dense.initialize(new Uniform(), DEVICE);
    dense.hybridize();
    dense.weight.setData(Samples.array(new float[] {1, 2}, 1, 2));
    assertThat(dense.call(Samples.array(new float[] {10, 20}, 1, 2)).item()).isEqualTo(50);
    dense.weight.setData(Samples.array(new float[] {2, 1}, 1, 2));
    assertThat(dense.call(Samples.array(new float[] {10, 20}, 1, 2)).item()).isEqualTo(40);
    assertThat(dense.compilations()).isEqualTo(1);
  }

  @Test
  void severalOutputsComeFromCallAll() {
    for (boolean hybrid : new boolean[] {false, true}) {
      var block = new SumAndProduct();
      block.hybridize(hybrid);
      List<Tensor> outputs = block.callAll(List.of(ramp(1, 3), ramp(2, 3)));
      assertThat(((NDArray) outputs.get(0)).toFloats()).isEqualTo(new float[] {0, 3, 6});
      assertThat(((NDArray) outputs.get(1)).toFloats()).isEqualTo(new float[] {0, 2, 8});
      var e =
          assertThrows(InvalidArgumentException.class, () -> block.call(ramp(1, 3), ramp(2, 3)));
      assertThat(e).hasMessageThat().contains("has 2 outputs");
    }
  }

  @Test
  void symbolsCompose() {
    Net net = new Net();
    Symbol y = net.call(Symbol.var("data"));
    assertThat(y.name()).startsWith("net0_linear1_");
    assertThat(y.toString()).startsWith("<Symbol net0_linear1_");
  }

  @Test
  void arraysAndSymbolsDoNotMix() {
    var e =
        assertThrows(
            InvalidArgumentException.class,
            () -> new SumAndProduct().callAll(List.of(ramp(1, 3), Symbol.var("data"))));
    assertThat(e).hasMessageThat().contains("arrays and symbols together");
  }

  @Test
  void wrongNumberOfInputsIsRefused() {
    var e = assertThrows(InvalidArgumentException.class, () -> net().call(ramp(1, 3), ramp(1, 3)));
    assertThat(e).hasMessageThat().contains("Net was called with 2 inputs");
  }

  @Test
  void imperativeBlockIsNoChildOfAHybridOne() {
    var e =
        assertThrows(
            InvalidArgumentException.class, () -> new HybridSequential().add(new Imperative()));
    assertThat(e).hasMessageThat().contains("Imperative, which is not a HybridBlock");
  }

  @Test
  void imperativeBlockIsSkippedByHybridize() {
    Linear dense = new Linear(3, 3);
    Sequential net = new Sequential().add(dense, new Imperative());
    net.initialize(new Uniform(), DEVICE);
    NDArray x = ramp(1, 2, 3);
    float[] eager = net.call(x).toFloats();
    net.hybridize();
    assertThat(net.call(x).toFloats()).usingTolerance(1e-6).containsExactly(eager).inOrder();
    assertThat(dense.compilations()).isEqualTo(1);
    var e = assertThrows(InvalidArgumentException.class, () -> net.call(Symbol.var("data")));
    assertThat(e).hasMessageThat().contains("Sequential.1 was called with a symbol");
  }

  @Test
  void eagerCallsKeepTheirOutputsOnly() {
    Net net = net();
    NDArray x = ramp(0.1, 2, 5);
    net.call(x).close();
    long before = LiveArrays.count();
    long forgotten = LiveArrays.forgotten();
    NDArray y = net.call(x);
    assertThat(LiveArrays.count() + LiveArrays.forgotten() - forgotten).isEqualTo(before + 1);
    assertThat(y.toFloats()).hasLength(6);
  }

  @Test
  void gradientsFlowThroughFreedIntermediateArrays() {
    Net net = net();
    float[] gradient = gradients(net, ramp(0.1, 2, 5));
    assertThat(gradient).isNotEqualTo(new float[20]);
  }

  @Test
  void closedInputIsRefused() {
    for (boolean hybrid : new boolean[] {false, true}) {
      Net net = net();
      net.hybridize(hybrid);
      NDArray x = ramp(0.1, 2, 5);
      x.close();
      var e = assertThrows(ClosedException.class, () -> net.call(x));
      assertThat(e).hasMessageThat().contains("used after it had been closed");
    }
  }

  @Test
  void exportedGraphIsThatOfTheSymbols() {
    Net net = net();
    Symbol y = net.call(Symbol.var("data"));
    assertThat(y.toJson()).contains("\"name\": \"net0_linear1_weight\"");
  }

  @Test
  void manyThreadsMayInferAtOnce() throws Exception {
    Net net = net();
    net.hybridize();
    float[] expected = net().call(ramp(0.1, 2, 5)).toFloats();
    assertThat(expected).hasLength(6);
    try (var pool = Executors.newFixedThreadPool(4)) {
      List<Callable<float[]>> tasks = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        int rows = 1 + i % 3;
        tasks.add(() -> net.call(ramp(0.1, rows, 5)).toFloats());
      }
      List<Future<float[]>> results = pool.invokeAll(tasks);
      net.hybridize(false);
      for (int i = 0; i < 40; i++) {
        float[] alone = net.call(ramp(0.1, 1 + i % 3, 5)).toFloats();
        assertThat(results.get(i).get()).usingTolerance(1e-6).containsExactly(alone).inOrder();
      }
    }
  }
}
