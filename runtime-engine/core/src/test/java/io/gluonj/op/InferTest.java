package io.gluonj.op;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gluonj.graph.Graph;
import io.gluonj.op.OpSchema.Sample;
import io.gluonj.tensor.NDArray;
import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Symbol;
import io.gluonj.types.DType;
import io.gluonj.types.Device;
import io.gluonj.types.GluonException;
import io.gluonj.types.Shape;
import io.gluonj.types.ShapeException;
import io.gluonj.types.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class InferTest {
  private static final long UNKNOWN = Shape.UNKNOWN;

  private static final Convolution CONV =
      new Convolution(
          List.of(3L, 3L), List.of(), List.of(), List.of(), 4, 1, false, Optional.empty());

  private static Symbol var(String name, long... dims) {
    return Symbol.var(name, Shape.of(dims));
  }

  @Test
  void deferredWeightIsFilledFromData() {
    Symbol weight = var("w", 4, UNKNOWN);
    Symbol y =
        (Symbol)
            Ops.call(new FullyConnected(4, false, true), var("x", 2, 3, 5), weight, var("b", 4));
    assertThat(weight.shape()).isEqualTo(Shape.of(4, 15));
    assertThat(y.shape()).isEqualTo(Shape.of(2, 4));
  }

  @Test
  void biasOfUnknownShapeIsFilledFromTheAttribute() {
    Symbol bias = Symbol.var("b");
    Symbol weight = Symbol.var("w");
    Ops.call(new FullyConnected(4, false, true), var("x", 2, 3), weight, bias);
    assertThat(bias.shape()).isEqualTo(Shape.of(4));
    assertThat(weight.shape()).isEqualTo(Shape.of(4, 3));
  }

  @Test
  void convolutionWeightIsFilledFromTheChannels() {
    Symbol weight = var("w", 4, UNKNOWN, 3, 3);
    Symbol y = (Symbol) Ops.call(CONV, var("x", 2, 3, 8, 8), weight, Symbol.var("b"));
    assertThat(weight.shape()).isEqualTo(Shape.of(4, 3, 3, 3));
    assertThat(y.shape()).isEqualTo(Shape.of(2, 4, 6, 6));
  }

  @Test
  void batchNormStatisticsAreFilledFromTheChannels() {
    List<Symbol> states = Stream.of("g", "b", "m", "v").map(n -> var(n, UNKNOWN)).toList();
    var inputs = new ArrayList<Symbol>(List.of(var("x", 2, 7, 4, 4)));
    inputs.addAll(states);
    Ops.callAll(new BatchNorm(1e-5, 0.9, false, false, 1), "", inputs);
    states.forEach(s -> assertThat(s.shape()).isEqualTo(Shape.of(7)));
  }

  @Test
  void anUnknownDimensionIsFoundThroughTransposeAndDot() {
    Symbol weight = var("w", 10, UNKNOWN);
    Symbol y = var("x", 4, 16).dot(weight.transpose());
    assertThat(weight.shape()).isEqualTo(Shape.of(10, 16));
    assertThat(y.shape()).isEqualTo(Shape.of(4, 10));
  }

  @Test
  void whatIsLearntFlowsBackThroughSeveralOperators() {
    Symbol weight = Symbol.var("w");
    Symbol seen = weight.transpose().relu().transpose();
    Symbol y = (Symbol) Ops.call(new FullyConnected(4, true, true), var("x", 2, 3), seen);
    Graph graph = Graph.of(List.of(), List.of(y));
    assertThat(weight.shape()).isEqualTo(Shape.of(4, 3));
    assertThat(graph.isTyped()).isTrue();
  }

  @Test
  void aContradictionNamesOperatorNodeAndInputs() {
    var e =
        assertThrows(
            ShapeException.class,
            () ->
                Ops.named(
                    "dense0_fwd",
                    new FullyConnected(10, true, true),
                    List.of(var("x", 32, 784), var("w", 10, 512))));
    assertThat(e).hasMessageThat().contains("FullyConnected 'dense0_fwd'");
    assertThat(e)
        .hasMessageThat()
        .contains("input 'weight' has shape (10, 512) but (10, 784) is required");
    assertThat(e).hasMessageThat().contains("inputs   data (32, 784), weight (10, 512)");
  }

  private static Arguments wrong(Op op, String input, Shape... shapes) {
    return Arguments.of(op, input, List.of(shapes));
  }

  static Stream<Arguments> wrongShapes() {
    return Stream.of(
        wrong(new FullyConnected(4, false, true), "bias", shape(2, 3), shape(4, 3), shape(5)),
        wrong(CONV, "weight", shape(2, 3, 8, 8), shape(4, 2, 3, 3), shape(4)),
        wrong(CONV, "data", shape(2, 3, 8), shape(4, 3, 3, 3), shape(4)),
        wrong(CONV, "data", shape(2, 3, 2, 2), shape(4, 3, 3, 3), shape(4)),
        wrong(
            new BatchNorm(1e-5, 0.9, false, false, 1),
            "gamma",
            shape(2, 7, 4),
            shape(6),
            shape(7),
            shape(7),
            shape(7)),
        wrong(new BinaryMath.Add(), "lhs", shape(2, 3), shape(4, 3)),
        wrong(new Dot(false, false), "rhs", shape(2, 3), shape(4, 5)),
        wrong(new BatchDot(false, false), "rhs", shape(5, 2, 3), shape(4, 3, 4)),
        wrong(new MatMul(false, false, true), "bias", shape(2, 3), shape(3, 4), shape(5)),
        wrong(new Concat(1), "arg1", shape(2, 3), shape(3, 3)),
        wrong(new ShapeOps.Reshape(List.of(4L, -1L), false), "data", shape(2, 3)),
        wrong(new ShapeOps.ReshapeLike(), "rhs", shape(2, 3), shape(4)),
        wrong(new ShapeOps.Squeeze(List.of(1)), "data", shape(2, 3)),
        wrong(new ShapeOps.ExpandDims(4), "data", shape(2, 3)),
        wrong(new ShapeOps.Flatten(), "data", Shape.scalar()),
        wrong(new Transpose(List.of(0, 0)), "data", shape(2, 3)),
        wrong(new BroadcastTo(List.of(2L, 5L)), "data", shape(2, 3)),
        wrong(new SumTo(shape(2)), "data", shape(2, 3)),
        wrong(new Pick(Optional.of(1), false, Pick.Mode.CLIP), "index", shape(2, 3), shape(4)),
        wrong(new Norm(3, List.of(), false), "data", shape(2, 3)),
        wrong(new Dropout(1.5, Dropout.Mode.TRAINING, List.of()), "data", shape(2, 3)));
  }

  private static Shape shape(long... dims) {
    return Shape.of(dims);
  }

  @ParameterizedTest
  @MethodSource("wrongShapes")
  void wrongShapesAreRefusedWithOperatorAndInputs(Op op, String input, List<Shape> shapes) {
    List<TensorType> types = shapes.stream().map(s -> new TensorType(s, DType.FLOAT32)).toList();
    var e = assertThrows(ShapeException.class, () -> Infer.outputs(op, "", types));
    assertThat(e).hasMessageThat().startsWith(op.schema().name() + ": ");
    assertThat(e).hasMessageThat().contains(input);
    shapes.forEach(s -> assertThat(e).hasMessageThat().contains(s.toString()));
    assertThat(e).hasMessageThat().contains("\n  because  ");
    assertThat(e).hasMessageThat().contains("\n  fix      ");
  }

  @Test
  void wrongNumbersOfInputsAreRefused() {
    var e =
        assertThrows(
            ShapeException.class,
            () -> Infer.outputs(new BinaryMath.Add(), "", List.of(TensorType.float32(2))));
    assertThat(e).hasMessageThat().contains("got 1 inputs");
    assertThat(e).hasMessageThat().contains("[lhs, rhs]");
  }

  @Test
  void arraysOfWrongShapesAreRefusedAtOnce() {
    NDArray a = NDArray.of(new float[6], Shape.of(2, 3), Device.reference());
    NDArray b = NDArray.of(new float[8], Shape.of(2, 4), Device.reference());
    var e = assertThrows(ShapeException.class, () -> a.add(b));
    assertThat(e).hasMessageThat().contains("broadcast_add");
    assertThat(e).hasMessageThat().contains("lhs (2, 3), rhs (2, 4)");
  }

  @Test
  void anyShapesGiveATypeOrOneOfOurExceptions() {
    long seed = 271828;
    Random random = new Random(seed);
    int refused = 0;
    for (Class<? extends Op> type : OpRegistry.all()) {
      for (Sample sample : OpSchema.of(type).samples()) {
        for (int round = 0; round < 30; round++) {
          List<TensorType> types =
              sample.types().stream()
                  .map(t -> new TensorType(disturbed(t.shape(), random), t.dtype()))
                  .toList();
          try {
            List<TensorType> out = Infer.outputs(sample.op(), "", types);
            assertThat(out).hasSize(sample.op().outputs());
          } catch (GluonException e) {
            refused++;
          } catch (RuntimeException e) {
            throw new AssertionError("seed " + seed + ": " + sample.op() + types, e);
          }
        }
      }
    }
    assertWithMessage("seed %s", seed).that(refused).isGreaterThan(500);
  }

  private static Shape disturbed(Shape shape, Random random) {
    Shape changed = shape;
    for (int k = 0; k < random.nextInt(3); k++) {
      int rank = changed.rank();
      changed =
          switch (random.nextInt(3)) {
            case 0 -> changed.insert(random.nextInt(rank + 1), random.nextInt(4));
            case 1 -> rank == 0 ? changed : changed.remove(random.nextInt(rank));
            default -> rank == 0 ? changed : changed.with(random.nextInt(rank), random.nextInt(6));
          };
    }
    return changed;
  }

  @Test
  void partlyUnknownShapesNeverContradictWhatIsFoundLater() {
    for (Class<? extends Op> type : OpRegistry.all()) {
      for (Sample sample : OpSchema.of(type).samples()) {
        List<TensorType> full = Infer.outputs(sample.op(), "", sample.types());
        for (int i = 0; i < sample.types().size(); i++) {
          for (Shape less : lessKnown(sample.types().get(i).shape())) {
            var types = new ArrayList<>(sample.types());
            types.set(i, new TensorType(less, types.get(i).dtype()));
            List<TensorType> part = Infer.outputs(sample.op(), "", types);
            for (int k = 0; k < part.size(); k++) {
              assertWithMessage("%s%s", sample.op(), types)
                  .that(part.get(k).shape().unify(full.get(k).shape()))
                  .isEqualTo(full.get(k).shape());
            }
          }
        }
      }
    }
  }

  private static List<Shape> lessKnown(Shape shape) {
    var less = new ArrayList<>(List.of(Shape.unknown()));
    for (int i = 0; i < shape.rank(); i++) {
      less.add(shape.with(i, UNKNOWN));
    }
    return less;
  }
}
