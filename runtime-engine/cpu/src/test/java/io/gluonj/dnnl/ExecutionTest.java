package io.gluonj.dnnl;

import static com.google.common.truth.Truth.assertThat;
import static io.gluonj.dnnl.DataType.F32;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ExecutionTest {
  private static final MemoryDesc ROW = MemoryDesc.rowMajor(F32, 1, 64);

  private static Reorder copy() {
    return new Reorder(ROW, ROW);
  }

  @Test
  void argumentThatIsMissingIsNamed() {
    try (Arena arena = Arena.ofConfined();
        Primitive primitive = Primitive.of(copy());
        Execution execution = primitive.execution()) {
      execution.set(Arg.SRC, Floats.memory(arena, ROW));

      IllegalStateException e = assertThrows(IllegalStateException.class, execution::run);

      assertThat(e).hasMessageThat().contains("dst of Reorder has not been set");
    }
  }

  @Test
  void memoryThatIsTooSmallOrOnTheHeapIsRefused() {
    try (Arena arena = Arena.ofConfined();
        Primitive primitive = Primitive.of(copy());
        Execution execution = primitive.execution()) {
      assertThrows(
          IllegalArgumentException.class, () -> execution.set(Arg.SRC, arena.allocate(255)));
      assertThrows(
          IllegalArgumentException.class,
          () -> execution.set(Arg.SRC, MemorySegment.ofArray(new float[64])));
      assertThrows(
          IllegalArgumentException.class, () -> execution.set(Arg.BIAS, arena.allocate(256)));
    }
  }

  @Test
  void memoryThatHasBeenFreedIsNoticed() {
    try (Primitive primitive = Primitive.of(copy());
        Execution execution = primitive.execution()) {
      try (Arena arena = Arena.ofConfined()) {
        execution.set(Arg.SRC, Floats.memory(arena, ROW)).set(Arg.DST, Floats.memory(arena, ROW));
        execution.run();
      }

      IllegalStateException e = assertThrows(IllegalStateException.class, execution::run);

      assertThat(e).hasMessageThat().contains("has been freed");
    }
  }

  @Test
  void executionOutlivesItsPrimitiveAndRefusesWorkAfterClose() {
    try (Arena arena = Arena.ofConfined()) {
      Primitive primitive = Primitive.of(copy());
      Execution execution = primitive.execution();
      primitive.close();
      MemorySegment dst = Floats.memory(arena, ROW);
      execution.set(Arg.SRC, Floats.memory(arena, Floats.random(1, 64))).set(Arg.DST, dst).run();
      assertThat(Floats.read(dst)).usingExactEquality().containsExactly(Floats.random(1, 64));

      execution.close();
      execution.close();

      assertThrows(IllegalStateException.class, execution::run);
      assertThrows(IllegalStateException.class, primitive::execution);
      assertThrows(IllegalStateException.class, () -> primitive.desc().implementation());
    }
  }

  @Test
  void cacheFindsEqualSpecsAndDropsTheEldest() {
    try (PrimitiveCache cache = new PrimitiveCache(2);
        Execution first = cache.execution(copy());
        Execution same = cache.execution(new Reorder(MemoryDesc.rowMajor(F32, 1, 64), ROW))) {
      assertThat(cache.size()).isEqualTo(1);
      assertThat(same.desc()).isSameInstanceAs(first.desc());
      for (int n = 1; n <= 3; n++) {
        cache
            .execution(new Reorder(MemoryDesc.rowMajor(F32, n), MemoryDesc.rowMajor(F32, n)))
            .close();
      }
      assertThat(cache.size()).isEqualTo(2);
      try (Arena arena = Arena.ofConfined()) {
        first.set(Arg.SRC, Floats.memory(arena, ROW)).set(Arg.DST, Floats.memory(arena, ROW)).run();
      }
    }
  }

  @Test
  void severalThreadsRunOnePrimitive() throws Exception {
    int n = 96;
    MemoryDesc square = MemoryDesc.rowMajor(F32, n, n);
    MatMul spec = new MatMul(square, MemoryDesc.any(F32, n, n), null, square, Attributes.DEFAULT);
    float[] identity = new float[n * n];
    for (int i = 0; i < n; i++) {
      identity[i * n + i] = 1;
    }
    try (Arena arena = Arena.ofShared();
        Primitive primitive = Primitive.of(spec);
        ExecutorService threads = Executors.newFixedThreadPool(3)) {
      MemorySegment weights =
          Floats.reorder(
              arena, Floats.memory(arena, identity), square, primitive.desc(Arg.WEIGHTS));
      List<Callable<Boolean>> tasks =
          IntStream.range(0, 24)
              .<Callable<Boolean>>mapToObj(i ->
                  () -> {
                    float[] x = Floats.random(i, n * n);
                    MemorySegment y = Floats.memory(arena, square);
                    try (Execution execution = primitive.execution()) {
                      execution
                          .set(Arg.SRC, Floats.memory(arena, x))
                          .set(Arg.WEIGHTS, weights)
                          .set(Arg.DST, y)
                          .run();
                    }
                    return Arrays.equals(x, Floats.read(y));
                  })
              .toList();
      for (Future<Boolean> result : threads.invokeAll(tasks)) {
        assertThat(result.get()).isTrue();
      }
    }
  }

  @Test
  void candidatesAreFoundEvenAfterAPrimitiveWasCompiled() {
    MemoryDesc src = MemoryDesc.of(F32, FormatTag.ACDB, 2, 16, 8, 8);
    Convolution.Forward spec =
        new Convolution.Forward(
            Convolution.Kind.CONVOLUTION,
            Propagation.INFERENCE,
            src,
            MemoryDesc.any(F32, 16, 16, 3, 3),
            null,
            src,
            Window.uniform(2, 1, 1),
            Attributes.DEFAULT);
    try (Primitive compiled = Primitive.of(spec)) {
      List<PrimitiveDesc> candidates = PrimitiveDesc.candidates(spec);
      try {
        List<String> names = candidates.stream().map(PrimitiveDesc::implementation).toList();
        assertThat(names.getFirst()).isEqualTo(compiled.desc().implementation());
        assertThat(names.size()).isAtLeast(2);
        assertThat(names).containsNoDuplicates();
      } finally {
        candidates.forEach(PrimitiveDesc::close);
      }
    }
  }

  @Test
  void candidatesOfGradientsAreWalkedWithTheirForwardDescriptor() {
    MemoryDesc src = MemoryDesc.of(F32, FormatTag.ACDB, 2, 16, 8, 8);
    MemoryDesc weights = MemoryDesc.any(F32, 16, 16, 3, 3);
    Convolution.Forward forward =
        new Convolution.Forward(
            Convolution.Kind.CONVOLUTION,
            Propagation.TRAINING,
            src,
            weights,
            null,
            src,
            Window.uniform(2, 1, 1),
            Attributes.DEFAULT);
    List<PrimitiveDesc> candidates =
        PrimitiveDesc.candidates(
            new Convolution.BackwardData(forward, src, weights, src, Attributes.DEFAULT));
    try {
      List<String> names = candidates.stream().map(PrimitiveDesc::implementation).toList();
      assertThat(names.size()).isAtLeast(2);
      assertThat(names).containsNoDuplicates();
    } finally {
      candidates.forEach(PrimitiveDesc::close);
    }
  }

  @Test
  void scratchpadIsTheThreadsUnlessOneIsGiven() {
    MemoryDesc data = MemoryDesc.of(F32, FormatTag.ACDB, 4, 3, 12, 12);
    PrimitiveSpec spec =
        new BatchNormalization.Forward(
            Propagation.TRAINING, data, data, 1e-5f, Set.of(), Attributes.DEFAULT);
    PrimitiveDesc withScratchpad =
        PrimitiveDesc.candidates(spec).stream()
            .filter(desc -> desc.uses(Arg.SCRATCHPAD))
            .findFirst()
            .orElseThrow();
    try (Arena arena = Arena.ofConfined();
        Primitive primitive = withScratchpad.compile();
        Execution execution = primitive.execution()) {
      MemorySegment result = Floats.memory(arena, data);
      execution
          .set(Arg.SRC, Floats.memory(arena, Floats.random(1, 4 * 3 * 12 * 12)))
          .set(Arg.MEAN, Floats.memory(arena, primitive.desc(Arg.MEAN)))
          .set(Arg.VARIANCE, Floats.memory(arena, primitive.desc(Arg.VARIANCE)))
          .set(Arg.DST, result)
          .run();
      float[] first = Floats.read(result);
      MemorySegment scratchpad = Floats.memory(arena, primitive.desc(Arg.SCRATCHPAD));
      scratchpad.fill((byte) 0x7f);

      execution.set(Arg.SCRATCHPAD, scratchpad).run();

      assertThat(Floats.read(result)).usingTolerance(1e-5).containsExactly(first).inOrder();
      byte[] after = scratchpad.toArray(ValueLayout.JAVA_BYTE);
      byte[] untouched = new byte[after.length];
      Arrays.fill(untouched, (byte) 0x7f);
      assertThat(after).isNotEqualTo(untouched);
    }
  }

  @Test
  void descriptorsAreValues() {
    MemoryDesc nhwc = MemoryDesc.of(F32, FormatTag.ACDB, 2, 3, 4, 5);
    MemoryDesc same = MemoryDesc.strided(F32, new long[] {2, 3, 4, 5}, new long[] {60, 1, 15, 3});

    assertThat(nhwc).isEqualTo(same);
    assertThat(nhwc.hashCode()).isEqualTo(same.hashCode());
    assertThat(nhwc).isNotEqualTo(MemoryDesc.rowMajor(F32, 2, 3, 4, 5));
    assertThat(nhwc.toString()).isEqualTo("f32[2,3,4,5]:strides[60,1,15,3]");
    assertThat(nhwc.size()).isEqualTo(2 * 3 * 4 * 5 * Float.BYTES);
    assertThat(MemoryDesc.any(F32, 2, 3).isAny()).isTrue();
    assertThat(MemoryDesc.any(F32, 2, 3)).isEqualTo(MemoryDesc.any(F32, 2, 3));
  }

  @Test
  void versionIsTheOneTheEngineWasBuiltFor() {
    assertThat(Dnnl.version()).startsWith("3.13");
  }
}
