package io.gluonj.backend.cpu;

import io.gluonj.backend.Kernel;
import io.gluonj.codegen.HostLoops;
import io.gluonj.llvm.JitModule;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** A compiled loop nest: called directly while it is small, else on the whole pool. */
final class LoopKernel implements Kernel {
  /**
   * A region costs a microsecond while its threads are awake, and to wake them up a hundred; what
   * one thread does in less than this is not worth the risk.
   */
  private static final double TEAM_NANOSECONDS = 20_000;

  /** The same where its threads have just worked. */
  static final double AWAKE_NANOSECONDS = 6_000;

  /** The garbage collector waits for a critical call, so only short ones are made. */
  private static final double CRITICAL_NANOSECONDS = 50_000;

  private static final FunctionDescriptor RUN =
      FunctionDescriptor.ofVoid(
          ValueLayout.ADDRESS, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG);
  private static final MethodHandle CRITICAL =
      Linker.nativeLinker().downcallHandle(RUN, Linker.Option.critical(true));
  private static final MethodHandle DIRECT = Linker.nativeLinker().downcallHandle(RUN);

  /** What a team is told before the addresses. */
  private static final int NUMBERS = 2;

  /** Memory of a thread for the addresses of one call; grows. */
  private static final ThreadLocal<MemorySegment> ARGUMENTS =
      ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(ValueLayout.JAVA_LONG, 64));

  private enum Mode {
    NOTHING,
    CRITICAL,
    DIRECT,
    TEAM
  }

  private final CpuRuntime runtime;
  private final MemorySegment run;
  private final MemorySegment team;
  private final long units;
  private final long extent;
  private final Mode mode;

  LoopKernel(CpuRuntime runtime, HostLoops loops) {
    this(runtime, loops, TEAM_NANOSECONDS);
  }

  LoopKernel(CpuRuntime runtime, HostLoops loops, double teamNanoseconds) {
    this.runtime = runtime;
    this.units = loops.units();
    this.extent = loops.extent();
    this.mode = mode(loops, runtime.pool().threads(), teamNanoseconds);
    JitModule module = runtime.jit().compile(loops.ir()); // never closed: the Jit owns the code
    this.run = module.address(HostLoops.RUN);
    this.team = module.address(HostLoops.TEAM);
  }

  private static Mode mode(HostLoops loops, int threads, double teamNanoseconds) {
    if (loops.units() == 0) {
      return Mode.NOTHING;
    }
    if (threads > 1 && loops.units() > 1 && loops.nanoseconds() > teamNanoseconds) {
      return Mode.TEAM;
    }
    return loops.nanoseconds() > CRITICAL_NANOSECONDS ? Mode.DIRECT : Mode.CRITICAL;
  }

  @Override
  public void run(long[] addresses) {
    try {
      switch (mode) {
        case NOTHING -> {}
        case CRITICAL ->
            CRITICAL.invokeExact(run, MemorySegment.ofArray(addresses), 0L, units, extent);
        case DIRECT -> {
          MemorySegment data = arguments(addresses);
          DIRECT.invokeExact(run, data.asSlice(NUMBERS * Long.BYTES), 0L, units, extent);
        }
        case TEAM -> runtime.pool().parallel(team, arguments(addresses));
      }
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable t) {
      throw new AssertionError("compiled code throws no Java exceptions", t);
    }
  }

  /** The number of units, the extent, then the addresses. */
  private MemorySegment arguments(long[] addresses) {
    MemorySegment data = ARGUMENTS.get();
    long needed = ((long) addresses.length + NUMBERS) * Long.BYTES;
    if (data.byteSize() < needed) {
      data = Arena.ofAuto().allocate(2 * needed, Long.BYTES);
      ARGUMENTS.set(data);
    }
    data.set(ValueLayout.JAVA_LONG, 0, units);
    data.set(ValueLayout.JAVA_LONG, Long.BYTES, extent);
    MemorySegment.copy(
        addresses, 0, data, ValueLayout.JAVA_LONG, NUMBERS * Long.BYTES, addresses.length);
    return data;
  }

  @Override
  public String toString() {
    return "loops " + mode + " at " + run.address();
  }
}
