package io.gluonj.graph;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.gluonj.op.BatchNorm;
import io.gluonj.op.Convolution;
import io.gluonj.op.FullyConnected;
import io.gluonj.op.MatMul;
import io.gluonj.op.Op;
import io.gluonj.op.OpSchema;
import io.gluonj.op.Precision;
import io.gluonj.tensor.CompiledFunction;
import io.gluonj.tensor.Generator;
import io.gluonj.tensor.NDArray;
import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Symbol;
import io.gluonj.tensor.Tensor;
import io.gluonj.testing.OperatorTable;
import io.gluonj.types.DType;
import io.gluonj.types.Device;
import io.gluonj.types.InvalidArgumentException;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where conversions are put, as text, and that nobody outside sees them. */
final class MixedPrecisionTest {
  private static final long SEED = 20261130;

  /** Sums of some ten products of numbers around 1, each of which was rounded to 8 bits. */
  private static final double NEARLY = 0.05;

  private static Symbol var(String name, long... dims) {
    return Symbol.var(name, Shape.of(dims));
  }

  private static Symbol parameter(String name, long... dims) {
    var type = new TensorType(Shape.of(dims), DType.FLOAT32);
    return Symbol.var(name, type, Symbol.Role.PARAMETER, Map.of());
  }

  private static Graph graph(Tensor... outputs) {
    return Graph.of(List.of(), List.of(outputs).stream().map(Symbol.class::cast).toList());
  }

  /** The text without the nodes' automatic names. */
  private static String text(Graph graph) {
    Verifier.verify(graph, "test");
    return graph.toString().replaceAll("   [^\\n]*", "");
  }

  private static Graph mixed(Graph graph) {
    return MixedPrecision.apply(graph, true, DType.BFLOAT16);
  }

  private static void check(Graph graph, String expected) {
    assertThat(text(graph)).isEqualTo(expected);
  }

  @Test
  void aDenseNetMultipliesNarrowAndJudgesWide() {
    Tensor hidden =
        Ops.call(new FullyConnected(4, false, true), var("x", 2, 3), var("w", 4, 3), var("b", 4));
    Tensor y = Ops.call(new FullyConnected(5, true, true), hidden.relu().mul(2), var("v", 5, 4));
    check(
        mixed(graph(y.logSoftmax(-1))),
        """
        %0 = x : float32(2, 3)
        %1 = Cast[dtype=bfloat16](%0) : bfloat16(2, 3)
        %2 = w : float32(4, 3)
        %3 = Cast[dtype=bfloat16](%2) : bfloat16(4, 3)
        %4 = b : float32(4,)
        %5 = Cast[dtype=bfloat16](%4) : bfloat16(4,)
        %6 = MatMul[transposeA=false, transposeB=true, bias=true](%1, %3, %5) : bfloat16(2, 4)
        %7 = Relu[](%6) : bfloat16(2, 4)
        %8 = MultiplyScalar[scalar=2.0](%7) : bfloat16(2, 4)
        %9 = v : float32(5, 4)
        %10 = Cast[dtype=bfloat16](%9) : bfloat16(5, 4)
        %11 = MatMul[transposeA=false, transposeB=true, bias=false](%8, %10) : bfloat16(2, 5)
        %12 = Cast[dtype=float32](%11) : float32(2, 5)
        %13 = LogSoftmax[axis=-1, temperature=Optional.empty, useLength=false](%12) : float32(2, 5)
        return %13
        """);
  }

  private static Tensor convolutionAndNorm() {
    var conv =
        new Convolution(
            List.of(1L, 1L), List.of(), List.of(), List.of(), 3, 1, true, Optional.empty());
    Tensor y = Ops.call(conv, var("x", 2, 3, 4, 4), parameter("w", 3, 3, 1, 1));
    List<Symbol> statistics =
        List.of(parameter("g", 3), parameter("b", 3), parameter("m", 3), parameter("s", 3));
    var inputs = new ArrayList<Tensor>(List.of(y));
    inputs.addAll(statistics);
    return Ops.callAll(new BatchNorm(1e-5, 0.9, false, false, 1), "", inputs).getFirst();
  }

  @Test
  void statisticsOfABatchStayFloat32() {
    check(
        mixed(graph(convolutionAndNorm().relu())),
        """
        %0 = x : float32(2, 3, 4, 4)
        %1 = Cast[dtype=bfloat16](%0) : bfloat16(2, 3, 4, 4)
        %2 = w : float32(3, 3, 1, 1)
        %3 = Cast[dtype=bfloat16](%2) : bfloat16(3, 3, 1, 1)
        %4 = Conv[window=Window[[1, 1]], groups=1, bias=false](%1, %3) : bfloat16(2, 3, 4, 4)
        %5 = Cast[dtype=float32](%4) : float32(2, 3, 4, 4)
        %6 = g : float32(3,)
        %7 = b : float32(3,)
        %8 = BatchNormTraining[eps=1.0E-5, channelsLast=false](%5, %6, %7) : float32(2, 3, 4, 4), float32(3,), float32(3,)
        %9 = Relu[](%8.0) : float32(2, 3, 4, 4)
        %10 = m : float32(3,)
        %11 = s : float32(3,)
        %12 = MultiplyScalar[scalar=0.9](%10) : float32(3,)
        %13 = MultiplyScalar[scalar=0.09999999999999998](%8.1) : float32(3,)
        %14 = Add[](%12, %13) : float32(3,)
        %15 = MultiplyScalar[scalar=0.9](%11) : float32(3,)
        %16 = MultiplyScalar[scalar=0.09999999999999998](%8.2) : float32(3,)
        %17 = Add[](%15, %16) : float32(3,)
        update %10 <- %14
        update %11 <- %17
        return %9
        """);
  }

  @Test
  void inPredictionConvolutionsAreFoldedFirst() {
    Graph folded = MixedPrecision.forPrediction(graph(convolutionAndNorm()), DType.BFLOAT16);
    String text = text(folded);
    assertThat(text).contains("bias=true](");
    assertThat(text.substring(text.indexOf("= Conv"))).doesNotContain("Multiply");
    assertThat(folded.type(folded.outputs().getFirst()).dtype()).isEqualTo(DType.FLOAT32);
  }

  @Test
  void aParameterOfSeveralUsesIsConvertedOnceAndItsGradientsAddUpInFloat32() {
    Symbol w = var("w", 3, 3);
    var product = new MatMul(false, true, false);
    Tensor y = Ops.call(product, Ops.call(product, var("x", 2, 3), w).tanh(), w);
    Graph before = mixed(graph(y));
    int at = before.variables().stream().map(v -> v.name()).toList().indexOf("w");
    Graph joint = Simplify.apply(Differentiate.apply(before, List.of(at)).graph());
    String text = text(joint);
    String variable = text.replaceFirst("(?s).*?(%[0-9]+) = w : .*", "$1");
    assertThat(text.split("Cast\\[dtype=bfloat16\\]\\(" + variable + "\\)", -1)).hasLength(2);
    Value gradient = joint.outputs().getLast();
    assertThat(joint.type(gradient).dtype()).isEqualTo(DType.FLOAT32);
    assertThat(joint.node(gradient).toString()).contains("Add");
    Node.Apply sum = (Node.Apply) joint.node(gradient);
    sum.inputs().forEach(v -> assertThat(joint.type(v).dtype()).isEqualTo(DType.FLOAT32));
  }

  @Test
  void whoeverReadsAResultReadsItAsItLeaves() {
    Tensor y = Ops.call(new MatMul(false, false, false), var("x", 2, 3), var("w", 3, 2));
    Graph both = mixed(graph(y, y.mul(2)));
    assertThat(text(both)).contains("MultiplyScalar[scalar=2.0](%5) : float32(2, 2)");
  }

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"FLOAT16", "FLOAT64", "BFLOAT16"})
  void whatAUserGaveAnotherTypeKeepsIt(DType type) {
    Symbol x = Symbol.var("x", new TensorType(Shape.of(2, 3), type), Symbol.Role.DATA, Map.of());
    Symbol w = Symbol.var("w", new TensorType(Shape.of(3, 2), type), Symbol.Role.DATA, Map.of());
    Graph own = graph(Ops.call(new MatMul(false, false, false), x, w).exp());
    assertThat(text(mixed(own))).isEqualTo(text(own));
  }

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"FLOAT16", "BFLOAT16"})
  void refusesTypesThatAreNotHalfOfFloat32(DType type) {
    Graph any = graph(var("x", 2).exp());
    var refused =
        assertThrows(InvalidArgumentException.class, () -> MixedPrecision.apply(any, true, type));
    assertThat(refused).hasMessageThat().contains("products in " + type);
    assertThat(refused).hasMessageThat().contains("use bfloat16, or float16 with loss scaling");
  }

  /** No operator of the registry changes for its callers, and all compute nearly the same. */
  @TestFactory
  Stream<DynamicTest> everyOperatorKeepsItsTypesAndNearlyItsValues() {
    return OperatorTable.samples().stream()
        .filter(s -> !(s.op() instanceof Op.Dynamic) && !s.inputs().isEmpty())
        .map(s -> dynamicTest(s.op() + " of " + s.types(), () -> keepsTypes(s)));
  }

  private static void keepsTypes(OpSchema.Sample sample) {
    var inputs = new ArrayList<Symbol>();
    for (TensorType type : sample.types()) {
      inputs.add(Symbol.var("x" + inputs.size(), type, Symbol.Role.DATA, Map.of()));
    }
    List<Symbol> outputs =
        Ops.callAll(sample.op(), "", inputs).stream().map(Symbol.class::cast).toList();
    Graph before = Graph.of(inputs, outputs);
    Graph after = mixed(before);
    Verifier.verify(after, "mixed precision");
    for (int k = 0; k < outputs.size(); k++) {
      assertThat(after.type(after.outputs().get(k)))
          .isEqualTo(before.type(before.outputs().get(k)));
    }
    Device reference = Device.reference();
    List<NDArray> expected = run(new CompiledFunction("wide", before, reference), sample);
    List<NDArray> found =
        run(new CompiledFunction("mixed", before, reference, DType.BFLOAT16), sample);
    for (int k = 0; k < expected.size(); k++) {
      double[] wide = expected.get(k).toDoubles();
      double[] narrow = found.get(k).toDoubles();
      for (int i = 0; i < wide.length; i++) {
        boolean same = Double.compare(wide[i], narrow[i]) == 0;
        assertWithMessage(
                "result %s, element %s is %s and was %s, seed %s", k, i, narrow[i], wide[i], SEED)
            .that(same || Math.abs(wide[i] - narrow[i]) <= NEARLY * (1 + Math.abs(wide[i])))
            .isTrue();
      }
    }
  }

  private static List<NDArray> run(CompiledFunction function, OpSchema.Sample sample) {
    Generator.standard().seed(SEED);
    return function.call(OperatorTable.inputs(sample, Device.reference()));
  }

  /** The class of some operators whose class matters most; the rest is tested by what it does. */
  @Test
  void productsAreNarrowAndExponentialsAreWide() {
    Symbol x = var("x", 4, 4);
    Map<Tensor, Precision> classes =
        Map.of(
            Ops.call(new MatMul(false, false, false), x, x), Precision.NARROW,
            x.exp(), Precision.WIDE,
            x.square(), Precision.WIDE,
            x.sum(), Precision.WIDE,
            x.softmax(-1), Precision.WIDE,
            x.add(x), Precision.WIDEST,
            x.sigmoid(), Precision.WIDEST,
            x.transpose(1, 0), Precision.WIDEST,
            Ops.call(new FullyConnected(4, true, true), x, x), Precision.PARTS);
    classes.forEach((tensor, expected) -> {
      Op op = Objects.requireNonNull(((Symbol) tensor).node().op());
      assertWithMessage("%s", op).that(Precision.of(op)).isEqualTo(expected);
    });
  }
}
