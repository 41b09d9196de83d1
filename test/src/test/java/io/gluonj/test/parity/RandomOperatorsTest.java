package io.gluonj.test.parity;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import io.gluonj.graph.Graph;
import io.gluonj.op.Draws;
import io.gluonj.op.Op;
import io.gluonj.op.RandomNumbers;
import io.gluonj.op.RandomSamples;
import io.gluonj.tensor.CompiledFunction;
import io.gluonj.tensor.Generator;
import io.gluonj.tensor.NDArray;
import io.gluonj.tensor.Origin;
import io.gluonj.tensor.Symbol;
import io.gluonj.testing.EachDevice;
import io.gluonj.types.DType;
import io.gluonj.types.Device;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Random operators draw on each device what they draw on the reference device, on however many
 * threads: counts, choices and orders exactly, other numbers up to rounding.
 */
@EachDevice
final class RandomOperatorsTest {
  private static final long SEED = 77_001;
  private static final List<Long> SHAPE = List.of(7L, 301L);
  private static final float[] PARAMETERS = {0.3f, 2, 14, 5.5f};

  private final Device device;

  RandomOperatorsTest(Device device) {
    this.device = device;
  }

  private record Case(Op op, List<float[]> inputs, boolean exact) {}

  private static Case numbers(Op op, boolean exact) {
    return new Case(op, List.of(), exact);
  }

  private static List<Case> cases() {
    Optional<DType> type = Optional.empty();
    float[] shares = {0.5f, 0.25f, 0.75f, 1};
    return List.of(
        numbers(new RandomNumbers.Uniform(-1, 2, SHAPE, type), false),
        numbers(new RandomNumbers.Normal(1, 3, SHAPE, type), false),
        numbers(new RandomNumbers.Exponential(2, SHAPE, type), false),
        numbers(new RandomNumbers.Gamma(0.4, 2, SHAPE, type), false),
        numbers(new RandomNumbers.Poisson(4, SHAPE, type), true),
        numbers(new RandomNumbers.Poisson(40, SHAPE, Optional.of(DType.INT32)), true),
        numbers(new RandomNumbers.NegativeBinomial(3, 0.3, SHAPE, type), true),
        numbers(new RandomNumbers.GeneralizedNegativeBinomial(9, 0.3, SHAPE, type), true),
        numbers(new RandomNumbers.Integers(-5, 1 << 30, SHAPE, type), true),
        new Case(new RandomSamples.Normal(SHAPE, type), List.of(PARAMETERS, shares), false),
        new Case(new RandomSamples.Poisson(SHAPE, type), List.of(PARAMETERS), true),
        new Case(
            new RandomSamples.NegativeBinomial(SHAPE, type), List.of(PARAMETERS, shares), true),
        new Case(new Draws.Multinomial(SHAPE, false, DType.INT32), List.of(shares), true),
        new Case(new Draws.Shuffle(), List.of(PARAMETERS), true),
        new Case(new Draws.SampleTokens(0.7, 3, 0.9), List.of(PARAMETERS), true));
  }

  @TestFactory
  List<DynamicTest> equalSeedsDrawEqualNumbers() {
    return cases().stream()
        .map(c ->
            DynamicTest.dynamicTest(
                c.op().toString(),
                () -> {
                  double[] found = drawn(c, device);
                  double[] expected = drawn(c, Device.reference());
                  assertThat(found).hasLength(expected.length);
                  for (int i = 0; i < found.length; i++) {
                    assertWithMessage("element %s, seed %s", i, SEED)
                        .that(found[i])
                        .isWithin(c.exact() ? 0 : 2e-5 * (1 + Math.abs(expected[i])))
                        .of(expected[i]);
                  }
                }))
        .toList();
  }

  /** The second of two draws. */
  private static double[] drawn(Case c, Device device) {
    var variables = new ArrayList<Symbol>();
    var inputs = new ArrayList<NDArray>();
    for (int i = 0; i < c.inputs().size(); i++) {
      TensorType type = TensorType.float32(PARAMETERS.length);
      variables.add(Symbol.var("in" + i, type, Symbol.Role.DATA, Map.of()));
      inputs.add(NDArray.of(c.inputs().get(i), Shape.of(PARAMETERS.length), device));
    }
    Graph graph = Graph.of(variables, Symbol.apply(c.op(), "", Origin.NONE, variables));
    var function = new CompiledFunction("drawn", graph, device);
    Generator.standard().seed(SEED);
    double[] first = function.call(inputs).getFirst().toDoubles();
    double[] second = function.call(inputs).getFirst().toDoubles();
    if (second.length > PARAMETERS.length) {
      assertThat(second).isNotEqualTo(first);
    }
    return second;
  }
}
