package io.gluonj.backend.cuda;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import io.gluonj.codegen.GpuKernels;
import io.gluonj.codegen.GpuLoops;
import io.gluonj.llvm.Ptx;
import io.gluonj.ptx.Assembler;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Kernels of loop nests become machine code for every architecture. */
final class GpuLoopsAssemblyTest {
  @TestFactory
  Stream<DynamicTest> everyNestAssembles() {
    return NestTable.cases().stream()
        .filter(c -> c.nest().outer() > 0)
        .map(c -> DynamicTest.dynamicTest(c.name(), () -> assemble(c)));
  }

  private static void assemble(NestTable.Case c) {
    GpuKernels kernels = GpuLoops.of(c.nest(), c.inputs().size());
    for (String architecture : Assembler.ARCHITECTURES) {
      String ptx = Ptx.compile(kernels.ir(), architecture);
      assertWithMessage("approximations").that(ptx).doesNotContainMatch("\\.approx|\\.ftz");
      List<Assembler.Use> uses = Assembler.assemble(ptx, architecture);
      assertThat(uses).hasSize(kernels.launches().size());
      for (Assembler.Use use : uses) {
        assertWithMessage("%s on %s", use, architecture).that(use.spillBytes()).isEqualTo(0);
        if (c.common()) {
          assertWithMessage("%s on %s", use, architecture).that(use.registers()).isAtMost(64);
        }
      }
    }
  }

  private static String ptx(String name) {
    NestTable.Case found =
        NestTable.cases().stream().filter(c -> c.name().equals(name)).findFirst().orElseThrow();
    return Ptx.compile(GpuLoops.of(found.nest(), found.inputs().size()).ir(), "sm_80");
  }

  @Test
  void neighboursAreMovedTogether() {
    for (String name : List.of("add 1024", "add 100003", "bias of channels")) {
      assertWithMessage(name).that(ptx(name)).contains("ld.global.nc.v4.f32");
      assertWithMessage(name).that(ptx(name)).contains("st.global.v4.f32");
    }
  }

  @Test
  void positionsThatFitAreNarrow() {
    assertThat(ptx("bias of channels")).doesNotContainMatch("(div|rem|mul\\.lo|mul\\.hi)\\.[su]64");
    assertThat(ptx("add of very many")).containsMatch("mad\\.wide|mul\\.wide|\\.[su]64");
  }

  @Test
  void nothingIsLaunchedForNothing() {
    NestTable.cases().stream()
        .filter(c -> c.nest().outer() == 0)
        .forEach(c -> assertThat(GpuLoops.of(c.nest(), 1).launches()).isEmpty());
  }
}
