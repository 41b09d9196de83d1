package io.gluonj.dnnl;

import static com.google.common.truth.Truth.assertThat;
import static io.gluonj.dnnl.DataType.F32;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class PrimitiveTest {
  private static final float TOLERANCE = 2e-5f;

  @Test
  void matrixProductAgreesWithPlainLoops() {
    int m = 7;
    int k = 19;
    int n = 5;
    float[] a = Floats.random(1, m * k);
    float[] b = Floats.random(2, k * n);
    MatMul spec =
        new MatMul(
            MemoryDesc.rowMajor(F32, m, k),
            MemoryDesc.rowMajor(F32, k, n),
            null,
            MemoryDesc.rowMajor(F32, m, n),
            Attributes.DEFAULT);
    try (Arena arena = Arena.ofConfined();
        Primitive primitive = Primitive.of(spec);
        Execution execution = primitive.execution()) {
      MemorySegment c = Floats.memory(arena, primitive.desc(Arg.DST));

      execution
          .set(Arg.SRC, Floats.memory(arena, a))
          .set(Arg.WEIGHTS, Floats.memory(arena, b))
          .set(Arg.DST, c)
          .run();

      assertThat(Floats.read(c))
          .usingTolerance(TOLERANCE)
          .containsExactly(Floats.product(a, b, m, k, n))
          .inOrder();
    }
  }

  @Test
  void transposedOperandIsOneWithExchangedStrides() {
    int m = 4;
    int k = 6;
    int n = 3;
    float[] a = Floats.random(3, m * k);
    float[] bTransposed = Floats.random(4, n * k);
    float[] b = new float[k * n];
    for (int i = 0; i < k; i++) {
      for (int j = 0; j < n; j++) {
        b[i * n + j] = bTransposed[j * k + i];
      }
    }
    MatMul spec =
        new MatMul(
            MemoryDesc.rowMajor(F32, m, k),
            MemoryDesc.strided(F32, new long[] {k, n}, new long[] {1, k}),
            null,
            MemoryDesc.rowMajor(F32, m, n),
            Attributes.fused(new PostOp.Element(Eltwise.Kind.LINEAR, 2, 1)));
    try (Arena arena = Arena.ofConfined();
        Primitive primitive = Primitive.of(spec);
        Execution execution = primitive.execution()) {
      MemorySegment c = Floats.memory(arena, primitive.desc(Arg.DST));

      execution
          .set(Arg.SRC, Floats.memory(arena, a))
          .set(Arg.WEIGHTS, Floats.memory(arena, bTransposed))
          .set(Arg.DST, c)
          .run();

      float[] expected = Floats.product(a, b, m, k, n);
      for (int i = 0; i < expected.length; i++) {
        expected[i] = 2 * expected[i] + 1;
      }
      assertThat(Floats.read(c)).usingTolerance(TOLERANCE).containsExactly(expected).inOrder();
    }
  }

  @Test
  void convolutionChannelsLastWithChosenWeightFormatAgreesWithPlainLoops() {
    int batch = 2;
    int in = 3;
    int size = 9;
    int out = 5;
    int kernel = 3;
    int pad = 1;
    float[] x = Floats.random(5, batch * in * size * size);
    float[] w = Floats.random(6, out * in * kernel * kernel);
    float[] bias = Floats.random(7, out);
    MemoryDesc nchw = MemoryDesc.rowMajor(F32, batch, in, size, size);
    MemoryDesc nhwc = MemoryDesc.of(F32, FormatTag.ACDB, batch, in, size, size);
    MemoryDesc result = MemoryDesc.of(F32, FormatTag.ACDB, batch, out, size, size);
    Convolution.Forward spec =
        new Convolution.Forward(
            Convolution.Kind.CONVOLUTION,
            Propagation.INFERENCE,
            nhwc,
            MemoryDesc.any(F32, out, in, kernel, kernel),
            MemoryDesc.rowMajor(F32, out),
            result,
            Window.uniform(2, 1, pad),
            Attributes.DEFAULT);
    try (Arena arena = Arena.ofConfined();
        Primitive primitive = Primitive.of(spec);
        Execution execution = primitive.execution()) {
      assertThat(primitive.desc().implementation()).doesNotContain("ref");
      MemorySegment y = Floats.memory(arena, result);

      execution
          .set(Arg.SRC, Floats.reorder(arena, Floats.memory(arena, x), nchw, nhwc))
          .set(
              Arg.WEIGHTS,
              Floats.reorder(
                  arena,
                  Floats.memory(arena, w),
                  MemoryDesc.rowMajor(F32, out, in, kernel, kernel),
                  primitive.desc(Arg.WEIGHTS)))
          .set(Arg.BIAS, Floats.memory(arena, bias))
          .set(Arg.DST, y)
          .run();

      MemorySegment plain =
          Floats.reorder(arena, y, result, MemoryDesc.rowMajor(F32, batch, out, size, size));
      assertThat(Floats.read(plain))
          .usingTolerance(TOLERANCE)
          .containsExactly(Floats.convolution(x, w, bias, batch, in, size, out, kernel, pad))
          .inOrder();
    }
  }

  @Test
  void gradientOfConvolutionIsItsTranspose() {
    // <conv(x, w), y> = <x, backwardData(y, w)> = <w, backwardWeights(x, y)>
    MemoryDesc src = MemoryDesc.of(F32, FormatTag.ACDB, 2, 4, 8, 8);
    MemoryDesc dst = MemoryDesc.of(F32, FormatTag.ACDB, 2, 6, 6, 6);
    MemoryDesc weights = MemoryDesc.rowMajor(F32, 6, 4, 3, 3);
    MemoryDesc anyWeights = MemoryDesc.any(F32, 6, 4, 3, 3);
    Window window = Window.uniform(2, 1, 0);
    Convolution.Forward forward =
        new Convolution.Forward(
            Convolution.Kind.CONVOLUTION,
            Propagation.TRAINING,
            src,
            anyWeights,
            null,
            dst,
            window,
            Attributes.DEFAULT);
    try (Arena arena = Arena.ofConfined();
        PrimitiveCache cache = new PrimitiveCache(8);
        Execution f = cache.execution(forward);
        Execution bd =
            cache.execution(
                new Convolution.BackwardData(forward, src, anyWeights, dst, Attributes.DEFAULT));
        Execution bw =
            cache.execution(
                new Convolution.BackwardWeights(
                    forward, src, anyWeights, null, dst, Attributes.DEFAULT))) {
      MemorySegment x = Floats.memory(arena, Floats.random(8, 2 * 4 * 8 * 8));
      MemorySegment dy = Floats.memory(arena, Floats.random(9, 2 * 6 * 6 * 6));
      MemorySegment w = Floats.memory(arena, Floats.random(10, 6 * 4 * 3 * 3));
      MemorySegment y = Floats.memory(arena, dst);
      MemorySegment dx = Floats.memory(arena, src);
      MemorySegment dw = Floats.memory(arena, bw.desc().desc(Arg.DIFF_WEIGHTS));

      f.set(Arg.SRC, x)
          .set(Arg.WEIGHTS, Floats.reorder(arena, w, weights, f.desc().desc(Arg.WEIGHTS)))
          .set(Arg.DST, y)
          .run();
      bd.set(Arg.DIFF_DST, dy)
          .set(Arg.WEIGHTS, Floats.reorder(arena, w, weights, bd.desc().desc(Arg.WEIGHTS)))
          .set(Arg.DIFF_SRC, dx)
          .run();
      bw.set(Arg.SRC, x).set(Arg.DIFF_DST, dy).set(Arg.DIFF_WEIGHTS, dw).run();

      double expected = dot(y, dy);
      MemorySegment plainDw = Floats.reorder(arena, dw, bw.desc().desc(Arg.DIFF_WEIGHTS), weights);
      assertThat(dot(x, dx)).isWithin(1e-3).of(expected);
      assertThat(dot(w, plainDw)).isWithin(1e-3).of(expected);
    }
  }

  private static double dot(MemorySegment a, MemorySegment b) {
    double sum = 0;
    for (long i = 0; i < a.byteSize() / Float.BYTES; i++) {
      sum +=
          (double) a.getAtIndex(ValueLayout.JAVA_FLOAT, i)
              * b.getAtIndex(ValueLayout.JAVA_FLOAT, i);
    }
    return sum;
  }

  @Test
  void batchNormalizationGivesStatistics() {
    MemoryDesc data = MemoryDesc.of(F32, FormatTag.ACDB, 2, 1, 2, 1);
    BatchNormalization.Forward spec =
        new BatchNormalization.Forward(
            Propagation.TRAINING,
            data,
            data,
            0f,
            Set.of(NormalizationFlag.USE_SCALE, NormalizationFlag.USE_SHIFT),
            Attributes.DEFAULT);
    try (Arena arena = Arena.ofConfined();
        Primitive primitive = Primitive.of(spec);
        Execution execution = primitive.execution()) {
      MemorySegment y = Floats.memory(arena, data);
      MemorySegment mean = Floats.memory(arena, new float[1]);
      MemorySegment variance = Floats.memory(arena, new float[1]);
      execution
          .set(Arg.SRC, Floats.memory(arena, new float[] {1, 3, 5, 7}))
          .set(Arg.SCALE, Floats.memory(arena, new float[] {2}))
          .set(Arg.SHIFT, Floats.memory(arena, new float[] {10}))
          .set(Arg.DST, y)
          .set(Arg.MEAN, mean)
          .set(Arg.VARIANCE, variance)
          .run();

      double sd = Math.sqrt(5);
      assertThat(Floats.read(mean)).usingTolerance(TOLERANCE).containsExactly(4f);
      assertThat(Floats.read(variance)).usingTolerance(TOLERANCE).containsExactly(5f);
      assertThat(Floats.read(y))
          .usingTolerance(TOLERANCE)
          .containsExactly(10 + 2 * -3 / sd, 10 + 2 * -1 / sd, 10 + 2 * 1 / sd, 10 + 2 * 3 / sd)
          .inOrder();
    }
  }

  @Test
  void everyFamilyHasAnImplementationForSimpleShapes() {
    MemoryDesc image = MemoryDesc.of(F32, FormatTag.ACDB, 2, 3, 4, 4);
    MemoryDesc rows = MemoryDesc.rowMajor(F32, 4, 8);
    MemoryDesc out = MemoryDesc.rowMajor(F32, 2, 5);
    MemoryDesc weights = MemoryDesc.any(F32, 5, 3, 4, 4);
    Attributes plain = Attributes.DEFAULT;
    InnerProduct.Forward inner =
        new InnerProduct.Forward(
            Propagation.TRAINING, image, weights, MemoryDesc.rowMajor(F32, 5), out, plain);
    Softmax.Forward softmax =
        new Softmax.Forward(Softmax.Kind.LOG_SOFTMAX, Propagation.TRAINING, rows, rows, 1, plain);
    LayerNormalization.Forward layer =
        new LayerNormalization.Forward(
            Propagation.TRAINING,
            rows,
            rows,
            null,
            1e-5f,
            Set.of(NormalizationFlag.USE_SCALE, NormalizationFlag.USE_SHIFT),
            plain);
    BatchNormalization.Forward batch =
        new BatchNormalization.Forward(
            Propagation.TRAINING,
            image,
            image,
            1e-5f,
            Set.of(NormalizationFlag.USE_SCALE, NormalizationFlag.USE_SHIFT),
            plain);
    Eltwise.Forward relu =
        new Eltwise.Forward(Eltwise.Kind.RELU, Propagation.TRAINING, rows, rows, 0, 0, plain);
    Convolution.Forward transposed =
        new Convolution.Forward(
            Convolution.Kind.TRANSPOSED,
            Propagation.TRAINING,
            image,
            MemoryDesc.any(F32, 5, 3, 3, 3),
            null,
            MemoryDesc.of(F32, FormatTag.ACDB, 2, 5, 6, 6),
            Window.uniform(2, 1, 0),
            plain);
    List<PrimitiveSpec> specs =
        List.of(
            inner,
            new InnerProduct.BackwardData(inner, image, weights, out, plain),
            new InnerProduct.BackwardWeights(
                inner, image, weights, MemoryDesc.rowMajor(F32, 5), out, plain),
            softmax,
            new Softmax.Backward(softmax, rows, rows, rows),
            layer,
            new LayerNormalization.Backward(layer, rows, rows, rows),
            batch,
            new BatchNormalization.Backward(batch, image, image, image),
            relu,
            new Eltwise.Backward(relu, rows, rows, rows),
            transposed,
            new Convolution.BackwardData(
                transposed, image, MemoryDesc.any(F32, 5, 3, 3, 3), transposed.dst(), plain),
            new Convolution.BackwardWeights(
                transposed, image, MemoryDesc.any(F32, 5, 3, 3, 3), null, transposed.dst(), plain),
            new Binary(Binary.Kind.ADD, rows, MemoryDesc.rowMajor(F32, 1, 8), rows, plain),
            new Reduction(Reduction.Kind.SUM, rows, MemoryDesc.rowMajor(F32, 4, 1), plain),
            new Reorder(rows, MemoryDesc.of(F32, FormatTag.BA, 4, 8)));
    for (PrimitiveSpec spec : specs) {
      try (Arena arena = Arena.ofConfined();
          Primitive primitive = Primitive.of(spec);
          Execution execution = primitive.execution()) {
        for (Arg arg : execution.args()) {
          execution.set(arg, Floats.memory(arena, primitive.desc(arg)));
        }
        execution.run();
        assertThat(primitive.desc().implementation()).isNotEmpty();
      }
    }
  }

  @Test
  void operandOfAPostOperationIsAnArgument() {
    MemoryDesc square = MemoryDesc.rowMajor(F32, 2, 2);
    MatMul spec =
        new MatMul(
            square,
            square,
            null,
            square,
            Attributes.fused(
                new PostOp.Element(Eltwise.Kind.RELU, 0, 0),
                new PostOp.Operand(Binary.Kind.ADD, MemoryDesc.rowMajor(F32, 1, 2))));
    try (Arena arena = Arena.ofConfined();
        Primitive primitive = Primitive.of(spec);
        Execution execution = primitive.execution()) {
      MemorySegment y = Floats.memory(arena, square);
      execution
          .set(Arg.SRC, Floats.memory(arena, new float[] {1, 0, 0, 1}))
          .set(Arg.WEIGHTS, Floats.memory(arena, new float[] {1, -2, -3, 4}))
          .set(Arg.postOperand(1), Floats.memory(arena, new float[] {100, 200}))
          .set(Arg.DST, y)
          .run();
      assertThat(Floats.read(y))
          .usingTolerance(TOLERANCE)
          .containsExactly(101f, 200f, 100f, 204f)
          .inOrder();
    }
  }

  @Test
  void shapesThatDoNotFitAreNamed() {
    MatMul spec =
        new MatMul(
            MemoryDesc.rowMajor(F32, 2, 3),
            MemoryDesc.rowMajor(F32, 4, 5),
            null,
            MemoryDesc.rowMajor(F32, 2, 5),
            Attributes.DEFAULT);

    DnnlException e = assertThrows(DnnlException.class, () -> Primitive.of(spec));

    assertThat(e.status()).isEqualTo(DnnlStatus.INVALID_ARGUMENTS);
    assertThat(e).hasMessageThat().contains("f32[4,5]");
  }
}
