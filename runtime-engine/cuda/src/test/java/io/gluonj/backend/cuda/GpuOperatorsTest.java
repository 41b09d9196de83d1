package io.gluonj.backend.cuda;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import io.gluonj.backend.Kernel;
import io.gluonj.backend.reference.ReferenceBackend;
import io.gluonj.codegen.GpuKernels;
import io.gluonj.codegen.GpuLoops;
import io.gluonj.llvm.Ptx;
import io.gluonj.op.Infer;
import io.gluonj.op.LoopNest;
import io.gluonj.op.Nests;
import io.gluonj.op.Op;
import io.gluonj.op.OpSchema.Sample;
import io.gluonj.op.OpSchema.SampleInput;
import io.gluonj.ptx.Assembler;
import io.gluonj.testing.OperatorTable;
import io.gluonj.types.DType;
import io.gluonj.types.Device;
import io.gluonj.types.TensorType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every sample of every pointwise and structural operator, also in float64: its kernels become
 * machine code for every architecture, and compute its definition. What each kernel needs is left
 * in {@code target/gpu-kernels.csv}.
 */
final class GpuOperatorsTest {
  private static final long SEED = 41;
  private static final ReferenceBackend REFERENCE = new ReferenceBackend();
  private static final Path TABLE = Path.of("target", "gpu-kernels.csv");

  /** Written by the tests, which run one after another. */
  private static final List<String> USES = new ArrayList<>();

  /** An operator and what it is applied to. */
  private record Application(Op op, List<SampleInput> inputs) {
    List<TensorType> in() {
      return inputs.stream().map(SampleInput::type).toList();
    }

    List<TensorType> out() {
      return Infer.outputs(op, "", in());
    }

    List<LoopNest> nests() {
      return switch (op) {
        case Op.Pointwise pointwise -> List.of(Nests.pointwise(pointwise, in(), out()));
        case Op.Structural structural -> structural.nests(in(), out());
        case Op.Composite _, Op.Library _, Op.Dynamic _, Op.Custom _ -> List.of();
      };
    }

    @Override
    public String toString() {
      return op + " of " + in();
    }
  }

  private static Stream<Application> applications() {
    return OperatorTable.samples().stream()
        .filter(s -> s.op() instanceof Op.Pointwise || s.op() instanceof Op.Structural)
        .flatMap(s -> Stream.of(new Application(s.op(), s.inputs()), wide(s)))
        .distinct();
  }

  /** The same with float64 for float32. */
  private static Application wide(Sample sample) {
    return new Application(
        sample.op(),
        sample.inputs().stream()
            .map(i ->
                new SampleInput(
                    i.type().dtype() == DType.FLOAT32
                        ? new TensorType(i.type().shape(), DType.FLOAT64)
                        : i.type(),
                    i.low(),
                    i.high()))
            .toList());
  }

  @TestFactory
  Stream<DynamicTest> everySampleAssembles() {
    return applications().map(a -> DynamicTest.dynamicTest(a.toString(), () -> assemble(a)));
  }

  private static void assemble(Application a) {
    for (LoopNest nest : a.nests()) {
      GpuKernels kernels = GpuLoops.of(nest, a.inputs().size());
      for (String architecture : Assembler.ARCHITECTURES) {
        if (kernels.launches().isEmpty()) {
          continue;
        }
        String ptx = Ptx.compile(kernels.ir(), architecture);
        assertWithMessage("approximations").that(ptx).doesNotContainMatch("\\.approx|\\.ftz");
        List<Assembler.Use> uses = Assembler.assemble(ptx, architecture);
        assertThat(uses).hasSize(kernels.launches().size());
        for (Assembler.Use use : uses) {
          assertWithMessage("%s on %s", use, architecture).that(use.spillBytes()).isEqualTo(0);
          USES.add(
              "\"%s\",%s,%s,%d,%d,%d"
                  .formatted(
                      a,
                      architecture,
                      use.kernel(),
                      use.registers(),
                      use.stackBytes(),
                      use.spillBytes()));
        }
      }
    }
  }

  @AfterAll
  static void leaveTable() {
    try {
      Files.createDirectories(TABLE.getParent());
      var lines = new ArrayList<>(List.of("operator,architecture,kernel,registers,stack,spills"));
      lines.addAll(USES);
      Files.write(TABLE, lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @TestFactory
  Stream<DynamicTest> everySampleAgreesWithItsDefinition() {
    return applications().map(a -> DynamicTest.dynamicTest(a.toString(), () -> compare(a)));
  }

  private static void compare(Application a) {
    Random random = new Random(SEED);
    try (Arena arena = Arena.ofShared()) {
      var inputs = new ArrayList<MemorySegment>();
      for (SampleInput input : a.inputs()) {
        MemorySegment data = arena.allocate(Math.max(1, input.type().bytes()), 64);
        for (long i = 0; i < input.type().shape().size(); i++) {
          double x = input.low() + random.nextDouble() * (input.high() - input.low());
          input.type().dtype().write(data, i, x);
        }
        inputs.add(data);
      }
      for (LoopNest nest : a.nests()) {
        Kernel definition = REFERENCE.loops(Device.reference(), nest, inputs.size());
        NestComparison.check(
            a + ", seed " + SEED,
            GpuLoops.of(nest, inputs.size()),
            definition,
            inputs,
            a.out().stream().map(type -> result(nest, type)).toList());
      }
    }
  }

  private static NestComparison.Result result(LoopNest nest, TensorType type) {
    boolean wide = nest.compute() == DType.FLOAT64 && type.dtype() == DType.FLOAT64;
    return new NestComparison.Result(type.dtype(), type.shape().size(), wide ? 1e-13 : 2e-6);
  }
}
