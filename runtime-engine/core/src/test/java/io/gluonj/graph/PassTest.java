package io.gluonj.graph;

import static com.google.common.truth.Truth.assertThat;

import io.gluonj.op.BatchNorm;
import io.gluonj.op.BroadcastTo;
import io.gluonj.op.Conv;
import io.gluonj.op.Dropout;
import io.gluonj.op.FullyConnected;
import io.gluonj.op.MaxPool;
import io.gluonj.op.Window;
import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Symbol;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Graphs as text, before and after a pass. */
final class PassTest {
  private static final Window ONE =
      Window.of(List.of(1L, 1L), List.of(1L, 1L), List.of(1L, 1L), List.of(0L, 0L));
  private static final Window TWO =
      Window.of(List.of(2L, 2L), List.of(2L, 2L), List.of(1L, 1L), List.of(0L, 0L));

  private static Symbol var(String name, long... dims) {
    return Symbol.var(name, Shape.of(dims));
  }

  private static Graph graph(Tensor... outputs) {
    return Graph.of(List.of(), List.of(outputs).stream().map(Symbol.class::cast).toList());
  }

  /** The text without the nodes' automatic names. */
  private static String text(Graph graph) {
    Verifier.verify(graph, "test");
    return graph.toString().replaceAll("   [^\\n]*", "");
  }

  private static void check(Graph graph, String expected) {
    assertThat(text(graph)).isEqualTo(expected);
  }

  @Test
  void simplifyDropsIdentitiesAndComputesEqualThingsOnce() {
    Symbol x = var("x", 2, 3);
    Tensor once = x.reshape(2, 3).exp();
    Tensor again = x.exp();
    Graph before = graph(once.add(again).sumTo(Shape.of(2, 3)));
    check(
        before,
        """
        %0 = x : float32(2, 3)
        %1 = Reshape[shape=[2, 3], reverse=false](%0) : float32(2, 3)
        %2 = Exp[](%1) : float32(2, 3)
        %3 = Exp[](%0) : float32(2, 3)
        %4 = Add[](%2, %3) : float32(2, 3)
        return %4
        """);
    check(
        Simplify.apply(before),
        """
        %0 = x : float32(2, 3)
        %1 = Exp[](%0) : float32(2, 3)
        %2 = Add[](%1, %1) : float32(2, 3)
        return %2
        """);
  }

  @Test
  void simplifyDropsWhatNoOutputNeeds() {
    Symbol x = var("x", 2);
    Symbol y = x.exp();
    Symbol unused = y.log();
    assertThat(unused.shape()).isEqualTo(Shape.of(2));
    check(
        Simplify.apply(graph(y)),
        """
        %0 = x : float32(2,)
        %1 = Exp[](%0) : float32(2,)
        return %1
        """);
  }

  @Test
  void decomposeExpandsADenseLayer() {
    Tensor y =
        Ops.call(
            new FullyConnected(4, false, true), var("x", 2, 3, 5), var("w", 4, 15), var("b", 4));
    check(
        Decompose.all(graph(y), false),
        """
        %0 = x : float32(2, 3, 5)
        %1 = ToShape[shape=(2, 15)](%0) : float32(2, 15)
        %2 = w : float32(4, 15)
        %3 = b : float32(4,)
        %4 = MatMul[transposeA=false, transposeB=true, bias=true](%1, %2, %3) : float32(2, 4)
        return %4
        """);
  }

  @Test
  void decomposeBringsInOneRandomKeyInTrainingOnly() {
    Dropout dropout = new Dropout(0.5, Dropout.Mode.TRAINING, List.of());
    Tensor y = Ops.call(dropout, Ops.call(dropout, var("x", 4)));
    check(
        Decompose.all(graph(y), false),
        """
        %0 = x : float32(4,)
        return %0
        """);
    Graph training = Decompose.all(graph(y), true);
    assertThat(text(training)).contains("random_key : int64(2,)");
    assertThat(training.variables().getLast().role()).isEqualTo(Symbol.Role.RANDOM);
    assertThat(training.variables()).hasSize(2);
    assertThat(text(training)).contains("UniformNumbers[shape=(4,), site=0]");
    assertThat(text(training)).contains("UniformNumbers[shape=(4,), site=1]");
  }

  @Test
  void decomposeKeepsUpdatesOfRunningStatistics() {
    var inputs =
        List.of(var("x", 4, 3), var("gamma", 3), var("beta", 3), var("mean", 3), var("var", 3));
    Tensor y = Ops.callAll(new BatchNorm(1e-5, 0.9, false, false, 1), "", inputs).getFirst();
    Graph before = graph(y);
    assertThat(before.updates()).hasSize(2);
    Graph training = Decompose.all(before, true);
    assertThat(text(training)).contains("BatchNormTraining[eps=1.0E-5, channelsLast=false]");
    assertThat(training.updates()).hasSize(2);
    Graph predicting = Simplify.apply(Decompose.all(before, false));
    assertThat(text(predicting)).doesNotContain("BatchNormTraining");
  }

  @Test
  void fusionMergesAChainIntoOnePass() {
    Symbol x = var("x", 2, 3);
    Tensor y = x.mul(2).add(var("b", 3)).relu();
    check(
        FusePointwise.apply(graph(y)),
        """
        %0 = b : float32(3,)
        %1 = x : float32(2, 3)
        %2 = Fused[select(a1 * 2 + a0 > 0, a1 * 2 + a0, 0)](%0, %1) : float32(2, 3)
        return %2
        """);
  }

  @Test
  void fusionLeavesValuesThatOthersReadOrShapesThatDiffer() {
    Symbol x = var("x", 2, 3);
    Symbol shared = x.exp();
    String text = text(FusePointwise.apply(graph(shared.log(), shared)));
    assertThat(text).contains("return %2, %1");
    Symbol small = var("s", 3).exp();
    String broadcast = text(FusePointwise.apply(graph(x.add(small))));
    assertThat(broadcast.lines().filter(l -> l.contains("Fused")).count()).isEqualTo(2);
  }

  @Test
  void differentiateAddsTheGradientOfAProduct() {
    Symbol x = var("x", 2);
    Symbol w = var("w", 2);
    Differentiate.Joint joint = Differentiate.apply(graph(x.mul(w)), List.of(1));
    assertThat(joint.outputs()).isEqualTo(1);
    assertThat(joint.gradients()).containsExactly(1);
    check(
        joint.graph(),
        """
        %0 = x : float32(2,)
        %1 = w : float32(2,)
        %2 = Multiply[](%0, %1) : float32(2,)
        %3 = head_grad0 : float32(2,)
        %4 = Fused[a0 * a1](%0, %3) : float32(2,)
        return %2, %4
        """);
  }

  @Test
  void differentiateSaysWhereThereIsNoGradient() {
    Symbol x = var("x", 2);
    Symbol y = var("y", 2);
    Differentiate.Joint joint = Differentiate.apply(graph(x.exp().add(y.sign())), List.of(0, 1));
    assertThat(joint.gradients().get(0)).isEqualTo(1);
    assertThat(joint.gradients().get(1)).isEqualTo(-1);
  }

  @Test
  void partitionKeepsOnlyWhatTheBackwardPartReads() {
    Symbol x = var("x", 2);
    Symbol w = var("w", 2);
    Differentiate.Joint joint = Differentiate.apply(graph(x.mul(w).exp()), List.of(1));
    Partition parts = Partition.of(joint);
    check(
        parts.forward(),
        """
        %0 = x : float32(2,)
        %1 = w : float32(2,)
        %2 = Multiply[](%0, %1) : float32(2,)
        %3 = Exp[](%2) : float32(2,)
        return %3, %2, %0
        """);
    assertThat(parts.gradients()).containsExactly(0);
    assertThat(parts.backward().variables().stream().map(Node.Variable::role).toList())
        .containsExactly(Symbol.Role.SAVED, Symbol.Role.SAVED, Symbol.Role.HEAD_GRADIENT)
        .inOrder();
    Verifier.verify(parts.backward(), "partition");
  }

  @Test
  void simplifyLeavesBroadcastsToTheReader() {
    Tensor wide = Ops.call(new BroadcastTo(List.of(2L, 3L)), var("x", 1, 3));
    check(
        Simplify.apply(graph(wide.add(var("y", 2, 3)))),
        """
        %0 = x : float32(1, 3)
        %1 = y : float32(2, 3)
        %2 = Add[](%0, %1) : float32(2, 3)
        return %2
        """);
    String alone = text(Simplify.apply(graph(wide.add(var("y", 3)))));
    assertThat(alone).contains("BroadcastTo"); // nothing else has two rows
  }

  @Test
  void activationsMoveBehindPooling() {
    Tensor pooled =
        Ops.callAll(new MaxPool(TWO), "", List.of(var("x", 1, 2, 4, 4).relu())).getFirst();
    check(
        ActivateAfterPooling.apply(graph(pooled)),
        """
        %0 = x : float32(1, 2, 4, 4)
        %1 = MaxPool[window=Window[[2, 2], stride [2, 2]]](%0) : float32(1, 2, 2, 2), uint8(1, 2, 2, 2)
        %2 = Relu[](%1.0) : float32(1, 2, 2, 2)
        return %2
        """);
    Symbol shared = var("x", 1, 2, 4, 4).relu();
    Tensor also = Ops.callAll(new MaxPool(TWO), "", List.of(shared)).getFirst();
    Graph unchanged = graph(also, shared);
    assertThat(text(ActivateAfterPooling.apply(unchanged))).isEqualTo(text(unchanged));
  }

  @Test
  void imagesAreComputedChannelsLastBetweenTheBorders() {
    Conv conv = new Conv(ONE, 1, false);
    Tensor first =
        Ops.call(conv, var("x", 2, 3, 4, 4), var("w", 5, 3, 1, 1)).add(var("b", 5, 1, 1));
    Tensor second = Ops.call(conv, first, var("v", 6, 5, 1, 1));
    check(
        ChannelsLast.apply(graph(second)),
        """
        %0 = x : float32(2, 3, 4, 4)
        %1 = Transpose[axes=[0, 2, 3, 1]](%0) : float32(2, 4, 4, 3)
        %2 = w : float32(5, 3, 1, 1)
        %3 = Conv[window=Window[[1, 1], channels last], groups=1, bias=false](%1, %2) : float32(2, 4, 4, 5)
        %4 = b : float32(5, 1, 1)
        %5 = ToShape[shape=(1, 5, 1, 1)](%4) : float32(1, 5, 1, 1)
        %6 = ToShape[shape=(1, 1, 1, 5)](%5) : float32(1, 1, 1, 5)
        %7 = Add[](%3, %6) : float32(2, 4, 4, 5)
        %8 = v : float32(6, 5, 1, 1)
        %9 = Conv[window=Window[[1, 1], channels last], groups=1, bias=false](%7, %8) : float32(2, 4, 4, 6)
        %10 = Transpose[axes=[0, 3, 1, 2]](%9) : float32(2, 6, 4, 4)
        return %10
        """);
    Graph alone = graph(Ops.call(conv, var("x", 2, 3, 4, 4), var("w", 5, 3, 1, 1)));
    assertThat(ChannelsLast.apply(alone)).isSameInstanceAs(alone);
  }
}
