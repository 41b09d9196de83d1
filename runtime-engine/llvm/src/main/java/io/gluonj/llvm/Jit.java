package io.gluonj.llvm;

import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Compiles IR text to machine code in this process.
 *
 * <p>The IR need not name a processor: triple, data layout, {@code target-cpu}, {@code
 * target-features} and {@code prefer-vector-width} are those of {@link #target()}, unless a
 * function brings such attributes itself. Modules do not see each other's functions, and the same
 * function name may be used in any number of them.
 *
 * <p>A function that a module declares and does not define is looked up among the symbols given to
 * {@link #define}, then among those of the process; {@code exp} or {@code memcpy} of the C library
 * are found there.
 *
 * <p>Compiling the same text twice gives the same code: in one process from memory, in a later one
 * from the {@link ObjectCache}. Addresses of this process must therefore not be written into the
 * text as constants; use {@link #define}.
 *
 * <p>Safe for use by several threads, which may compile at the same time.
 */
public final class Jit implements AutoCloseable {
  /**
   * Changes with what the class does between text and object code, so that old cache files are not
   * found.
   */
  private static final String FORMAT = "1";

  private static final String PASSES = "default<O3>";

  private static final int BINS = 4096;

  private final HostTarget target = HostTarget.current();
  private final String version = Linked.version();
  private final ObjectCache cache;
  private final Linked linked;

  /** With many bins: who compiles locks one, and others seldom need the same. */
  private final Map<String, JitModule.Code> loaded = new ConcurrentHashMap<>(BINS);

  /** Held for reading while LLVM compiles. Fair, lest a queue of compilations keep others out. */
  private final ReadWriteLock compiling = new ReentrantReadWriteLock(true);

  private final AtomicLong compiled = new AtomicLong();
  private final AtomicLong fromDisk = new AtomicLong();
  private final AtomicLong fromMemory = new AtomicLong();

  /**
   * Where the modules of a {@link Jit} came from.
   *
   * @param compiled compiled by LLVM
   * @param fromDisk taken from the {@link ObjectCache}
   * @param fromMemory already in this process
   */
  public record Statistics(long compiled, long fromDisk, long fromMemory) {}

  /**
   * A JIT of its own; most callers want {@link #shared}.
   *
   * @throws io.gluonj.natives.NativeLibraryException if libLLVM cannot be loaded
   */
  public Jit(ObjectCache cache) {
    this.cache = cache;
    this.linked = new Linked(target);
  }

  /**
   * The JIT of this process, with {@link ObjectCache#standard()}; it is never closed.
   *
   * @throws io.gluonj.natives.NativeLibraryException if libLLVM cannot be loaded
   */
  public static synchronized Jit shared() {
    Jit jit = shared;
    if (jit == null) {
      jit = new Jit(ObjectCache.standard());
      shared = jit;
    }
    return jit;
  }

  private static @Nullable Jit shared;

  /**
   * LLVM's version, for example {@code 20.1.7}.
   *
   * @throws io.gluonj.natives.NativeLibraryException if libLLVM cannot be loaded
   */
  public static String llvmVersion() {
    return Linked.version();
  }

  /** The processor that is compiled for. */
  public HostTarget target() {
    return target;
  }

  /** What has been compiled so far. */
  public Statistics statistics() {
    return new Statistics(compiled.get(), fromDisk.get(), fromMemory.get());
  }

  /**
   * Makes {@code address} known to all modules under {@code symbol}.
   *
   * @throws LlvmException if the symbol is known with another address
   */
  public void define(String symbol, MemorySegment address) {
    linked.define(symbol, address.address());
  }

  /**
   * Compiles {@code ir}, or finds the code where it was compiled before.
   *
   * @return the module; close it when its code is no longer called
   * @throws IrException if LLVM does not accept the text
   */
  public JitModule compile(String ir) {
    String key =
        Hash.hex(FORMAT, version, target.triple(), target.cpu(), target.features(), PASSES, ir);
    JitModule.Code code =
        loaded.compute(
            key,
            (k, old) -> {
              if (old != null) {
                fromMemory.incrementAndGet();
                return old.retain();
              }
              return new JitModule.Code(k, suffix(k), linked.add(objectCode(k, ir)));
            });
    return new JitModule(this, code);
  }

  private byte[] objectCode(String key, String ir) {
    byte[] found = cache.find(key);
    if (found != null) {
      fromDisk.incrementAndGet();
      return found;
    }
    byte[] code = compileNow(key, ir);
    cache.store(key, code);
    compiled.incrementAndGet();
    return code;
  }

  private byte[] compileNow(String key, String ir) {
    compiling.readLock().lock();
    try (IrModule module = prepare(ir);
        TargetMachine machine = TargetMachine.host(target)) {
      module.target(machine);
      module.suffixExports(suffix(key));
      module.optimize(machine, PASSES);
      return module.emit(machine, IrModule.Output.OBJECT);
    } finally {
      compiling.readLock().unlock();
    }
  }

  /**
   * Runs something while LLVM compiles nothing here, which would take processors away: for
   * measurements.
   */
  public <T> T quietly(Supplier<T> measurement) {
    compiling.writeLock().lock();
    try {
      return measurement.get();
    } finally {
      compiling.writeLock().unlock();
    }
  }

  private IrModule prepare(String ir) {
    IrModule module = IrModule.parse(ir);
    module.attribute("target-cpu", target.cpu());
    module.attribute("target-features", target.features());
    module.attribute("prefer-vector-width", String.valueOf(target.vectorBits()));
    return module;
  }

  private static String suffix(String key) {
    return "." + key.substring(0, 16);
  }

  /**
   * The IR that the optimizer makes of {@code ir}: for people who want to see whether a loop was
   * vectorized.
   */
  public String optimized(String ir) {
    try (IrModule module = prepare(ir);
        TargetMachine machine = TargetMachine.host(target)) {
      module.target(machine);
      module.optimize(machine, PASSES);
      return module.print();
    }
  }

  /** The assembler text made of {@code ir}. */
  public String assembly(String ir) {
    try (IrModule module = prepare(ir);
        TargetMachine machine = TargetMachine.host(target)) {
      module.target(machine);
      module.optimize(machine, PASSES);
      return module.assembly(machine);
    }
  }

  Linked linked() {
    return linked;
  }

  /** One holder less; the last one frees the code. */
  void release(JitModule.Code code) {
    loaded.computeIfPresent(
        code.key(),
        (key, held) -> {
          if (held.releaseLast()) {
            linked.remove(held.tracker());
            return null;
          }
          return held;
        });
  }

  /** Frees all code. No function of any module may run or be called afterwards. */
  @Override
  public void close() {
    linked.close();
  }
}
