package io.gluonj.omp;

import io.gluonj.natives.NativeArtifact;
import io.gluonj.natives.NativeLibraries;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The OpenMP pool of this process.
 *
 * <p>The number of threads is the system property {@value #THREADS}, else the environment variable
 * {@code OMP_NUM_THREADS}, else the number of physical cores the JVM may use.
 *
 * <p>Where every thread gets a core of its own, worker threads are bound to cores ({@code
 * OMP_PROC_BIND=true}, {@code OMP_PLACES=cores}) unless the user has set one of these variables:
 * libgomp's free threads sometimes share a core for milliseconds. Where there are more threads than
 * processors they wait passively, else they look for work for a short while and then sleep, unless
 * {@code OMP_WAIT_POLICY} or {@code GOMP_SPINCOUNT} says otherwise. libgomp would bind the calling
 * thread as well, and whatever threads it starts later would inherit that one core; {@link #enter}
 * undoes this for the caller.
 *
 * <p>Every Java thread that starts regions has its own team of workers, so let few threads do so.
 */
public final class OpenMp {

  /** System property: how many threads compute. */
  public static final String THREADS = "gluonj.threads";

  /**
   * How often a waiting thread looks before it sleeps: some tens of microseconds, longer than the
   * gap between two kernels. libgomp's own 300,000 keeps a core that another process wants; on a
   * loaded machine with two cores a LeNet step then took three to five times as long.
   */
  private static final String SPIN_COUNT = "2000";

  private static @Nullable OpenMp shared;

  private final int threads;
  private final boolean bound;
  private final ThreadLocal<Boolean> entered = ThreadLocal.withInitial(this::prepareThread);

  private OpenMp(int threads, boolean bound) {
    this.threads = threads;
    this.bound = bound;
  }

  /**
   * The pool; libgomp is loaded by the first call.
   *
   * @throws io.gluonj.natives.NativeLibraryException if libgomp cannot be found or opened
   * @throws IllegalArgumentException if {@value #THREADS} is not a number
   */
  public static synchronized OpenMp shared() {
    OpenMp pool = shared;
    if (pool == null) {
      pool = load();
      shared = pool;
    }
    return pool;
  }

  private static OpenMp load() {
    int processors = Runtime.getRuntime().availableProcessors();
    int cores = ThreadCount.physicalCores(Path.of("/sys/devices/system/cpu"), processors);
    int threads =
        ThreadCount.decide(
            System.getProperty(THREADS), System.getenv("OMP_NUM_THREADS"), processors, cores);
    NativeLibraries.system().extract(NativeArtifact.DNNL); // a missing jar is reported from here
    CProcess.setEnvironment("OMP_NUM_THREADS", String.valueOf(threads));
    boolean bound = false;
    try (Arena arena = Arena.ofConfined()) {
      // fewer processors than the mask has: a container's quota, where a core may be taken away
      boolean allOurs = CProcess.count(CProcess.affinity(arena)) == processors;
      if (threads > 1 && threads <= Math.min(processors, cores) && allOurs && !bindingIsSet()) {
        CProcess.setEnvironment("OMP_PROC_BIND", "true");
        CProcess.setEnvironment("OMP_PLACES", "cores");
        bound = true;
      }
    }
    if (System.getenv("OMP_WAIT_POLICY") == null) {
      if (threads > processors) {
        CProcess.setEnvironment("OMP_WAIT_POLICY", "passive");
      } else if (System.getenv("GOMP_SPINCOUNT") == null) {
        CProcess.setEnvironment("GOMP_SPINCOUNT", SPIN_COUNT);
      }
    }
    return new OpenMp(threads, bound);
  }

  private static boolean bindingIsSet() {
    return System.getenv("OMP_PROC_BIND") != null
        || System.getenv("OMP_PLACES") != null
        || System.getenv("GOMP_CPU_AFFINITY") != null;
  }

  /** Threads of a region, the calling one included. */
  public int threads() {
    return threads;
  }

  /** Whether the engine has asked libgomp to bind workers to cores. */
  public boolean bound() {
    return bound;
  }

  /**
   * Prepares the calling Java thread for regions, its own and those that oneDNN starts on it. Costs
   * a few nanoseconds after the first call on a thread.
   */
  public void enter() {
    entered.get();
  }

  private Boolean prepareThread() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment mask = CProcess.affinity(arena);
      GompApi.SET_NUM_THREADS.invokeExact(threads); // counts for the calling thread only
      if (bound) {
        GompApi.PARALLEL.invokeExact(CProcess.FREE, MemorySegment.NULL, threads, 0);
        CProcess.setAffinity(mask);
      }
      return Boolean.TRUE;
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable t) {
      throw new AssertionError("libgomp throws no Java exceptions", t);
    }
  }

  /**
   * Runs {@code function(argument)} once on each of {@link #threads()} threads and waits for all of
   * them.
   *
   * @param function address of a native {@code void (*)(void *)} that asks {@code
   *     omp_get_thread_num} and {@code omp_get_num_threads} which part of the work is its own
   * @param argument given to each call
   */
  public void parallel(MemorySegment function, MemorySegment argument) {
    parallel(function, argument, threads);
  }

  /**
   * As {@link #parallel(MemorySegment, MemorySegment)} with fewer threads. An empty region costs
   * about a microsecond with two threads and 0.3 with one; a small kernel is better called
   * directly.
   *
   * @param team number of threads, from 1 to {@link #threads()}
   */
  public void parallel(MemorySegment function, MemorySegment argument, int team) {
    if (team < 1 || team > threads) {
      throw new IllegalArgumentException(
          "OpenMp: a team of "
              + team
              + " threads was asked for, 1 to "
              + threads
              + " are possible");
    }
    enter();
    try {
      GompApi.PARALLEL.invokeExact(function, argument, team, 0);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable t) {
      throw new AssertionError("libgomp throws no Java exceptions", t);
    }
  }

  /** Threads that oneDNN would use now on the calling thread. */
  public int maxThreads() {
    enter();
    try {
      return (int) GompApi.GET_MAX_THREADS.invokeExact();
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable t) {
      throw new AssertionError("libgomp throws no Java exceptions", t);
    }
  }

  /**
   * What a compiled region calls: {@code i32 omp_get_thread_num()} and {@code i32
   * omp_get_num_threads()}. libgomp is not among the symbols that a JIT finds by itself; give these
   * to {@code Jit.define}.
   */
  public Map<String, MemorySegment> symbols() {
    Map<String, MemorySegment> symbols = new LinkedHashMap<>();
    for (String name : new String[] {"omp_get_thread_num", "omp_get_num_threads"}) {
      symbols.put(name, GompApi.address(name));
    }
    return symbols;
  }
}
