package io.gluonj.dnnl;

import static com.google.common.truth.Truth.assertThat;
import static io.gluonj.dnnl.DataType.F32;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PoolingTest {
  private static final float TOLERANCE = 2e-5f;

  @Test
  void maxPoolingKeepsTheWinnersForItsGradient() {
    MemoryDesc src = MemoryDesc.rowMajor(F32, 1, 1, 4, 4);
    MemoryDesc dst = MemoryDesc.rowMajor(F32, 1, 1, 2, 2);
    Pooling.Forward forward =
        new Pooling.Forward(
            Pooling.Kind.MAX,
            Propagation.TRAINING,
            src,
            dst,
            List.of(2L, 2L),
            Window.uniform(2, 2, 0),
            Attributes.DEFAULT);
    try (Arena arena = Arena.ofConfined();
        PrimitiveCache cache = new PrimitiveCache(2);
        Execution f = cache.execution(forward);
        Execution b = cache.execution(new Pooling.Backward(forward, src, dst))) {
      float[] x = {1, 2, 3, 4, 9, 1, 1, 1, 0, 0, -1, -2, 0, 5, -3, -4};
      MemorySegment y = Floats.memory(arena, dst);
      MemorySegment workspace = Floats.memory(arena, f.desc().desc(Arg.WORKSPACE));
      MemorySegment dx = Floats.memory(arena, src);

      f.set(Arg.SRC, Floats.memory(arena, x)).set(Arg.DST, y).set(Arg.WORKSPACE, workspace).run();
      b.set(Arg.DIFF_DST, Floats.memory(arena, new float[] {10, 20, 30, 40}))
          .set(Arg.WORKSPACE, workspace)
          .set(Arg.DIFF_SRC, dx)
          .run();

      assertThat(Floats.read(y)).usingExactEquality().containsExactly(9f, 4f, 5f, -1f).inOrder();
      assertThat(Floats.read(dx))
          .usingExactEquality()
          .containsExactly(new float[] {0, 0, 0, 20, 10, 0, 0, 0, 0, 0, 40, 0, 0, 30, 0, 0})
          .inOrder();
    }
  }

  @Test
  void averagePoolingCountsPaddingOnlyWhenAsked() {
    MemoryDesc src = MemoryDesc.rowMajor(F32, 1, 1, 2, 2);
    MemoryDesc dst = MemoryDesc.rowMajor(F32, 1, 1, 2, 2);
    for (Pooling.Kind kind :
        List.of(Pooling.Kind.AVERAGE_WITH_PADDING, Pooling.Kind.AVERAGE_WITHOUT_PADDING)) {
      Pooling.Forward spec =
          new Pooling.Forward(
              kind,
              Propagation.INFERENCE,
              src,
              dst,
              List.of(2L, 2L),
              new Window(List.of(2L, 2L), List.of(1L, 1L), List.of(1L, 1L), List.of(1L, 1L)),
              Attributes.DEFAULT);
      try (Arena arena = Arena.ofConfined();
          Primitive primitive = Primitive.of(spec);
          Execution execution = primitive.execution()) {
        MemorySegment y = Floats.memory(arena, dst);
        execution
            .set(Arg.SRC, Floats.memory(arena, new float[] {4, 8, 12, 16}))
            .set(Arg.DST, y)
            .run();
        float divisor = kind == Pooling.Kind.AVERAGE_WITH_PADDING ? 4 : 1;
        assertThat(Floats.read(y))
            .usingTolerance(TOLERANCE)
            .containsExactly(4 / divisor, 8 / divisor, 12 / divisor, 16 / divisor)
            .inOrder();
      }
    }
  }
}
