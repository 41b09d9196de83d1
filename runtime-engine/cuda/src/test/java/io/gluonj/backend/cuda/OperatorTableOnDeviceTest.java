package io.gluonj.backend.cuda;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import io.gluonj.op.Op;
import io.gluonj.op.OpSchema;
import io.gluonj.tensor.NDArray;
import io.gluonj.tensor.Ops;
import io.gluonj.types.DType;
import io.gluonj.types.Device;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** Every sample of every operator on a GPU, through the whole backend, against the definition. */
@Tag("gpu")
final class OperatorTableOnDeviceTest {
  private static final long SEED = 20261124;

  /** Float32 sums of a few hundred products, relative to the largest value of the output. */
  private static final double TOLERANCE = 1e-5;

  private static Stream<Class<?>> operators(Class<?> type) {
    if (type.isRecord()) {
      return Stream.of(type);
    }
    return type.isSealed()
        ? Stream.of(type.getPermittedSubclasses()).flatMap(OperatorTableOnDeviceTest::operators)
        : Stream.empty();
  }

  @TestFactory
  Stream<DynamicTest> everySampleAgreesWithTheDefinition() {
    List<OpSchema.Sample> samples =
        operators(Op.class)
            .flatMap(type -> OpSchema.of(type.asSubclass(Op.class)).samples().stream())
            .filter(sample -> !sample.inputs().isEmpty())
            .toList();
    assertThat(samples.size()).isAtLeast(100);
    return samples.stream()
        .map(sample ->
            DynamicTest.dynamicTest(sample.op() + " of " + sample.types(), () -> compare(sample)));
  }

  private static void compare(OpSchema.Sample sample) {
    List<double[]> expected = run(sample, Device.reference());
    List<double[]> actual = run(sample, Device.gpu(0));
    assertThat(actual).hasSize(expected.size());
    for (int k = 0; k < actual.size(); k++) {
      double[] want = expected.get(k);
      double[] got = actual.get(k);
      assertThat(got).hasLength(want.length);
      double largest = 1;
      for (double w : want) {
        largest = Double.isFinite(w) ? Math.max(largest, Math.abs(w)) : largest;
      }
      for (int i = 0; i < want.length; i++) {
        boolean equal =
            Double.compare(got[i], want[i]) == 0
                || Math.abs(got[i] - want[i]) <= TOLERANCE * largest;
        assertWithMessage(
                "output %s, element %s is %s, not %s; seed %s", k, i, got[i], want[i], SEED)
            .that(equal)
            .isTrue();
      }
    }
  }

  private static List<double[]> run(OpSchema.Sample sample, Device device) {
    Random random = new Random(SEED);
    try (Arena arena = Arena.ofConfined()) {
      var inputs = new ArrayList<NDArray>();
      for (OpSchema.SampleInput input : sample.inputs()) {
        DType type = input.type().dtype();
        MemorySegment values = arena.allocate(input.type().bytes(), 8);
        for (long i = 0; i < input.type().shape().size(); i++) {
          type.write(values, i, input.low() + random.nextDouble() * (input.high() - input.low()));
        }
        inputs.add(NDArray.of(values, input.type(), device));
      }
      return Ops.callAll(sample.op(), "", inputs).stream()
          .map(result -> ((NDArray) result).toDoubles())
          .toList();
    }
  }
}
