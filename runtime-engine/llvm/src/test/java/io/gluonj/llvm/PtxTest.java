package io.gluonj.llvm;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PtxTest {
  private static final String KERNEL =
      """
      declare i32 @llvm.nvvm.read.ptx.sreg.tid.x()
      define ptx_kernel void @twice(ptr addrspace(1) %p) {
        %t = call i32 @llvm.nvvm.read.ptx.sreg.tid.x()
        %q = getelementptr inbounds float, ptr addrspace(1) %p, i32 %t
        %a = load float, ptr addrspace(1) %q, align 4
        %b = fadd float %a, %a
        store float %b, ptr addrspace(1) %q, align 4
        ret void
      }
      """;

  @ParameterizedTest
  @CsvSource({"7,5,sm_75", "8,9,sm_89", "9,0,sm_90", "10,0,sm_90", "12,1,sm_90", "5,1,sm_50"})
  void newestArchitectureThatTheGpuRunsIsChosen(int major, int minor, String architecture) {
    assertThat(Ptx.architecture(major, minor)).isEqualTo(architecture);
  }

  @Test
  void oldGpuIsRefused() {
    assertThat(assertThrows(IllegalArgumentException.class, () -> Ptx.architecture(3, 7)))
        .hasMessageThat()
        .contains("compute capability 3.7");
  }

  @Test
  void kernelBecomesPtxOfVersion8() {
    String ptx = Ptx.compile(KERNEL, "sm_75");

    assertThat(ptx).contains(".version 8.0");
    assertThat(ptx).contains(".target sm_75");
    assertThat(ptx).contains(".visible .entry twice(");
    assertThat(ptx).contains("ld.global.f32");
    assertThat(ptx).contains("%tid.x");
  }

  @Test
  void unknownArchitectureIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> Ptx.compile(KERNEL, "sm_100"));
  }

  @Test
  void errorInTheTextNamesTheLine() {
    IrException e =
        assertThrows(
            IrException.class, () -> Ptx.compile("define void @f() {\n  rat void\n}", "sm_80"));

    assertThat(e.line()).isEqualTo(2);
  }
}
