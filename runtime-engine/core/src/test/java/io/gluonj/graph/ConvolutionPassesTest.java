package io.gluonj.graph;

import static com.google.common.truth.Truth.assertThat;

import io.gluonj.op.Conv;
import io.gluonj.op.Window;
import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Symbol;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.DType;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What follows a convolution goes into its weights or into its kernel. */
final class ConvolutionPassesTest {
  private static final Window ONE =
      Window.of(List.of(1L, 1L), List.of(1L, 1L), List.of(1L, 1L), List.of(0L, 0L));

  private static Symbol parameter(String name, long... dims) {
    return Symbol.var(
        name, new TensorType(Shape.of(dims), DType.FLOAT32), Symbol.Role.PARAMETER, Map.of());
  }

  private static Tensor conv(Tensor x, Tensor... weights) {
    var in = new Tensor[weights.length + 1];
    in[0] = x;
    System.arraycopy(weights, 0, in, 1, weights.length);
    return Ops.call(new Conv(ONE, 1, weights.length > 1), in);
  }

  private static Graph graph(Tensor output) {
    return Graph.of(List.of(), List.of((Symbol) output));
  }

  private static String text(Graph graph) {
    Verifier.verify(graph, "test");
    return graph.toString().replaceAll("   [^\\n]*", "");
  }

  @Test
  void scaleAndShiftByParametersChangeTheWeights() {
    Tensor x = Symbol.var("x", Shape.of(2, 3, 4, 4));
    Tensor scale = parameter("s", 5).exp().reshapeTo(Shape.of(1, 5, 1, 1));
    Tensor y = conv(x, parameter("w", 5, 3, 1, 1)).mul(scale).add(parameter("t", 5, 1, 1));
    assertThat(text(FoldIntoConvolution.apply(graph(y))))
        .isEqualTo(
            """
            %0 = x : float32(2, 3, 4, 4)
            %1 = w : float32(5, 3, 1, 1)
            %2 = s : float32(5,)
            %3 = Exp[](%2) : float32(5,)
            %4 = ToShape[shape=(1, 5, 1, 1)](%3) : float32(1, 5, 1, 1)
            %5 = ToShape[shape=(5,)](%4) : float32(5,)
            %6 = ToShape[shape=(5, 1, 1, 1)](%5) : float32(5, 1, 1, 1)
            %7 = Multiply[](%1, %6) : float32(5, 3, 1, 1)
            %8 = t : float32(5, 1, 1)
            %9 = ToShape[shape=(5,)](%8) : float32(5,)
            %10 = Conv[window=Window[[1, 1]], groups=1, bias=true](%0, %7, %9) : float32(2, 5, 4, 4)
            return %10
            """);
  }

  @Test
  void whatDependsOnDataOrIsReadElsewhereStays() {
    Tensor x = Symbol.var("x", Shape.of(2, 3, 4, 4));
    Tensor w = parameter("w", 5, 3, 1, 1);
    Graph byData = graph(conv(x, w).mul(Symbol.var("s", Shape.of(1, 5, 1, 1))));
    assertThat(FoldIntoConvolution.apply(byData)).isEqualTo(byData);
    Graph byPixel = graph(conv(x, w).mul(parameter("s", 1, 5, 4, 1)));
    assertThat(FoldIntoConvolution.apply(byPixel)).isEqualTo(byPixel);
    Tensor y = conv(x, w);
    Graph twice = graph(y.mul(parameter("s", 5, 1, 1)).add(y));
    assertThat(FoldIntoConvolution.apply(twice)).isEqualTo(twice);
  }

  @Test
  void aConvolutionAddsAndRectifiesByItself() {
    Tensor x = Symbol.var("x", Shape.of(2, 3, 4, 4));
    Tensor other = Symbol.var("r", Shape.of(2, 5, 4, 4));
    Graph before = graph(other.add(conv(x, parameter("w", 5, 3, 1, 1), parameter("b", 5))).relu());
    assertThat(text(ActivateInConvolution.apply(before, (op, in) -> true)))
        .isEqualTo(
            """
            %0 = x : float32(2, 3, 4, 4)
            %1 = w : float32(5, 3, 1, 1)
            %2 = b : float32(5,)
            %3 = r : float32(2, 5, 4, 4)
            %4 = ConvActivation[window=Window[[1, 1]], groups=1, bias=true, residual=true, relu=true](%0, %1, %2, %3) : float32(2, 5, 4, 4)
            return %4
            """);
    assertThat(ActivateInConvolution.apply(before, (op, in) -> false)).isEqualTo(before);
  }

  @Test
  void aConvolutionThatIsReadTwiceStays() {
    Tensor x = Symbol.var("x", Shape.of(2, 3, 4, 4));
    Tensor y = conv(x, parameter("w", 3, 3, 1, 1));
    Graph before = graph(y.relu().mul(y));
    assertThat(ActivateInConvolution.apply(before, (op, in) -> true)).isEqualTo(before);
  }
}
