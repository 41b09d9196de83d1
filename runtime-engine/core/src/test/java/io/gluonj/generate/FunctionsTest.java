package io.gluonj.generate;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gluonj.function.F;
import io.gluonj.op.Convolution;
import io.gluonj.op.LeakyReLU;
import io.gluonj.op.Op;
import io.gluonj.op.SoftmaxOps;
import io.gluonj.op.Sorting;
import io.gluonj.tensor.NDArray;
import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Symbol;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.Device;
import io.gluonj.types.InvalidArgumentException;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What users write with F does what operators do. */
final class FunctionsTest {
  private static NDArray array(Shape shape) {
    float[] values = new float[(int) shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.sin(3 * i + 1);
    }
    return NDArray.of(values, shape, Device.reference());
  }

  private static void equal(NDArray got, Op op, NDArray... inputs) {
    NDArray wanted = (NDArray) Ops.call(op, inputs);
    assertThat(got.shape()).isEqualTo(wanted.shape());
    assertThat(got.toFloats()).isEqualTo(wanted.toFloats());
  }

  @Test
  void attributesAreSetByNameOrLeftAtTheirDefault() {
    NDArray x = array(Shape.of(2, 3));
    equal(
        F.softmax(x, a -> a.axis(0).temperature(2)),
        new SoftmaxOps.Softmax(0, Optional.of(2.0), false),
        x);
    equal(F.softmax(x), new SoftmaxOps.Softmax(-1, Optional.empty(), false), x);
    equal(F.softmax(x, 0), new SoftmaxOps.Softmax(0, Optional.empty(), false), x);
  }

  @Test
  void anOptionalInputIsAnnouncedByBeingPassed() {
    NDArray x = array(Shape.of(1, 2, 4, 4));
    NDArray w = array(Shape.of(3, 2, 3, 3));
    NDArray b = array(Shape.of(3));
    List<Long> kernel = List.of(3L, 3L);
    equal(
        F.convolution(x, w, b, a -> a.kernel(3, 3).numFilter(3)),
        new Convolution(kernel, List.of(), List.of(), List.of(), 3, 1, false, Optional.empty()),
        x,
        w,
        b);
    equal(
        F.convolution(x, w, a -> a.kernel(3, 3).pad(1, 1).numFilter(3)),
        new Convolution(
            kernel, List.of(), List.of(), List.of(1L, 1L), 3, 1, true, Optional.empty()),
        x,
        w);
    equal(
        F.leakyReLU(x, array(Shape.of(2)), a -> a.actType(LeakyReLU.Type.PRELU)),
        new LeakyReLU(LeakyReLU.Type.PRELU, 0.25, 0.125, 0.334),
        x,
        array(Shape.of(2)));
  }

  @Test
  void anAttributeWithoutDefaultMustBeGiven() {
    NDArray x = array(Shape.of(1, 2, 4, 4));
    var e =
        assertThrows(
            InvalidArgumentException.class,
            () -> F.convolution(x, array(Shape.of(3, 2, 3, 3)), a -> a.kernel(3, 3)));
    assertThat(e).hasMessageThat().contains("F.convolution was called without numFilter");
  }

  @Test
  void severalResultsComeAsAList() {
    NDArray x = array(Shape.of(2, 6));
    assertThat(F.split(x, 3)).hasSize(3);
    List<NDArray> both = F.topkOutputs(x, a -> a.k(2).retTyp(Sorting.TopK.Result.BOTH));
    assertThat(both).hasSize(2);
    assertThat(both.getFirst().shape()).isEqualTo(Shape.of(2, 2));
    assertThat(F.topk(x, a -> a.k(2)).shape()).isEqualTo(Shape.of(2, 2));
  }

  @Test
  void anyNumberOfInputsIsPassedOneByOneOrAsAList() {
    NDArray x = array(Shape.of(2, 3));
    assertThat(F.concat(0, x, x, x).shape()).isEqualTo(Shape.of(6, 3));
    assertThat(F.concat(x, x).shape()).isEqualTo(Shape.of(2, 6));
    assertThat(F.addN(x, x, x).toFloats()).isEqualTo(x.add(x).add(x).toFloats());
  }

  @Test
  void symbolsGiveSymbols() {
    Symbol x = Symbol.var("x", TensorType.float32(2, 6), Symbol.Role.DATA, Map.of());
    Symbol y = F.relu(x);
    assertThat(y.shape()).isEqualTo(Shape.of(2, 6));
    List<Symbol> parts = F.split(y, 2);
    assertThat(parts.stream().map(Tensor::shape).toList())
        .containsExactly(Shape.of(2, 3), Shape.of(2, 3));
    Symbol norm = F.batchNorm(y, var(6), var(6), var(6), var(6));
    assertThat(norm.shape()).isEqualTo(Shape.of(2, 6));
  }

  private static Symbol var(long extent) {
    return Symbol.var("v", TensorType.float32(extent), Symbol.Role.DATA, Map.of());
  }

  @Test
  void missingExtentsOfASliceAreNull() {
    NDArray x = array(Shape.of(4, 5));
    NDArray part = F.slice(x, a -> a.begin(1L, null).end(3L, null));
    assertThat(part.shape()).isEqualTo(Shape.of(2, 5));
    assertThat(part.toFloats()).isEqualTo(Arrays.copyOfRange(x.toFloats(), 5, 15));
  }
}
