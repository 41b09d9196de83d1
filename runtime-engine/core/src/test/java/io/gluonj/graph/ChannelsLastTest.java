package io.gluonj.graph;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import io.gluonj.op.BatchNorm;
import io.gluonj.op.Concat;
import io.gluonj.op.Convolution;
import io.gluonj.op.Dropout;
import io.gluonj.op.Op;
import io.gluonj.op.OverImages;
import io.gluonj.op.Pooling;
import io.gluonj.tensor.Autograd;
import io.gluonj.tensor.CompiledFunction;
import io.gluonj.tensor.Generator;
import io.gluonj.tensor.NDArray;
import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Symbol;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.Device;
import io.gluonj.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pass keeps what a graph computes, gradients included. */
final class ChannelsLastTest {
  private static final long SEED = 5;
  private static final Shape DATA = Shape.of(2, 3, 8, 8);

  /** A net over images whose weights are (4, 3, 3, 3), (4, 4, 3, 3) and (4,) four times. */
  record Net(String name, Function<List<Symbol>, Tensor> forward) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Net> nets() {
    return Stream.of(
        new Net("chain", in -> conv(conv(in.get(0), in.get(1)).relu(), in.get(2)).mean()),
        new Net(
            "residual with batch norm",
            in -> {
              Tensor x = conv(in.get(0), in.get(1));
              Tensor y = norm(conv(norm(x, in).relu(), in.get(2)), in);
              return y.add(x).relu().square().sum(2, 3);
            }),
        new Net(
            "concatenation, pooling, bias by broadcasting",
            in -> {
              Tensor x = conv(in.get(0), in.get(1)).add(in.get(4).reshape(4, 1, 1));
              Tensor both = Ops.call(new Concat(1), x, x.tanh());
              Tensor pooled = pool(both, Pooling.Type.AVG).add(pool(both, Pooling.Type.MAX));
              return conv(pooled.sliceAxis(1, 2, 6), in.get(2)).square();
            }),
        new Net(
            "reductions over some axes, dropout",
            in -> {
              Op dropout = new Dropout(0.5, Dropout.Mode.TRAINING, List.of());
              Tensor x = Ops.call(dropout, conv(in.get(0), in.get(1)));
              Tensor y =
                  conv(x.sub(x.mean()).div(x.square().sum(1).add(1).expandDims(1)), in.get(2));
              return y.mul(y.max(3).expandDims(3)).sum(2);
            }));
  }

  private static Tensor conv(Tensor x, Tensor weight) {
    return Ops.call(
        new Convolution(
            List.of(3L, 3L), List.of(), List.of(), List.of(1L, 1L), 4, 1, true, Optional.empty()),
        x,
        weight);
  }

  private static Tensor norm(Tensor x, List<Symbol> in) {
    return Ops.callAll(
            new BatchNorm(1e-5, 0.9, false, false, 1),
            "",
            List.of(x, in.get(3), in.get(4), in.get(5), in.get(6)))
        .getFirst();
  }

  private static Tensor pool(Tensor x, Pooling.Type type) {
    return Ops.call(
        new Pooling(
            List.of(2L, 2L),
            type,
            false,
            Pooling.Convention.VALID,
            List.of(2L, 2L),
            List.of(),
            Optional.empty(),
            Optional.empty()),
        x);
  }

  private static List<Symbol> variables() {
    var variables = new ArrayList<Symbol>();
    variables.add(Symbol.var("x", DATA));
    variables.add(Symbol.var("w", Shape.of(4, 3, 3, 3)));
    variables.add(Symbol.var("v", Shape.of(4, 4, 3, 3)));
    for (String name : List.of("gamma", "beta", "mean", "var")) {
      variables.add(Symbol.var(name, Shape.of(4)));
    }
    return variables;
  }

  private static List<NDArray> values(Graph graph) {
    return graph.variables().stream()
        .filter(v -> v.role() != Symbol.Role.RANDOM)
        .map(v -> {
          float[] drawn =
              new Generator(SEED + v.name().hashCode())
                  .uniform((int) v.type().shape().size(), 0.1, 1);
          return NDArray.of(drawn, v.type().shape(), Device.reference());
        })
        .toList();
  }

  private static List<double[]> run(Graph graph) {
    Generator.standard().seed(SEED);
    try (var _ = Autograd.trainMode()) {
      List<NDArray> inputs = values(graph);
      var results =
          new ArrayList<>(new CompiledFunction("net", graph, Device.reference()).call(inputs));
      results.addAll(inputs); // running statistics
      return results.stream().map(NDArray::toDoubles).toList();
    }
  }

  @ParameterizedTest
  @MethodSource("nets")
  void computesTheSame(Net net) {
    List<Symbol> in = variables();
    Graph loss = Graph.of(in, List.of((Symbol) net.forward().apply(in)));
    Graph before =
        Simplify.apply(
            Decompose.all(
                Differentiate.ofSum(Decompose.forGradient(loss, true), List.of(0, 1, 2)).graph(),
                true));
    Graph after = Verifier.verify(ChannelsLast.always(before), "channels last");
    assertThat(
            after.nodes().stream()
                .filter(n ->
                    n instanceof Node.Apply a && a.op() instanceof OverImages o && o.channelsLast())
                .count())
        .isAtLeast(4);
    List<double[]> expected = run(before);
    List<double[]> found = run(after);
    IntStream.range(0, expected.size())
        .forEach(i ->
            assertWithMessage("%s, result %s, seed %s", net, i, SEED)
                .that(found.get(i))
                .usingTolerance(1e-5)
                .containsExactly(expected.get(i))
                .inOrder());
  }
}
