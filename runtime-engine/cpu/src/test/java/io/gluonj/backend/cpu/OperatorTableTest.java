package io.gluonj.backend.cpu;

import static com.google.common.truth.Truth.assertThat;

import io.gluonj.op.Op;
import io.gluonj.op.OpSchema;
import io.gluonj.tensor.NDArray;
import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.Device;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every sample of every operator, on the CPU against the definition. */
final class OperatorTableTest {
  private static final long SEED = 20261123;
  private static final double TOLERANCE = 1e-5;
  private static final double POINTWISE_TOLERANCE = 2e-6;

  /** All records in the sealed tree of operators. */
  private static Set<Class<? extends Op>> operators() {
    var found = new LinkedHashSet<Class<? extends Op>>();
    collect(Op.class, found);
    return found;
  }

  private static void collect(Class<?> type, Set<Class<? extends Op>> found) {
    if (type.isRecord()) {
      found.add(type.asSubclass(Op.class));
    } else if (type.isSealed()) {
      for (Class<?> permitted : type.getPermittedSubclasses()) {
        collect(permitted, found);
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> everySampleAgreesWithTheDefinition() {
    List<OpSchema.Sample> samples =
        operators().stream()
            .flatMap(type -> OpSchema.of(type).samples().stream())
            .filter(sample -> !sample.inputs().isEmpty())
            .toList();
    assertThat(samples.size()).isAtLeast(100);
    return samples.stream()
        .map(sample ->
            DynamicTest.dynamicTest(sample.op() + " of " + sample.types(), () -> compare(sample)));
  }

  private static void compare(OpSchema.Sample sample) {
    boolean pointwise = sample.op() instanceof Op.Pointwise;
    var comparison = new Comparison(SEED, pointwise ? POINTWISE_TOLERANCE : TOLERANCE);
    List<double[]> actual = run(sample, Device.cpu());
    List<double[]> expected = run(sample, Device.reference());
    assertThat(actual).hasSize(expected.size());
    for (int k = 0; k < actual.size(); k++) {
      comparison.check("output " + k + ", seed " + SEED, actual.get(k), expected.get(k));
    }
  }

  private static List<double[]> run(OpSchema.Sample sample, Device device) {
    Random random = new Random(SEED);
    try (Arena arena = Arena.ofConfined()) {
      var inputs = new ArrayList<NDArray>();
      for (OpSchema.SampleInput input : sample.inputs()) {
        MemorySegment values = arena.allocate(input.type().bytes(), 8);
        for (long i = 0; i < input.type().shape().size(); i++) {
          double x = input.low() + random.nextDouble() * (input.high() - input.low());
          input.type().dtype().write(values, i, x);
        }
        inputs.add(NDArray.of(values, input.type(), device));
      }
      var results = new ArrayList<double[]>();
      for (Tensor result : Ops.callAll(sample.op(), "", inputs)) {
        results.add(((NDArray) result).toDoubles());
      }
      return results;
    }
  }
}
