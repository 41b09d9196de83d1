package io.gluonj.op;

import static com.google.common.truth.Truth.assertThat;

import io.gluonj.backend.reference.ReferenceBackend;
import io.gluonj.tensor.NDArray;
import io.gluonj.tensor.Ops;
import io.gluonj.testing.OperatorTable;
import io.gluonj.types.DType;
import io.gluonj.types.Device;
import io.gluonj.types.TensorType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Row nests of operators against their expansions. */
final class RowNestsTest {
  private static final long SEED = 3;

  private static List<OpSchema.Sample> samples() {
    return OperatorTable.samples().stream()
        .filter(s ->
            s.op() instanceof Op.Composite op
                && !s.inputs().isEmpty()
                && RowNests.of(op, s.types()).isPresent())
        .toList();
  }

  @Test
  void softmaxAndNormsAreRowNests() {
    assertThat(samples().stream().map(s -> s.op().schema().name()).distinct().toList())
        .containsAtLeast(
            "softmax", "log_softmax", "softmin", "LayerNorm", "GroupNorm", "InstanceNorm");
  }

  @TestFactory
  Stream<DynamicTest> everySampleAgreesWithItsExpansion() {
    return samples().stream()
        .map(s -> DynamicTest.dynamicTest(s.op() + " of " + s.types(), () -> compare(s)));
  }

  private static void compare(OpSchema.Sample sample) {
    RowNest nest = RowNests.of((Op.Composite) sample.op(), sample.types()).orElseThrow();
    List<TensorType> out = Infer.outputs(sample.op(), "", sample.types());
    Random random = new Random(SEED);
    try (Arena arena = Arena.ofConfined()) {
      var arrays = new ArrayList<NDArray>();
      var addresses = new ArrayList<Long>();
      for (OpSchema.SampleInput input : sample.inputs()) {
        MemorySegment data = arena.allocate(input.type().bytes(), 8);
        for (long i = 0; i < input.type().shape().size(); i++) {
          double x = input.low() + random.nextDouble() * (input.high() - input.low());
          input.type().dtype().write(data, i, x);
        }
        addresses.add(data.address());
        arrays.add(NDArray.of(data, input.type(), Device.reference()));
      }
      List<MemorySegment> results = out.stream().map(t -> arena.allocate(t.bytes(), 8)).toList();
      results.forEach(r -> addresses.add(r.address()));
      ReferenceBackend.rows(nest, sample.inputs().size())
          .run(addresses.stream().mapToLong(a -> a).toArray());
      var expected = Ops.callAll(sample.op(), "", arrays);
      for (int k = 0; k < expected.size(); k++) {
        double[] values = ((NDArray) expected.get(k)).toDoubles();
        DType type = out.get(k).dtype();
        for (int i = 0; i < values.length; i++) {
          assertThat(type.read(results.get(k), i)).isWithin(1e-5).of(values[i]);
        }
      }
    }
  }
}
