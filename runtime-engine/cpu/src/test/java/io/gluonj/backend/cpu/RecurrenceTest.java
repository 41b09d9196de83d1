package io.gluonj.backend.cpu;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import io.gluonj.op.Recurrence;
import io.gluonj.op.RecurrentCell;
import io.gluonj.op.Rnn;
import io.gluonj.tensor.Autograd;
import io.gluonj.tensor.Generator;
import io.gluonj.tensor.NDArray;
import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.DType;
import io.gluonj.types.Device;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Recurrent networks that are large enough for blocked products and several threads. */
final class RecurrenceTest {
  private static final long SEED = 20261124;
  private static final int STEPS = 6;
  private static final int BATCH = 33;
  private static final int CHANNELS = 19;
  private static final int HIDDEN = 70;

  private static NDArray random(Generator random, double bound, Shape shape, Device device) {
    float[] values = random.uniform((int) shape.size(), (float) -bound, (float) bound);
    return NDArray.of(values, shape, device);
  }

  /** All outputs, then all gradients. */
  private static List<NDArray> run(Rnn op, Device device) {
    var random = new Generator(SEED);
    Shape states = Shape.of(4, BATCH, HIDDEN);
    var inputs = new ArrayList<NDArray>();
    inputs.add(random(random, 1, Shape.of(STEPS, BATCH, CHANNELS), device));
    inputs.add(random(random, 0.1, Shape.of(op.parameters(CHANNELS)), device));
    inputs.add(random(random, 1, states, device));
    if (op.mode().hasCell()) {
      inputs.add(random(random, 1, states, device));
    }
    inputs.forEach(NDArray::attachGrad);
    var results = new ArrayList<NDArray>();
    var heads = new ArrayList<NDArray>();
    try (var _ = Autograd.record()) {
      for (Tensor out : Ops.callAll(op, "", inputs)) {
        results.add((NDArray) out);
        heads.add(random(random, 1, out.shape(), device));
      }
    }
    Autograd.backward(results, heads, false);
    inputs.forEach(i -> results.add(i.grad()));
    return results;
  }

  @ParameterizedTest
  @EnumSource
  void networksComputeWhatTheDefinitionDoes(RecurrentCell cell) {
    Rnn op = new Rnn(HIDDEN, 2, cell, true, 0, true, false);
    List<NDArray> actual = run(op, Device.cpu());
    List<NDArray> expected = run(op, Device.reference());
    assertThat(actual).hasSize(expected.size());
    for (int i = 0; i < actual.size(); i++) {
      // sums of some hundred products in float32
      assertWithMessage("result %s of %s, seed %s", i, cell, SEED)
          .that(actual.get(i).to(Device.reference()).isClose(expected.get(i), 5e-5))
          .isTrue();
    }
  }

  @Test
  void onlyFloat32IsRunWhole() {
    var backend = new CpuBackend();
    var op = new Recurrence(RecurrentCell.RNN_TANH, false);
    for (DType type : List.of(DType.FLOAT32, DType.FLOAT64, DType.FLOAT16)) {
      List<TensorType> in =
          List.of(
              new TensorType(Shape.of(2, 3, 4), type),
              new TensorType(Shape.of(4, 4), type),
              new TensorType(Shape.of(3, 4), type));
      assertThat(backend.runsWhole(op, in)).isEqualTo(type == DType.FLOAT32);
    }
  }
}
