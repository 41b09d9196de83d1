package io.gluonj.samples;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gluonj.gluon.HybridBlock;
import io.gluonj.gluon.Parameter;
import io.gluonj.initializer.Xavier;
import io.gluonj.tensor.Autograd;
import io.gluonj.tensor.Generator;
import io.gluonj.tensor.NDArray;
import io.gluonj.types.Device;
import io.gluonj.types.InvalidArgumentException;
import io.gluonj.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SampleModelTest {
  private static final long SEED = 5;
  private static final double TOLERANCE = 1e-4; // float32 sums in another order

  private record Result(NDArray output, List<NDArray> gradients) {}

  private static Result run(SampleModel model, boolean hybridize) {
    Device device = Device.best();
    Generator.standard().seed(SEED);
    HybridBlock net = model.create();
    net.initialize(new Xavier(), device);
    net.hybridize(hybridize);
    Shape shape = model.input(3);
    float[] values = new Generator(SEED).uniform(Math.toIntExact(shape.size()), -1, 1);
    NDArray x = NDArray.of(values, shape, device);
    NDArray output;
    NDArray loss;
    try (var _ = Autograd.record()) {
      output = net.call(x);
      loss = output.square().mean();
    }
    loss.backward();
    List<NDArray> gradients = new ArrayList<>();
    for (Parameter parameter : net.collectParams()) {
      gradients.add(parameter.grad());
    }
    return new Result(output, gradients);
  }

  @ParameterizedTest
  @EnumSource
  void computesTheSameEagerlyAndCompiled(SampleModel model) {
    Result eager = run(model, false);
    Result compiled = run(model, true);
    assertThat(compiled.output().shape()).isEqualTo(Shape.of(3, 10));
    assertThat(compiled.output().isClose(eager.output(), TOLERANCE)).isTrue();
    assertThat(compiled.gradients()).hasSize(eager.gradients().size());
    for (int i = 0; i < eager.gradients().size(); i++) {
      assertThat(compiled.gradients().get(i).isClose(eager.gradients().get(i), TOLERANCE)).isTrue();
    }
  }

  @Test
  void isFoundByNameOrSuggested() {
    assertThat(SampleModel.named("LeNet")).isEqualTo(SampleModel.LENET);
    var unknown = assertThrows(InvalidArgumentException.class, () -> SampleModel.named("lnet"));
    assertThat(unknown).hasMessageThat().contains("did you mean lenet?");
  }
}
