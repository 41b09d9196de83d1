package io.gluonj.backend.cuda;

import io.gluonj.llvm.Jit;
import io.gluonj.llvm.JitModule;
import io.gluonj.llvm.ObjectCache;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs the IR of GPU kernels on the processor, compiled for it: blocks one after another, their
 * threads too unless they wait for each other, when each gets a thread of this computer. Tests what
 * a kernel computes at shapes that an interpreter is too slow for; what becomes of it in PTX is not
 * its business.
 */
final class HostGrid implements AutoCloseable {
  private static final Pattern KERNEL =
      Pattern.compile("define ptx_kernel void @(\\w+)\\(([^)]*)\\)[^{]*\\{");
  private static final String BARRIER = "call void @llvm.nvvm.barrier0()";
  private static final Linker LINKER = Linker.nativeLinker();

  /** Bytes of a {@code pthread_barrier_t}, at least. */
  private static final long BARRIER_BYTES = 128;

  private static final MethodHandle INIT_BARRIER =
      LINKER.downcallHandle(
          LINKER.defaultLookup().findOrThrow("pthread_barrier_init"),
          FunctionDescriptor.of(
              ValueLayout.JAVA_INT,
              ValueLayout.ADDRESS,
              ValueLayout.ADDRESS,
              ValueLayout.JAVA_INT));

  private final String ir;
  private final Jit jit = new Jit(ObjectCache.none());
  private final JitModule module;

  HostGrid(String ir) {
    this.ir = ir;
    this.module = jit.compile(forHost(ir));
  }

  private static String forHost(String ir) {
    var entries = new StringBuilder();
    Matcher kernels = KERNEL.matcher(ir);
    while (kernels.find()) {
      entries.append(entry(kernels.group(1), kernels.group(2).split(",").length));
    }
    return "declare i32 @pthread_barrier_wait(ptr)\n"
        + KERNEL
            .matcher(ir)
            .replaceAll("define void @$1($2, i32 %sim.tid, i32 %sim.bid, ptr %sim.barrier) {")
            .replace("call i32 @llvm.nvvm.read.ptx.sreg.tid.x()", "add i32 %sim.tid, 0")
            .replace("call i32 @llvm.nvvm.read.ptx.sreg.ctaid.x()", "add i32 %sim.bid, 0")
            .replace(BARRIER, "call i32 @pthread_barrier_wait(ptr %sim.barrier)")
            .replaceAll("declare [^\\n]*@llvm\\.nvvm[^\\n]*\\n", "")
            .replace("addrspace(3) ", "")
        + entries;
  }

  /** A function that takes the kernel's pointers from an array. */
  private static String entry(String kernel, int parameters) {
    var text =
        new StringBuilder(
            "define void @%s.entry(ptr %%pointers, i32 %%tid, i32 %%bid, ptr %%barrier) {\n"
                .formatted(kernel));
    var arguments = new StringBuilder();
    for (int i = 0; i < parameters; i++) {
      text.append("  %%s%d = getelementptr i64, ptr %%pointers, i64 %d\n".formatted(i, i));
      text.append("  %%p%d = load ptr, ptr %%s%d\n".formatted(i, i));
      arguments.append("ptr %p").append(i).append(", ");
    }
    return text.append("  call void @")
        .append(kernel)
        .append("(")
        .append(arguments)
        .append("i32 %tid, i32 %bid, ptr %barrier)\n  ret void\n}\n")
        .toString();
  }

  void launch(String function, long[] pointers, long blocks, int threads) {
    MethodHandle entry =
        LINKER.downcallHandle(
            module.address(function + ".entry"),
            FunctionDescriptor.ofVoid(
                ValueLayout.ADDRESS,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT,
                ValueLayout.ADDRESS));
    try (Arena arena = Arena.ofShared()) {
      MemorySegment array = arena.allocateFrom(ValueLayout.JAVA_LONG, pointers);
      MemorySegment barrier = arena.allocate(BARRIER_BYTES, 64);
      if (waits(function)) {
        together(entry, array, barrier, blocks, threads);
      } else {
        for (int block = 0; block < blocks; block++) {
          for (int thread = 0; thread < threads; thread++) {
            entry.invokeExact(array, thread, block, barrier);
          }
        }
      }
    } catch (Throwable e) {
      throw new AssertionError("kernel " + function, e);
    }
  }

  private boolean waits(String function) {
    int from = ir.indexOf("@" + function + "(");
    return ir.substring(from, ir.indexOf("\n}\n", from)).contains(BARRIER);
  }

  private static void together(
      MethodHandle entry, MemorySegment array, MemorySegment barrier, long blocks, int threads)
      throws Throwable {
    int _ = (int) INIT_BARRIER.invokeExact(barrier, MemorySegment.NULL, threads);
    CyclicBarrier between = new CyclicBarrier(threads);
    AtomicReference<Throwable> failure = new AtomicReference<>();
    List<Thread> team = new ArrayList<>();
    for (int thread = 0; thread < threads; thread++) {
      int tid = thread;
      team.add(
          Thread.ofPlatform()
              .start(() -> {
                try {
                  for (int block = 0; block < blocks; block++) {
                    entry.invokeExact(array, tid, block, barrier);
                    awaitAll(between);
                  }
                } catch (Throwable e) {
                  failure.set(e);
                }
              }));
    }
    for (Thread thread : team) {
      thread.join();
    }
    if (failure.get() != null) {
      throw failure.get();
    }
  }

  private static void awaitAll(CyclicBarrier barrier) throws InterruptedException {
    try {
      barrier.await();
    } catch (BrokenBarrierException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    module.close();
    jit.close();
  }
}
