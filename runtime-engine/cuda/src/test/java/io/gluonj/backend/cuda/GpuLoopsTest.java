package io.gluonj.backend.cuda;

import io.gluonj.backend.reference.ReferenceBackend;
import io.gluonj.codegen.GpuLoops;
import io.gluonj.op.LoopNest;
import io.gluonj.op.LoopNest.Access;
import io.gluonj.op.LoopNest.Reduction;
import io.gluonj.types.DType;
import io.gluonj.types.Device;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Kernels of loop nests, executed as PTX, against the interpreter of nests. */
final class GpuLoopsTest {
  private static final long SEED = 5;
  private static final ReferenceBackend REFERENCE = new ReferenceBackend();

  /** Nests larger than this are only assembled. */
  private static final long MOST = 400_000;

  @TestFactory
  Stream<DynamicTest> everyNestAgreesWithItsDefinition() {
    return NestTable.cases().stream()
        .filter(c -> c.positions() <= MOST)
        .map(c -> DynamicTest.dynamicTest(c.name(), () -> compare(c)));
  }

  private static void compare(NestTable.Case c) {
    try (Arena arena = Arena.ofShared()) {
      Random random = new Random(SEED);
      int inputs = c.inputs().size();
      NestComparison.check(
          c + ", seed " + SEED,
          GpuLoops.of(c.nest(), inputs),
          REFERENCE.loops(Device.reference(), c.nest(), inputs),
          IntStream.range(0, inputs).mapToObj(i -> input(arena, random, c, i)).toList(),
          IntStream.range(0, c.outputs().size())
              .mapToObj(k -> {
                DType type = result(c.nest(), k);
                return new NestComparison.Result(
                    type, c.outputs().get(k), tolerance(c.nest(), type));
              })
              .toList());
    }
  }

  private static DType type(LoopNest nest, int operand) {
    return nest.loads().stream()
        .filter(l -> l.operand() == operand)
        .map(Access::dtype)
        .findFirst()
        .orElse(DType.FLOAT32);
  }

  private static MemorySegment input(Arena arena, Random random, NestTable.Case c, int operand) {
    DType type = type(c.nest(), operand);
    long size = c.inputs().get(operand);
    MemorySegment data = arena.allocate(Math.max(1, size * type.bytes()), 64);
    // factors near 1, whose product neither vanishes nor explodes
    boolean factors = c.nest().reduction() == Reduction.PROD;
    double low = factors ? 0.9995 : type.isFloating() ? -2 : -100;
    double high = factors ? 1.0005 : -low;
    for (long i = 0; i < size; i++) {
      type.write(data, i, low + random.nextDouble() * (high - low));
    }
    return data;
  }

  private static DType result(LoopNest nest, int k) {
    return nest.stores().stream()
        .map(LoopNest.Store::access)
        .filter(a -> a.operand() == k)
        .findFirst()
        .orElseThrow()
        .dtype();
  }

  private static double tolerance(LoopNest nest, DType type) {
    if (nest.compute() == DType.FLOAT64 && type.isFloating()) {
      return type == DType.FLOAT64 ? 1e-12 : 1e-7;
    }
    return switch (type) {
      case FLOAT16 -> 1e-3;
      case BFLOAT16 -> 8e-3;
      // a product rounds at every factor
      case FLOAT32 -> nest.reduction() == Reduction.PROD ? 2e-4 : 5e-6;
      case FLOAT64 -> 1e-6;
      case UINT8, INT8, BOOL, INT32, INT64 -> 0;
    };
  }
}
