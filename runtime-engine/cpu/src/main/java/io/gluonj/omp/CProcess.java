package io.gluonj.omp;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * What the C library knows of this process: its environment, and the processors a thread may run
 * on.
 */
final class CProcess {
  /** Bytes of a processor mask: 8192 processors. */
  private static final long MASK = 1024;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final MethodHandle SETENV =
      LINKER.downcallHandle(
          LINKER.defaultLookup().findOrThrow("setenv"),
          FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT));
  private static final MethodHandle GET_AFFINITY = affinity("sched_getaffinity");
  private static final MethodHandle SET_AFFINITY = affinity("sched_setaffinity");

  /**
   * {@code void free(void *)}, which does nothing when given null: an empty body for a parallel
   * region.
   */
  static final MemorySegment FREE = LINKER.defaultLookup().findOrThrow("free");

  private CProcess() {}

  private static MethodHandle affinity(String name) {
    return LINKER.downcallHandle(
        LINKER.defaultLookup().findOrThrow(name),
        FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS));
  }

  /** Sets an environment variable of the process; {@link System#getenv} does not see it. */
  static void setEnvironment(String name, String value) {
    try (Arena arena = Arena.ofConfined()) {
      int failed = (int) SETENV.invokeExact(arena.allocateFrom(name), arena.allocateFrom(value), 1);
      if (failed != 0) {
        throw new IllegalStateException("setenv refuses " + name + "=" + value);
      }
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable t) {
      throw new AssertionError("setenv throws no Java exceptions", t);
    }
  }

  /** Mask of the processors that the calling thread may run on. */
  static MemorySegment affinity(Arena arena) {
    MemorySegment mask = arena.allocate(MASK, 8);
    try {
      // the system call gives the number of bytes written, the C function 0; negative is an error
      if ((int) GET_AFFINITY.invokeExact(0, MASK, mask) < 0) {
        throw new IllegalStateException("sched_getaffinity fails for the calling thread");
      }
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable t) {
      throw new AssertionError("sched_getaffinity throws no Java exceptions", t);
    }
    return mask;
  }

  /** Lets the calling thread run on the processors of {@code mask}. */
  static void setAffinity(MemorySegment mask) {
    try {
      if ((int) SET_AFFINITY.invokeExact(0, MASK, mask) != 0) {
        throw new IllegalStateException("sched_setaffinity fails for the calling thread");
      }
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable t) {
      throw new AssertionError("sched_setaffinity throws no Java exceptions", t);
    }
  }

  /** Number of processors in a mask. */
  static int count(MemorySegment mask) {
    int count = 0;
    for (long i = 0; i < MASK / 8; i++) {
      count += Long.bitCount(mask.getAtIndex(JAVA_LONG, i));
    }
    return count;
  }
}
