package io.gluonj.ptx;

import static com.google.common.truth.Truth.assertThat;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gluonj.llvm.Ptx;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Whole kernels, most of them compiled from LLVM IR as the backend does it. */
final class PtxMachineTest {
  private static final String SUM =
      """
      @part = internal addrspace(3) global [8 x float] undef, align 4
      declare i32 @llvm.nvvm.read.ptx.sreg.tid.x()
      declare i32 @llvm.nvvm.read.ptx.sreg.ctaid.x()
      declare void @llvm.nvvm.barrier0()
      declare float @llvm.nvvm.shfl.sync.bfly.f32(i32, float, i32, i32)
      define ptx_kernel void @sum(ptr addrspace(1) %x, ptr addrspace(1) %y) {
        %t = call i32 @llvm.nvvm.read.ptx.sreg.tid.x()
        %b = call i32 @llvm.nvvm.read.ptx.sreg.ctaid.x()
        %o = mul i32 %b, 256
        %i = add i32 %o, %t
        %p = getelementptr float, ptr addrspace(1) %x, i32 %i
        %v0 = load float, ptr addrspace(1) %p
        %s1 = call float @llvm.nvvm.shfl.sync.bfly.f32(i32 -1, float %v0, i32 16, i32 31)
        %v1 = fadd float %v0, %s1
        %s2 = call float @llvm.nvvm.shfl.sync.bfly.f32(i32 -1, float %v1, i32 8, i32 31)
        %v2 = fadd float %v1, %s2
        %s3 = call float @llvm.nvvm.shfl.sync.bfly.f32(i32 -1, float %v2, i32 4, i32 31)
        %v3 = fadd float %v2, %s3
        %s4 = call float @llvm.nvvm.shfl.sync.bfly.f32(i32 -1, float %v3, i32 2, i32 31)
        %v4 = fadd float %v3, %s4
        %s5 = call float @llvm.nvvm.shfl.sync.bfly.f32(i32 -1, float %v4, i32 1, i32 31)
        %v5 = fadd float %v4, %s5
        %w = lshr i32 %t, 5
        %l = and i32 %t, 31
        %first = icmp eq i32 %l, 0
        %slot = getelementptr float, ptr addrspace(3) @part, i32 %w
        br i1 %first, label %put, label %wait
      put:
        store float %v5, ptr addrspace(3) %slot
        br label %wait
      wait:
        BARRIER
        %leader = icmp eq i32 %t, 0
        br i1 %leader, label %loop, label %done
      loop:
        %k = phi i32 [ 0, %wait ], [ %k1, %loop ]
        %a = phi float [ 0.0, %wait ], [ %a1, %loop ]
        %q = getelementptr float, ptr addrspace(3) @part, i32 %k
        %z = load float, ptr addrspace(3) %q
        %a1 = fadd float %a, %z
        %k1 = add i32 %k, 1
        %more = icmp ult i32 %k1, 8
        br i1 %more, label %loop, label %end
      end:
        %r = getelementptr float, ptr addrspace(1) %y, i32 %b
        store float %a1, ptr addrspace(1) %r
        br label %done
      done:
        ret void
      }
      """;

  private static String sum(boolean barrier) {
    return Ptx.compile(
        SUM.replace("BARRIER", barrier ? "call void @llvm.nvvm.barrier0()" : ""), "sm_80");
  }

  @Test
  void blockReductionSumsEveryBlock() {
    try (var machine = new PtxMachine()) {
      MemorySegment x = machine.allocate(4 * 1024);
      MemorySegment y = machine.allocate(4 * 4);
      for (int i = 0; i < 1024; i++) {
        x.setAtIndex(JAVA_FLOAT, i, i % 7);
      }
      machine.run(sum(true), "sum", 4, 256, x.address(), y.address());
      for (int b = 0; b < 4; b++) {
        float expected = 0;
        for (int i = 256 * b; i < 256 * (b + 1); i++) {
          expected += i % 7;
        }
        assertThat(y.getAtIndex(JAVA_FLOAT, b)).isEqualTo(expected);
      }
    }
  }

  @Test
  void missingBarrierGivesWrongNumbers() {
    try (var machine = new PtxMachine()) {
      MemorySegment x = machine.allocate(4 * 256);
      MemorySegment y = machine.allocate(4);
      for (int i = 0; i < 256; i++) {
        x.setAtIndex(JAVA_FLOAT, i, 1);
      }
      machine.run(sum(false), "sum", 1, 256, x.address(), y.address());
      assertThat(y.getAtIndex(JAVA_FLOAT, 0)).isNotEqualTo(256f);
    }
  }

  private static String kernel(String body) {
    return """
    .version 8.0
    .target sm_80
    .address_size 64
    .visible .entry k(.param .u64 k_param_0)
    {
    .reg .pred %%p<4>; .reg .b32 %%r<8>; .reg .f32 %%f<4>; .reg .b64 %%rd<4>;
    .shared .align 4 .b8 buffer[64];
    ld.param.u64 %%rd1, [k_param_0];
    mov.u32 %%r1, %%tid.x;
    %s
    ret;
    }
    """
        .formatted(body);
  }

  private static String fault(String body, int threads) {
    try (var machine = new PtxMachine()) {
      MemorySegment x = machine.allocate(4 * 32);
      PtxException fault =
          assertThrows(
              PtxException.class, () -> machine.run(kernel(body), "k", 1, threads, x.address()));
      return String.valueOf(fault.getMessage());
    }
  }

  @Test
  void writeBehindTheEndIsNamed() {
    String message =
        fault(
            "mul.wide.s32 %rd2, %r1, 4;\nadd.s64 %rd3, %rd1, %rd2;\nst.global.u32 [%rd3], %r1;",
            33);
    assertThat(message).contains("Kernel 'k', PTX line 12 (st.global.u32), block (0, 0, 0)");
    assertThat(message).contains("thread (32, 0, 0)");
    assertThat(message).contains("lies in no allocation");
  }

  @Test
  void misalignedReadIsNamed() {
    assertThat(fault("ld.global.u32 %r2, [%rd1+2];", 1)).contains("is not aligned to 4 bytes");
  }

  @Test
  void nullReadIsNamed() {
    assertThat(fault("mov.u64 %rd2, 0;\nld.global.u32 %r2, [%rd2];", 1))
        .contains("address 0x0 lies in no allocation");
  }

  @Test
  void sharedMemoryHasBounds() {
    assertThat(fault("st.shared.u32 [buffer+64], %r1;", 1))
        .contains("shared address 0x40 (4 bytes) lies outside its 64 bytes");
  }

  @Test
  void barrierThatSomeThreadsMissIsAnError() {
    String message = fault("setp.eq.s32 %p1, %r1, 3;\n@%p1 bra $OUT;\nbar.sync 0;\n$OUT:", 64);
    assertThat(message).contains("63 of 64 threads have come here, 1 have left");
  }

  @Test
  void shuffleWithLanesThatLeftIsAnError() {
    String message =
        fault("setp.eq.s32 %p1, %r1, 3;\n@%p1 ret;\nshfl.sync.idx.b32 %r2, %r1, 0, 31, -1;", 32);
    assertThat(message).contains("lane 3 of its membermask has left");
  }

  @Test
  void unknownInstructionNamesItsLine() {
    assertThat(fault("frobnicate.b32 %r2, %r1;", 1))
        .contains("PTX line 10: frobnicate.b32 is not known");
  }

  @Test
  void calledFunctionsReturnValues() {
    String ptx =
        """
        .version 8.0
        .target sm_80
        .address_size 64
        .global .align 4 .u32 table[4] = {10, 20, 30, 40};
        .func (.param .b32 retval0) pick(.param .b32 pick_param_0)
        {
        .reg .b32 %r<4>; .reg .b64 %rd<4>; .reg .pred %p<2>;
        ld.param.u32 %r1, [pick_param_0];
        setp.gt.u32 %p1, %r1, 3;
        @%p1 bra $L1;
        mul.wide.u32 %rd1, %r1, 4;
        mov.u64 %rd2, table;
        add.s64 %rd3, %rd2, %rd1;
        ld.global.u32 %r2, [%rd3];
        st.param.b32 [retval0], %r2;
        ret;
        $L1:
        st.param.b32 [retval0], -1;
        ret;
        }
        .visible .entry k(.param .u64 k_param_0)
        {
        .reg .b32 %r<4>; .reg .b64 %rd<4>;
        ld.param.u64 %rd1, [k_param_0];
        mov.u32 %r1, %tid.x;
        { // callseq 0, 0
        .param .b32 param0;
        st.param.b32 [param0], %r1;
        .param .b32 retval0;
        call.uni (retval0), pick, (param0);
        ld.param.b32 %r2, [retval0];
        }
        mul.wide.u32 %rd2, %r1, 4;
        add.s64 %rd3, %rd1, %rd2;
        st.global.u32 [%rd3], %r2;
        ret;
        }
        """;
    try (var machine = new PtxMachine()) {
      MemorySegment x = machine.allocate(4 * 5);
      machine.run(ptx, "k", 1, 5, x.address());
      assertThat(x.toArray(JAVA_INT)).isEqualTo(new int[] {10, 20, 30, 40, -1});
    }
  }

  /** The halves of one register, each into a predicate of its own. */
  @Test
  void pairsOfHalvesAreComparedApart() {
    String ptx =
        """
        .version 8.0
        .target sm_80
        .address_size 64
        .visible .entry k(.param .u64 k_param_0)
        {
        .reg .b32 %r<8>; .reg .b64 %rd<4>; .reg .pred %p<8>;
        ld.param.u64 %rd1, [k_param_0];
        ld.global.u32 %r1, [%rd1];
        ld.global.u32 %r2, [%rd1+4];
        setp.gt.f16x2 %p1|%p2, %r1, %r2;
        setp.gt.bf16x2 %p3|%p4, %r1, %r2;
        selp.u32 %r3, 1, 0, %p1;
        selp.u32 %r4, 1, 0, %p2;
        selp.u32 %r5, 1, 0, %p3;
        selp.u32 %r6, 1, 0, %p4;
        st.global.u32 [%rd1+8], %r3;
        st.global.u32 [%rd1+12], %r4;
        st.global.u32 [%rd1+16], %r5;
        st.global.u32 [%rd1+20], %r6;
        ret;
        }
        """;
    int one = 0x3c00; // as a bfloat16 it is 0.0078
    int nan = 0x7e00; // as a bfloat16 it is 4.3e37
    try (var machine = new PtxMachine()) {
      MemorySegment x = machine.allocate(4 * 6);
      x.setAtIndex(JAVA_INT, 0, nan << 16 | one);
      x.setAtIndex(JAVA_INT, 1, one << 16);
      machine.run(ptx, "k", 1, 1, x.address());
      int[] after = x.toArray(JAVA_INT);
      assertThat(Arrays.copyOfRange(after, 2, 6)).isEqualTo(new int[] {1, 0, 1, 1});
    }
  }
}
