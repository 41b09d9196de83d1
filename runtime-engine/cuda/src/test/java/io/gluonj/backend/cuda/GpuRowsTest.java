package io.gluonj.backend.cuda;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import io.gluonj.backend.reference.ReferenceBackend;
import io.gluonj.codegen.GpuKernels;
import io.gluonj.codegen.GpuRows;
import io.gluonj.llvm.Ptx;
import io.gluonj.op.Infer;
import io.gluonj.op.LoopNest.Access;
import io.gluonj.op.LoopNest.Bounds;
import io.gluonj.op.LoopNest.Index;
import io.gluonj.op.LoopNest.Reduction;
import io.gluonj.op.Op;
import io.gluonj.op.OpSchema;
import io.gluonj.op.RowNest;
import io.gluonj.op.RowNest.Stage;
import io.gluonj.op.RowNest.Write;
import io.gluonj.op.RowNests;
import io.gluonj.op.Scalar;
import io.gluonj.op.Scalar.Fn;
import io.gluonj.op.Scalar.Iota;
import io.gluonj.op.SoftmaxOps;
import io.gluonj.ptx.Assembler;
import io.gluonj.testing.OperatorTable;
import io.gluonj.types.DType;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Kernels that compute rows whole: executed as PTX against their definition, and assembled. */
final class GpuRowsTest {
  private static final long SEED = 23;
  private static final double EPSILON = 1e-5;

  /** A row nest with the numbers of elements of its operands. */
  private record Case(String name, RowNest nest, List<Long> inputs, List<Long> outputs) {}

  private static Case softmax(
      DType type, Integer axis, Optional<Double> temperature, long... dims) {
    TensorType x = new TensorType(Shape.of(dims), type);
    var op = new SoftmaxOps.Softmax(axis, temperature);
    return softmax(op, x);
  }

  private static Case softmax(SoftmaxOps op, TensorType x) {
    long size = x.shape().size();
    RowNest nest = RowNests.of(op, List.of(x)).orElseThrow();
    return new Case(op + " of " + x, nest, List.of(size), List.of(size));
  }

  private static Access access(int operand, DType type, Long... strides) {
    return new Access(operand, type, 0, List.of(strides));
  }

  /** Mean and variance, then scale and shift; also gives mean and reciprocal deviation. */
  private static Case norm(DType type, long rows, long n) {
    Scalar x = Scalar.arg(0);
    Scalar mean = Scalar.arg(3);
    Scalar reciprocal = Scalar.arg(4);
    Scalar centred = x.minus(mean);
    Scalar deviation = reciprocal.times(1.0 / n).plus(EPSILON).map(Fn.SQRT);
    RowNest nest =
        new RowNest(
            List.of(rows),
            List.of(n),
            List.of(access(0, type, n, 1L), access(1, type, 0L, 1L), access(2, type, 0L, 1L)),
            List.of(
                new Stage(Reduction.SUM, x, mean.times(1.0 / n)),
                new Stage(Reduction.SUM, centred.times(centred), Scalar.of(1).over(deviation))),
            List.of(
                new Write(
                    access(0, type, n, 1L),
                    centred.times(reciprocal).times(Scalar.arg(1)).plus(Scalar.arg(2)))),
            List.of(
                new Write(access(1, DType.FLOAT32, 1L, 0L), mean),
                new Write(access(2, DType.FLOAT32, 1L, 0L), reciprocal)));
    return new Case(
        "norm of " + type + " " + rows + "x" + n,
        nest,
        List.of(rows * n, n, n),
        List.of(rows * n, rows, rows));
  }

  /** Several axes in a row, a position, a lookup, and stages that read stages. */
  private static Case mixed(long outer) {
    Scalar x = Scalar.arg(0);
    Scalar y = Scalar.arg(1);
    Scalar most = Scalar.arg(2);
    Scalar least = Scalar.arg(3);
    RowNest nest =
        new RowNest(
            List.of(outer, 3L),
            List.of(2L, 7L),
            List.of(
                access(0, DType.FLOAT32, 42L, 7L, 21L, 1L),
                new Access(
                    1,
                    DType.FLOAT32,
                    0,
                    List.of(0L, 0L, 0L, 0L),
                    List.of(new Index(new Iota(3).minus(1), 1, 7, Bounds.ZERO)))),
            List.of(
                new Stage(Reduction.MAX, x.plus(y), most),
                new Stage(Reduction.MIN, x.minus(most), least.plus(most)),
                new Stage(
                    Reduction.PROD,
                    x.times(1e-3).plus(1).plus(new Iota(2).times(1e-3)),
                    Scalar.arg(4).plus(new Iota(1)))),
            List.of(
                new Write(
                    access(0, DType.FLOAT32, 42L, 14L, 7L, 1L),
                    x.plus(least).times(Scalar.arg(4)).plus(y))),
            List.of());
    return new Case("mixed of " + outer, nest, List.of(42 * outer, 7L), List.of(42 * outer));
  }

  private static Case sample(OpSchema.Sample sample, RowNest nest) {
    return new Case(
        sample.op() + " of " + sample.types(),
        nest,
        sizes(sample.types()),
        sizes(Infer.outputs(sample.op(), "", sample.types())));
  }

  private static List<Long> sizes(List<TensorType> types) {
    return types.stream().map(type -> type.shape().size()).toList();
  }

  private static List<Case> cases() {
    var all = new ArrayList<Case>();
    Optional<Double> none = Optional.empty();
    for (DType type : List.of(DType.FLOAT32, DType.FLOAT16, DType.FLOAT64)) {
      all.add(softmax(type, -1, none, 64, 10));
      all.add(softmax(type, -1, Optional.of(2.5), 33, 1000));
      all.add(softmax(type, -1, none, 3, 4099));
      all.add(softmax(type, -1, none, 2, 20_000));
      all.add(softmax(type, 1, none, 4, 5, 9));
      all.add(softmax(type, 1, none, 2, 7, 5000));
      all.add(softmax(type, 0, none, 6, 1, 3));
      all.add(softmax(type, -1, none, 5, 1));
      all.add(softmax(type, -1, none, 12));
      all.add(softmax(new SoftmaxOps.LogSoftmax(-1, none), new TensorType(Shape.of(8, 300), type)));
      all.add(
          softmax(
              new SoftmaxOps.LogSoftmax(0, Optional.of(0.5)),
              new TensorType(Shape.of(50, 6), type)));
      all.add(norm(type, 7, 768));
      all.add(norm(type, 3, 1025));
      all.add(norm(type, 2, 16_384));
    }
    for (OpSchema.Sample sample : OperatorTable.samples()) {
      if (sample.op() instanceof Op.Composite op && !sample.inputs().isEmpty()) {
        RowNests.of(op, sample.types()).ifPresent(nest -> all.add(sample(sample, nest)));
      }
    }
    all.add(mixed(1));
    all.add(mixed(5));
    return all;
  }

  @TestFactory
  Stream<DynamicTest> everyRowNestAgreesWithItsDefinition() {
    return cases().stream().map(c -> DynamicTest.dynamicTest(c.name(), () -> compare(c)));
  }

  private static void compare(Case c) {
    Random random = new Random(SEED);
    try (Arena arena = Arena.ofShared()) {
      var inputs = new ArrayList<MemorySegment>();
      for (int i = 0; i < c.inputs().size(); i++) {
        DType type = c.nest().loads().get(i).dtype();
        MemorySegment data = arena.allocate(c.inputs().get(i) * type.bytes(), 64);
        for (long k = 0; k < c.inputs().get(i); k++) {
          type.write(data, k, random.nextDouble() * 8 - 4);
        }
        inputs.add(data);
      }
      List<Write> writes =
          Stream.concat(c.nest().stores().stream(), c.nest().results().stream()).toList();
      var results = new ArrayList<NestComparison.Result>();
      for (int k = 0; k < c.outputs().size(); k++) {
        DType type = writes.get(k).access().dtype();
        double tolerance = type == DType.FLOAT64 ? 1e-12 : type == DType.FLOAT16 ? 2e-3 : 5e-6;
        results.add(new NestComparison.Result(type, c.outputs().get(k), tolerance));
      }
      NestComparison.check(
          c.name() + ", seed " + SEED,
          GpuRows.of(c.nest(), inputs.size()),
          ReferenceBackend.rows(c.nest(), inputs.size()),
          inputs,
          results);
    }
  }

  @TestFactory
  Stream<DynamicTest> everyRowNestAssembles() {
    return cases().stream().map(c -> DynamicTest.dynamicTest(c.name(), () -> assemble(c)));
  }

  private static void assemble(Case c) {
    GpuKernels kernels = GpuRows.of(c.nest(), c.inputs().size());
    assertThat(kernels.launches()).hasSize(1);
    for (String architecture : Assembler.ARCHITECTURES) {
      String ptx = Ptx.compile(kernels.ir(), architecture);
      assertWithMessage("approximations").that(ptx).doesNotContainMatch("\\.approx|\\.ftz");
      for (Assembler.Use use : Assembler.assemble(ptx, architecture)) {
        assertWithMessage("%s on %s", use, architecture).that(use.spillBytes()).isEqualTo(0);
        assertWithMessage("%s on %s", use, architecture).that(use.registers()).isAtMost(128);
      }
    }
  }

  @Test
  void shortRowsAreReadOnceAndMovedTogether() {
    Case c = softmax(DType.FLOAT32, -1, Optional.empty(), 64, 512);
    String ptx = Ptx.compile(GpuRows.of(c.nest(), 1).ir(), "sm_80");

    assertThat(ptx).contains("st.global.v4.f32");
    // each of 32 threads takes 16 of 512
    assertThat(ptx.split("ld\\.global\\.nc\\.v4\\.f32", -1)).hasLength(1 + 4);
    assertThat(ptx).doesNotContain("ld.global.nc.f32");
    assertThat(ptx).doesNotContain("bar.sync");
  }

  @Test
  void nothingIsLaunchedForNoRows() {
    assertThat(GpuRows.of(softmax(DType.FLOAT32, -1, Optional.empty(), 0, 5).nest(), 1).launches())
        .isEmpty();
    assertThat(GpuRows.of(softmax(DType.FLOAT32, -1, Optional.empty(), 5, 0).nest(), 1).launches())
        .isEmpty();
  }
}
