package io.gluonj.backend.cuda;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;
import static io.gluonj.backend.cuda.GpuPoolingTest.window;

import io.gluonj.codegen.GpuBatchNorm;
import io.gluonj.codegen.GpuBoxSuppression;
import io.gluonj.codegen.GpuConvolution;
import io.gluonj.codegen.GpuCtc;
import io.gluonj.codegen.GpuGemm;
import io.gluonj.codegen.GpuPooling;
import io.gluonj.codegen.GpuRoiPooling;
import io.gluonj.codegen.GpuScatter;
import io.gluonj.llvm.Ptx;
import io.gluonj.op.BatchNormTraining;
import io.gluonj.op.BoxSuppression;
import io.gluonj.op.Conv;
import io.gluonj.op.CtcPaths;
import io.gluonj.op.MatMul;
import io.gluonj.op.MaxPool;
import io.gluonj.op.Pick;
import io.gluonj.op.RoiPooling;
import io.gluonj.op.SumPool;
import io.gluonj.op.Window;
import io.gluonj.ptx.Assembler;
import io.gluonj.types.DType;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The kernels at shapes that networks have, as NVIDIA's assembler sees them. */
final class GpuAssemblyTest {
  private static final Window K2 = window(List.of(2L, 2L), List.of(2L, 2L), List.of(0L, 0L));
  private static final Window K3 = window(List.of(3L, 3L), List.of(1L, 1L), List.of(1L, 1L));
  private static final Window K3S2 = window(List.of(3L, 3L), List.of(2L, 2L), List.of(1L, 1L));
  private static final Window K5 = window(List.of(5L, 5L), List.of(1L, 1L), List.of(0L, 0L));
  private static final Window VOLUME =
      window(List.of(3L, 3L, 3L), List.of(2L, 2L, 2L), List.of(1L, 1L, 1L));

  /** With 255 registers, more than 256 threads of a block would not fit. */
  private static final int MAX_REGISTERS = 128;

  private record Module(String name, String ir) {}

  private static List<Module> modules() {
    var all = new ArrayList<Module>();
    pool(all, "2x2", K2, Shape.of(64, 20, 24, 24), DType.FLOAT32);
    pool(all, "3x3 stride 2", K3S2, Shape.of(64, 64, 112, 112), DType.FLOAT32);
    pool(all, "3x3x3 stride 2", VOLUME, Shape.of(2, 8, 16, 16, 16), DType.BFLOAT16);
    pool(all, "beyond i32", K2, Shape.of(64, 256, 512, 512), DType.FLOAT16);
    convolve(all, "LeNet 5x5", K5, 1, Shape.of(64, 20, 12, 12), 50, DType.FLOAT32);
    convolve(all, "3x3", K3, 1, Shape.of(64, 64, 56, 56), 64, DType.FLOAT32);
    convolve(all, "depthwise", K3S2, 32, Shape.of(64, 32, 112, 112), 32, DType.FLOAT16);
    convolve(all, "volume", VOLUME, 1, Shape.of(2, 8, 16, 16, 16), 4, DType.FLOAT64);
    for (DType type : List.of(DType.FLOAT32, DType.FLOAT64, DType.FLOAT16, DType.BFLOAT16)) {
      product(all, type, false, false);
      product(all, type, true, false);
      product(all, type, false, true);
    }
    for (DType type : List.of(DType.FLOAT32, DType.FLOAT64, DType.BFLOAT16)) {
      TensorType x = new TensorType(Shape.of(64, 64, 56, 56), type);
      all.add(
          new Module(
              "batch norm " + type,
              GpuBatchNorm.forward(new BatchNormTraining(1e-5, false), x, type).ir()));
      all.add(
          new Module(
              "batch norm gradient " + type,
              GpuBatchNorm.grad(new BatchNormTraining.Grad(1e-5, false), x, type).ir()));
    }
    for (DType type : List.of(DType.FLOAT32, DType.FLOAT64, DType.BFLOAT16)) {
      var rows = new GpuScatter.Rows(50_000, 300, 8192, Pick.Mode.CLIP, type, DType.INT32);
      all.add(new Module("gather " + type, GpuScatter.gather(rows).ir()));
      all.add(new Module("scatter " + type, GpuScatter.add(rows).ir()));
      all.add(new Module("scatter atomically " + type, GpuScatter.addAtomically(rows).ir()));
    }
    for (DType type : List.of(DType.FLOAT32, DType.FLOAT64, DType.BFLOAT16)) {
      TensorType weights = new TensorType(Shape.of(500, 32, 5000), type);
      TensorType label = new TensorType(Shape.of(32, 100), DType.INT32);
      TensorType lengths = new TensorType(Shape.of(32), DType.INT32);
      List<TensorType> in = List.of(weights, label, lengths, lengths);
      TensorType maps = new TensorType(Shape.of(2, 512, 38, 50), type);
      RoiPooling rois = new RoiPooling(List.of(7L, 7L), 0.0625);
      TensorType regions = new TensorType(Shape.of(128, 5), DType.FLOAT32);
      all.add(new Module("regions " + type, GpuRoiPooling.of(rois, List.of(maps, regions)).ir()));
      List<TensorType> boxes =
          List.of(
              new TensorType(Shape.of(2, 6000, 4), type),
              new TensorType(Shape.of(2, 6000), type),
              new TensorType(Shape.of(2, 6000), type));
      all.add(
          new Module("boxes " + type, GpuBoxSuppression.of(new BoxSuppression(0.7), boxes).ir()));
      all.add(new Module("ctc " + type, GpuCtc.of(new CtcPaths(0), in).ir()));
    }
    return all;
  }

  private static void pool(List<Module> to, String name, Window window, Shape data, DType type) {
    to.add(new Module("max " + name, GpuPooling.max(new MaxPool(window), data, type).ir()));
    to.add(
        new Module(
            "max gradient " + name, GpuPooling.maxGrad(new MaxPool.Grad(window, data), type).ir()));
    to.add(new Module("sum " + name, GpuPooling.sum(new SumPool(window), data, type).ir()));
    to.add(
        new Module(
            "sum gradient " + name, GpuPooling.sumGrad(new SumPool.Grad(window, data), type).ir()));
  }

  private static void convolve(
      List<Module> to,
      String name,
      Window window,
      long groups,
      Shape data,
      long filters,
      DType type) {
    Shape weight =
        window.rank() == 2
            ? Shape.of(
                filters, data.dim(1) / groups, window.kernel().get(0), window.kernel().get(1))
            : Shape.of(filters, data.dim(1) / groups, 3, 3, 3);
    long limit = GpuConvolution.COLUMN_BYTES;
    to.add(
        new Module(
            "convolution " + name,
            GpuConvolution.forward(new Conv(window, groups, true), data, weight, type, limit)
                .ir()));
    to.add(
        new Module(
            "convolution's data gradient " + name,
            GpuConvolution.gradData(new Conv.GradData(window, groups, data), weight, type, limit)
                .ir()));
    to.add(
        new Module(
            "convolution's weight gradient " + name,
            GpuConvolution.gradWeight(
                    new Conv.GradWeight(window, groups, weight), data, type, limit)
                .ir()));
  }

  private static void product(List<Module> to, DType type, boolean ta, boolean tb) {
    MatMul op = new MatMul(ta, tb, true);
    Shape a = ta ? Shape.of(300, 500) : Shape.of(500, 300);
    Shape b = tb ? Shape.of(700, 300) : Shape.of(300, 700);
    to.add(new Module(op + " " + type, GpuGemm.of(GpuGemm.Product.of(op, a, b, type)).ir()));
  }

  @TestFactory
  Stream<DynamicTest> kernelsStayInRegisters() {
    return modules().stream()
        .flatMap(module ->
            Assembler.ARCHITECTURES.stream()
                .map(architecture ->
                    DynamicTest.dynamicTest(
                        module.name() + " for " + architecture,
                        () -> check(module, architecture))));
  }

  private static void check(Module module, String architecture) {
    List<Assembler.Use> uses =
        Assembler.assemble(Ptx.compile(module.ir(), architecture), architecture);
    assertThat(uses).isNotEmpty();
    for (Assembler.Use use : uses) {
      assertWithMessage(use.toString()).that(use.spillBytes()).isEqualTo(0);
      assertWithMessage(use.toString()).that(use.stackBytes()).isEqualTo(0);
      assertWithMessage(use.toString()).that(use.registers()).isAtMost(MAX_REGISTERS);
    }
  }
}
