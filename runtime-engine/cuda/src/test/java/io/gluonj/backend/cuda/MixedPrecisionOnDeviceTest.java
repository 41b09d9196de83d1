package io.gluonj.backend.cuda;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import io.gluonj.graph.Graph;
import io.gluonj.op.Convolution;
import io.gluonj.op.FullyConnected;
import io.gluonj.tensor.Autograd;
import io.gluonj.tensor.CompiledFunction;
import io.gluonj.tensor.Generator;
import io.gluonj.tensor.NDArray;
import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Symbol;
import io.gluonj.tensor.Tensor;
import io.gluonj.testing.GpuTest;
import io.gluonj.testing.TestDevices;
import io.gluonj.types.DType;
import io.gluonj.types.Device;
import io.gluonj.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A net whose products are computed in half of float32, on a GPU against the definition. */
@GpuTest
final class MixedPrecisionOnDeviceTest {
  private static final List<Shape> SHAPES =
      List.of(
          Shape.of(2, 3, 6, 6), Shape.of(4, 3, 3, 3), Shape.of(4), Shape.of(5, 64), Shape.of(5));

  private static Graph net() {
    List<Symbol> in = SHAPES.stream().map(s -> Symbol.var("x" + SHAPES.indexOf(s), s)).toList();
    var conv =
        new Convolution(
            List.of(3L, 3L), List.of(), List.of(), List.of(), 4, 1, false, Optional.empty());
    Tensor images = Ops.call(conv, in.get(0), in.get(1), in.get(2)).relu();
    Tensor y = Ops.call(new FullyConnected(5, false, true), images, in.get(3), in.get(4));
    return Graph.of(in, List.of((Symbol) y.softmax(-1)));
  }

  /** The result, then all gradients. */
  private static List<double[]> run(Device device, DType compute) {
    var inputs = new ArrayList<NDArray>();
    for (Shape shape : SHAPES) {
      float[] values = new Generator(inputs.size()).normal(Math.toIntExact(shape.size()), 0, 1);
      inputs.add(NDArray.of(values, shape, device));
    }
    inputs.forEach(NDArray::attachGrad);
    NDArray y;
    NDArray squares;
    try (var _ = Autograd.record()) {
      y = new CompiledFunction("net", net(), device, compute).call(inputs).getFirst();
      squares = y.square();
    }
    squares.backward();
    return Stream.concat(Stream.of(y), inputs.stream().map(NDArray::grad))
        .peek(a -> assertThat(a.dtype()).isEqualTo(DType.FLOAT32))
        .map(NDArray::toDoubles)
        .toList();
  }

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"FLOAT16", "BFLOAT16"})
  void computesWhatTheDefinitionDoes(DType compute) {
    List<double[]> expected = run(Device.reference(), compute);
    List<double[]> found = run(TestDevices.gpu(), compute);
    double unit = compute == DType.BFLOAT16 ? 1.0 / (1 << 6) : 1.0 / (1 << 9);
    for (int k = 0; k < expected.size(); k++) {
      double[] wanted = expected.get(k);
      for (int i = 0; i < wanted.length; i++) {
        assertWithMessage("result %s, element %s", k, i)
            .that(found.get(k)[i])
            .isWithin(unit * (1 + Math.abs(wanted[i])))
            .of(wanted[i]);
      }
    }
  }
}
