package io.gluonj.ptx;

import io.gluonj.codegen.GpuGemm;
import io.gluonj.codegen.GpuKernels;
import io.gluonj.llvm.Ptx;
import io.gluonj.op.MatMul;
import io.gluonj.types.DType;
import io.gluonj.types.Shape;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;

/** How fast the machine runs: {@code java … io.gluonj.ptx.MachineBenchmark}. */
final class MachineBenchmark {
  private static final String POLYNOMIAL =
      """
      declare i32 @llvm.nvvm.read.ptx.sreg.tid.x()
      declare i32 @llvm.nvvm.read.ptx.sreg.ctaid.x()
      define ptx_kernel void @k(ptr addrspace(1) %x, ptr addrspace(1) %y) {
        %t = call i32 @llvm.nvvm.read.ptx.sreg.tid.x()
        %b = call i32 @llvm.nvvm.read.ptx.sreg.ctaid.x()
        %o = mul i32 %b, 256
        %i = add i32 %o, %t
        %p = getelementptr float, ptr addrspace(1) %x, i32 %i
        %v = load float, ptr addrspace(1) %p
        br label %loop
      loop:
        %n = phi i32 [ 0, %0 ], [ %n1, %loop ]
        %a = phi float [ %v, %0 ], [ %a3, %loop ]
        %a1 = fmul float %a, %v
        %a2 = fadd float %a1, 0.5
        %a3 = fmul float %a2, %a2
        %n1 = add i32 %n, 1
        %more = icmp ult i32 %n1, 64
        br i1 %more, label %loop, label %end
      end:
        %q = getelementptr float, ptr addrspace(1) %y, i32 %i
        store float %a3, ptr addrspace(1) %q
        ret void
      }
      """;

  private MachineBenchmark() {}

  /** Prints instructions per second and per thread of the JVM. */
  public static void main(String[] args) {
    try (var machine = new PtxMachine().workers(1)) {
      measure(machine, "arithmetic", Ptx.compile(POLYNOMIAL, "sm_80"), "k", 256, 256, 65536, 2);
      var product =
          GpuGemm.Product.of(
              new MatMul(false, false, false),
              Shape.of(256, 256),
              Shape.of(256, 256),
              DType.FLOAT32);
      GpuKernels gemm = GpuGemm.of(product);
      List<GpuKernels.Launch> launches = gemm.launches();
      GpuKernels.Launch first = launches.getFirst();
      measure(
          machine,
          "tiled product",
          Ptx.compile(gemm.ir(), "sm_80"),
          first.function(),
          (int) first.blocks(),
          first.threads(),
          65536,
          first.operands().size());
    }
  }

  /** One worker is the calling thread; its own time holds on a busy machine too. */
  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static void measure(
      PtxMachine machine,
      String what,
      String ptx,
      String kernel,
      int blocks,
      int threads,
      int elements,
      int operands) {
    try (Arena arena = Arena.ofShared()) {
      var module = new PtxModule(ptx, arena);
      var pointers = new long[operands];
      for (int i = 0; i < operands; i++) {
        MemorySegment memory = machine.allocate(4L * elements);
        memory.fill((byte) 0);
        pointers[i] = memory.address();
      }
      for (int run = 0; run < 8; run++) {
        long before = machine.executed();
        long start = cpuNanos();
        machine.launch(module, kernel, Dim.of(blocks), Dim.of(threads), 0, pointers);
        double seconds = (cpuNanos() - start) / 1e9;
        long count = machine.executed() - before;
        System.out.printf(
            Locale.ROOT,
            "%s: %.1f million instructions in %.0f ms of a processor, %.0f million/s%n",
            what,
            count / 1e6,
            seconds * 1e3,
            count / 1e6 / seconds);
      }
    }
  }
}
