package io.gluonj.gluon;

import static com.google.common.truth.Truth.assertThat;
import static io.gluonj.gluon.Samples.DEVICE;
import static io.gluonj.gluon.Samples.ramp;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gluonj.gluon.Samples.Forgetful;
import io.gluonj.gluon.Samples.Linear;
import io.gluonj.gluon.Samples.Net;
import io.gluonj.initializer.Uniform;
import io.gluonj.nn.HybridSequential;
import io.gluonj.tensor.Generator;
import io.gluonj.types.NotInitializedException;
import io.gluonj.types.Shape;
import io.gluonj.types.ShapeException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeferredInitializationTest {
  @BeforeEach
  void restart() {
    Block.restartNames();
    Generator.standard().seed(7);
  }

  @Test
  void unknownExtentIsPrintedAsZeroUntilTheFirstInput() {
    Linear dense = new Linear(10);
    assertThat(dense.collectParams().toString())
        .isEqualTo(
            """
            linear0_ (
              Parameter linear0_weight (shape=(10, 0), dtype=float32)
              Parameter linear0_bias (shape=(10,), dtype=float32)
            )\
            """);
    dense.initialize(new Uniform(), DEVICE);
    assertThat(dense.weight.isDeferred()).isTrue();
    assertThat(dense.bias.isDeferred()).isFalse();
    dense.call(ramp(1, 2, 5));
    assertThat(dense.weight.shape()).isEqualTo(Shape.of(10, 5));
    assertThat(dense.weight.data().shape()).isEqualTo(Shape.of(10, 5));
    assertThat(dense.weight.isDeferred()).isFalse();
  }

  @Test
  void readingEarlySaysWhichParameterWaitsForWhat() {
    Net net = new Net();
    net.collectParams();
    var never = assertThrows(NotInitializedException.class, () -> net.first.weight.data());
    assertThat(never).hasMessageThat().contains("Net.first.weight");
    assertThat(never).hasMessageThat().contains("it has not been initialized");
    net.initialize(new Uniform(), DEVICE);
    var deferred = assertThrows(NotInitializedException.class, () -> net.first.weight.data());
    assertThat(deferred)
        .hasMessageThat()
        .contains("Net.first.weight was read; its shape is (4, 0)");
    assertThat(deferred).hasMessageThat().contains("waits for the first input");
    var forward = assertThrows(NotInitializedException.class, () -> new Net().call(ramp(1, 2, 5)));
    assertThat(forward).hasMessageThat().contains("Net.first.");
  }

  @Test
  void valuesDependOnTheSeedAndNotOnWhenTheShapeBecameKnown() {
    Net late = new Net();
    late.initialize(new Uniform(), DEVICE);
    late.call(ramp(1, 2, 5));
    Generator.standard().seed(7);
    Net early = new Net();
    early.initialize(new Uniform(), DEVICE, Shape.of(8, 5));
    for (String name : late.collectParams().structural().keySet()) {
      assertThat(early.collectParams().at(name).data().toFloats())
          .isEqualTo(late.collectParams().at(name).data().toFloats());
    }
    assertThat(early.first.weight.data().toFloats()).isNotEqualTo(new float[20]);
  }

  @Test
  void earlyFormInfersAllShapesWithoutComputing() {
    Net net = new Net();
    net.initialize(new Uniform(), DEVICE, Shape.of(32, 6));
    assertThat(net.first.weight.data().shape()).isEqualTo(Shape.of(4, 6));
    assertThat(net.second.weight.data().shape()).isEqualTo(Shape.of(3, 4));
  }

  @Test
  void earlyFormReportsParametersThatAreNeverUsed() {
    List<String> logged = new CopyOnWriteArrayList<>();
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord entry) {
            logged.add(entry.getMessage());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger logger = Logger.getLogger("io.gluonj.gluon");
    logger.addHandler(handler);
    try {
      new Forgetful().initialize(new Uniform(), DEVICE, Shape.of(1, 3));
    } finally {
      logger.removeHandler(handler);
    }
    assertThat(logged)
        .containsExactly(
            "Forgetful: its output does not depend on the parameters"
                + " Forgetful.unused.weight, Forgetful.unused.bias");
  }

  @Test
  void wrongInputNamesBlockOperatorAndShapes() {
    Net net = new Net();
    net.initialize(new Uniform(), DEVICE, Shape.of(2, 6));
    var eager = assertThrows(ShapeException.class, () -> net.call(ramp(1, 2, 7)));
    assertThat(eager).hasMessageThat().contains("Net.first");
    assertThat(eager).hasMessageThat().contains("(2, 7)");
    net.hybridize();
    var compiled = assertThrows(ShapeException.class, () -> net.call(ramp(1, 2, 7)));
    assertThat(compiled).hasMessageThat().contains("Net.first");
    assertThat(compiled).hasMessageThat().contains("(2, 7)");
  }

  @Test
  void failedFirstCallLeavesTheParametersDeferred() {
    Linear first = new Linear(3);
    Linear second = new Linear(2, 7);
    HybridSequential net = new HybridSequential().add(first, second);
    net.initialize(new Uniform(), DEVICE);
    net.hybridize();
    assertThrows(ShapeException.class, () -> net.call(ramp(1, 2, 5)));
    assertThat(first.weight.isDeferred()).isTrue();
    assertThat(first.weight.shape()).isEqualTo(Shape.of(3, Shape.UNKNOWN));
  }

  @Test
  void deferredValueGivenByHandStatesTheShape() {
    Linear dense = new Linear(2);
    dense.initialize(new Uniform(), DEVICE);
    dense.weight.setData(ramp(1, 2, 3));
    assertThat(dense.weight.shape()).isEqualTo(Shape.of(2, 3));
    assertThat(dense.weight.data().toFloats()).isEqualTo(new float[] {0, 1, 2, 3, 4, 5});
  }
}
