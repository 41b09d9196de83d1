package io.gluonj.backend.cpu;

import static com.google.common.truth.Truth.assertThat;
import static io.gluonj.backend.cpu.Comparison.floats;

import io.gluonj.graph.Graph;
import io.gluonj.op.Normalizations;
import io.gluonj.op.Op;
import io.gluonj.op.Pick;
import io.gluonj.op.Reduce;
import io.gluonj.op.RowFused;
import io.gluonj.op.RowNest;
import io.gluonj.op.RowNests;
import io.gluonj.op.SoftmaxOps;
import io.gluonj.tensor.Autograd;
import io.gluonj.tensor.CompiledFunction;
import io.gluonj.tensor.NDArray;
import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Symbol;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.DType;
import io.gluonj.types.Device;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows in one pass against their definition, and whole functions that are fused into rows. */
final class RowsTest {
  private static final long SEED = 31;
  private static final Optional<Double> NONE = Optional.empty();

  /** Sums of up to some thousand float32 terms in another order. */
  private static final double TOLERANCE = 2e-5;

  private final Comparison comparison = new Comparison(SEED, TOLERANCE);

  private static RowFused fused(Op.Composite op, List<TensorType> in, List<TensorType> out) {
    RowNest nest = RowNests.of(op, in).orElseThrow();
    return new RowFused(nest, out);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "3, 1",
    "1, 7",
    "5, 8",
    "17, 15",
    "64, 16",
    "33, 31",
    "2, 1000",
    "700, 33",
    "3, 40000"
  })
  void softmaxAndNormOfRows(long rows, long n) {
    TensorType x = floats(rows, n);
    var softmax = new SoftmaxOps.Softmax(-1, Optional.of(1.5));
    comparison.library(fused(softmax, List.of(x), List.of(x)), List.of(x), List.of(x));
    var logs = new SoftmaxOps.LogSoftmax(-1, NONE);
    comparison.library(fused(logs, List.of(x), List.of(x)), List.of(x), List.of(x));
    var norm = new Normalizations.LayerNorm(-1, 1e-3, true);
    List<TensorType> in = List.of(x, floats(n), floats(n));
    List<TensorType> out = List.of(x, floats(rows, 1), floats(rows, 1));
    comparison.library(fused(norm, in, out), in, out);
  }

  @Test
  void rowsOfSeveralAxesAndRowsThatAreNoneInMemory() {
    TensorType x = floats(3, 4, 5, 6);
    var instance = new Normalizations.InstanceNorm(1e-3);
    List<TensorType> in = List.of(x, floats(4), floats(4));
    comparison.library(fused(instance, in, List.of(x)), in, List.of(x));
    var across = new SoftmaxOps.Softmax(1, NONE);
    comparison.library(fused(across, List.of(x), List.of(x)), List.of(x), List.of(x));
    var columns = new SoftmaxOps.Softmax(0, NONE);
    comparison.library(fused(columns, List.of(x), List.of(x)), List.of(x), List.of(x));
  }

  @Test
  void otherTypes() {
    for (DType type : List.of(DType.FLOAT64, DType.FLOAT16, DType.BFLOAT16)) {
      TensorType x = new TensorType(Shape.of(5, 37), type);
      var softmax = new SoftmaxOps.Softmax(-1, NONE);
      new Comparison(SEED, type == DType.BFLOAT16 ? 1e-2 : 1e-3)
          .library(fused(softmax, List.of(x), List.of(x)), List.of(x), List.of(x));
    }
  }

  /** Values at the ends of the range, in every place of a vector. */
  @Test
  void numbersThatAreNone() {
    int n = 37;
    double[] special = {
      Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 3e38, 1e-45, -0.0, 1e-39
    };
    TensorType x = floats((long) special.length * n, n);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment data = comparison.fill(arena, x, -1, 1);
      for (int i = 0; i < special.length * n; i++) {
        DType.FLOAT32.write(data, (long) i * n + i % n, special[i / n]);
      }
      var softmax = new SoftmaxOps.Softmax(-1, NONE);
      comparison.library(
          arena, fused(softmax, List.of(x), List.of(x)), List.of(x), List.of(data), List.of(x));
    }
  }

  /** A divisor of a whole row at the ends of the range. */
  @Test
  void rowsAreDividedByTinyAndHugeNumbers() {
    double[] sizes = {0, 1e-45, 1e-42, 1e-38, 1e-30, 1, 1e30, 1e37, 2e38};
    int n = 24;
    TensorType x = floats(sizes.length, n);
    Symbol symbol = Symbol.var("x", x.shape());
    Tensor share = symbol.div(Ops.call(Reduce.max(true, 1), symbol.abs()));
    float[] values = new float[sizes.length * n];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (sizes[i / n] * (i % n + 1) / n);
    }
    NDArray on = NDArray.of(values, x.shape(), Device.cpu());
    Graph graph = Graph.of(List.of(symbol), List.of((Symbol) share));
    double[] found =
        new CompiledFunction("f", graph, Device.cpu()).call(List.of(on)).getFirst().toDoubles();
    for (int i = 0; i < found.length; i++) {
      double expected = (double) values[i] / values[i / n * n + n - 1];
      if (i < n) {
        assertThat(found[i]).isNaN();
      } else {
        assertThat(found[i]).isWithin(3e-7).of(expected);
      }
    }
  }

  private record Net(String name, Function<List<Symbol>, Tensor> body, List<Shape> shapes) {}

  private static Tensor call(Op op, Tensor... in) {
    return Ops.call(op, in);
  }

  private static List<Net> nets() {
    return List.of(
        new Net(
            "softmax",
            in -> call(new SoftmaxOps.Softmax(-1, NONE), in.get(0).mul(0.3)).mul(in.get(1)),
            List.of(Shape.of(4, 9, 33), Shape.of(4, 9, 33))),
        new Net(
            "log softmax",
            in -> call(new SoftmaxOps.LogSoftmax(-1, NONE), in.get(0)).mul(in.get(1)),
            List.of(Shape.of(40, 100), Shape.of(100))),
        new Net(
            "layer norm of a sum",
            in ->
                call(
                        new Normalizations.LayerNorm(-1, 1e-5, false),
                        in.get(0).add(in.get(1)),
                        in.get(2),
                        in.get(3))
                    .add(in.get(0)),
            List.of(Shape.of(3, 40, 65), Shape.of(3, 40, 65), Shape.of(65), Shape.of(65))),
        new Net(
            "rms norm",
            in -> call(new Normalizations.RmsNorm(-1, 1e-5), in.get(0), in.get(1)).tanh(),
            List.of(Shape.of(50, 64), Shape.of(64))),
        new Net(
            "group norm",
            in ->
                call(new Normalizations.GroupNorm(2, 1e-5, false), in.get(0), in.get(1), in.get(2)),
            List.of(Shape.of(4, 6, 5, 7), Shape.of(2), Shape.of(2))),
        new Net(
            "cross entropy",
            in ->
                call(
                    new Pick(Optional.of(-1), false, Pick.Mode.CLIP),
                    call(new SoftmaxOps.LogSoftmax(-1, NONE), in.get(0)),
                    in.get(1)),
            List.of(Shape.of(64, 40), Shape.of(64))));
  }

  /**
   * The result, then the gradients by all inputs.
   *
   * @param plain whether the head gradient is 1 everywhere
   */
  private static List<double[]> run(Net net, Device device, boolean plain) {
    Random random = new Random(SEED);
    var in = new ArrayList<NDArray>();
    var symbols = new ArrayList<Symbol>();
    for (Shape shape : net.shapes()) {
      float[] values = new float[(int) shape.size()];
      IntStream.range(0, values.length).forEach(i -> values[i] = random.nextFloat(-2, 2));
      in.add(NDArray.of(values, shape, device));
      in.getLast().attachGrad();
      symbols.add(Symbol.var("x" + symbols.size(), shape));
    }
    Graph graph = Graph.of(symbols, List.of((Symbol) net.body().apply(symbols)));
    NDArray y;
    try (var _ = Autograd.record()) {
      NDArray out = new CompiledFunction(net.name(), graph, device).call(in).getFirst();
      y = plain ? out : out.tanh().square();
    }
    y.backward();
    var all = new ArrayList<double[]>();
    all.add(y.toDoubles());
    in.forEach(x -> all.add(x.grad().toDoubles()));
    return all;
  }

  @TestFactory
  Stream<DynamicTest> functionsAndTheirGradients() {
    return nets().stream()
        .flatMap(net ->
            Stream.of(true, false)
                .map(plain ->
                    DynamicTest.dynamicTest(
                        net.name() + (plain ? "" : " squashed"),
                        () -> {
                          List<double[]> cpu = run(net, Device.cpu(), plain);
                          List<double[]> reference = run(net, Device.reference(), plain);
                          for (int k = 0; k < cpu.size(); k++) {
                            comparison.check(
                                net.name() + " result " + k, cpu.get(k), reference.get(k));
                          }
                        })));
  }
}
