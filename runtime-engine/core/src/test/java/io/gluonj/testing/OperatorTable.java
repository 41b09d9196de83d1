package io.gluonj.testing;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

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

/** Every sample of every operator, on a device against the definition. */
public final class OperatorTable {
  private static final long SEED = 20261123;
  private static final double TOLERANCE = 1e-5;
  private static final double POINTWISE_TOLERANCE = 2e-6;

  private OperatorTable() {}

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

  /** All samples of all operators. */
  public static List<OpSchema.Sample> samples() {
    List<OpSchema.Sample> samples =
        operators().stream().flatMap(type -> OpSchema.of(type).samples().stream()).toList();
    assertThat(samples.size()).isAtLeast(100);
    return samples;
  }

  /** One test for each sample. */
  public static Stream<DynamicTest> tests(Device device) {
    return samples().stream()
        .filter(sample -> !sample.inputs().isEmpty())
        .map(sample ->
            DynamicTest.dynamicTest(sample.op() + " of " + sample.types(), () -> compare(sample, device)));
  }

  private static void compare(OpSchema.Sample sample, Device device) {
    double tolerance = sample.op() instanceof Op.Pointwise ? POINTWISE_TOLERANCE : TOLERANCE;
    List<double[]> actual = run(sample, device);
    List<double[]> expected = run(sample, Device.reference());
    assertThat(actual).hasSize(expected.size());
    for (int k = 0; k < actual.size(); k++) {
      assertWithMessage("output %s, seed %s", k, SEED)
          .that(actual.get(k))
          .hasLength(expected.get(k).length);
      for (int i = 0; i < actual.get(k).length; i++) {
        check(k, i, actual.get(k)[i], expected.get(k)[i], tolerance);
      }
    }
  }

  private static void check(int output, int i, double actual, double expected, double tolerance) {
    boolean close =
        Double.compare(actual, expected) == 0
            || actual == expected
            || Math.abs(actual - expected) <= tolerance * (1 + Math.abs(expected));
    if (!close) {
      assertWithMessage(
              "output %s, element %s is %s, expected %s, seed %s",
              output, i, actual, expected, SEED)
          .fail();
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
