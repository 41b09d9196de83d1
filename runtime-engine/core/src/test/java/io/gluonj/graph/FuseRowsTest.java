package io.gluonj.graph;

import static com.google.common.truth.Truth.assertThat;

import io.gluonj.op.MatMul;
import io.gluonj.op.Normalizations;
import io.gluonj.op.Op;
import io.gluonj.op.Reduce;
import io.gluonj.op.SoftmaxOps;
import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Symbol;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.DType;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Chains along rows as text, fused. */
final class FuseRowsTest {
  private static final Op SOFTMAX = new SoftmaxOps.Softmax(-1, Optional.empty());

  private static Symbol var(String name, long... dims) {
    return Symbol.var(name, Shape.of(dims));
  }

  private static Graph graph(Tensor... outputs) {
    Graph traced = Graph.of(List.of(), List.of(outputs).stream().map(Symbol.class::cast).toList());
    return Simplify.apply(Decompose.all(traced, true));
  }

  /** The text of what is fused, without the nodes' automatic names. */
  private static String fused(Graph graph) {
    Graph result = FuseRows.apply(graph);
    Verifier.verify(result, "fuse rows");
    return result.toString().replaceAll("   [^\\n]*", "");
  }

  private static long rows(String text) {
    return text.lines().filter(l -> l.contains("RowFused")).count();
  }

  private static Tensor total(Tensor x, int axis) {
    return Ops.call(Reduce.sum(true, axis), x);
  }

  @Test
  void softmaxIsOnePass() {
    assertThat(fused(graph(Ops.call(SOFTMAX, var("x", 2, 3, 16).mul(0.5)))))
        .isEqualTo(
            """
            %0 = x : float32(2, 3, 16)
            %1 = RowFused[[2, 3] of [16]: a1 = max(a0 * 0.5), a2 = sum(exp(a0 * 0.5 - a1)), \
            out0 = exp(a0 * 0.5 - a1) / a2](%0) : float32(2, 3, 16)
            return %1
            """);
  }

  @Test
  void valuesThatOthersReadBecomeOutputs() {
    Symbol x = var("x", 4, 16);
    Tensor residual = x.add(var("y", 4, 16));
    Op norm = new Normalizations.LayerNorm(-1, 0.5, false);
    Tensor y = Ops.call(norm, residual, var("gamma", 16), var("beta", 16));
    assertThat(fused(graph(y, residual)))
        .isEqualTo(
            """
            %0 = x : float32(4, 16)
            %1 = y : float32(4, 16)
            %2 = gamma : float32(16,)
            %3 = ToShape[shape=(1, 16)](%2) : float32(1, 16)
            %4 = beta : float32(16,)
            %5 = ToShape[shape=(1, 16)](%4) : float32(1, 16)
            %6 = RowFused[[4] of [16]: a4 = sum(a0 + a1), a4 = a4 / 16, \
            a5 = sum((a0 + a1 - a4) * (a0 + a1 - a4)), a5 = a5 / 16, out0 = a0 + a1, \
            out1 = (a0 + a1 - a4) / sqrt(a5 + 0.5) * a2 + a3](%0, %1, %3, %5) : \
            float32(4, 16), float32(4, 16)
            return %6.1, %6.0
            """);
  }

  @Test
  void aLossWritesOneValueForEachRow() {
    Tensor logs = Ops.call(new SoftmaxOps.LogSoftmax(-1, Optional.empty()), var("x", 4, 10));
    Tensor loss = Ops.call(Reduce.sum(false, 1), logs.mul(var("label", 4, 10))).neg();
    assertThat(fused(graph(loss)))
        .isEqualTo(
            """
            %0 = x : float32(4, 10)
            %1 = label : float32(4, 10)
            %2 = RowFused[[4] of [10]: a2 = max(a0), a3 = sum(exp(a0 - a2)), \
            a4 = sum((a0 - a2 - log(a3)) * a1), row0 = neg(a4)](%0, %1) : float32(4,)
            return %2
            """);
  }

  @Test
  void whatLiesBehindAProductIsAnotherPass() {
    Tensor first = Ops.call(SOFTMAX, var("x", 16, 16));
    Tensor product = Ops.call(new MatMul(false, false, false), first, var("w", 16, 16));
    Tensor second = Ops.call(SOFTMAX, product.add(first));
    String text = fused(graph(second));
    assertThat(rows(text)).isEqualTo(2);
    assertThat(text).contains("MatMul");
  }

  @Test
  void passesThatReadEachOtherStayApart() {
    Symbol x = var("x", 16, 16);
    Symbol y = var("y", 4, 16, 16);
    Tensor a = x.sub(total(x, 1));
    Tensor b = y.sub(total(y, 2));
    Tensor fromA = b.mul(Ops.call(Reduce.sum(false, 1), a).reshape(1, 1, 16));
    Tensor fromB = a.mul(Ops.call(Reduce.sum(false, 0, 1), b).reshape(1, 16));
    String text = fused(graph(fromA, fromB));
    assertThat(rows(text)).isAtLeast(2);
  }

  @Test
  void columnsAreNotRows() {
    Symbol x = var("x", 16, 16);
    assertThat(rows(fused(graph(x.sub(total(x, 0)))))).isEqualTo(0);
    // the sums of rows have as many elements as a row, and are read as one
    Tensor crosswise = x.sub(Ops.call(Reduce.sum(false, 1), x.exp()));
    String text = fused(graph(crosswise));
    assertThat(text).contains("Subtract");
    assertThat(rows(text)).isEqualTo(1);
  }

  @Test
  void otherTypesAndLongRowsInSmallNumberStayAsTheyAre() {
    Symbol wide =
        Symbol.var("x", new TensorType(Shape.of(4, 16), DType.FLOAT64), Symbol.Role.DATA, Map.of());
    assertThat(rows(fused(graph(Ops.call(SOFTMAX, wide))))).isEqualTo(0);
    assertThat(rows(fused(graph(Ops.call(SOFTMAX, var("x", 2, 100_000)))))).isEqualTo(0);
  }

  @Test
  void aCopyOfAnInputIsThatInput() {
    Symbol x = var("x", 4, 16);
    Tensor copied = x.mul(1);
    String text = fused(graph(copied.sub(total(copied, 1)), copied));
    assertThat(text).contains("return %1, %0");
  }
}
