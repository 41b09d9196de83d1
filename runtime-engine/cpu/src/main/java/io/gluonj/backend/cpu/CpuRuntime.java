package io.gluonj.backend.cpu;

import io.gluonj.llvm.Jit;
import io.gluonj.omp.OpenMp;

/** What all generated kernels share: the compiler and the pool they run on. */
record CpuRuntime(Jit jit, OpenMp pool) {
  private static final class Shared {
    static final CpuRuntime RUNTIME = on(Jit.shared());
  }

  /**
   * That of this process, with compiled code kept on disk.
   *
   * @throws io.gluonj.natives.NativeLibraryException if a library cannot be loaded
   */
  static CpuRuntime shared() {
    return Shared.RUNTIME;
  }

  /** The pool of this process with a compiler of its own. */
  static CpuRuntime on(Jit jit) {
    OpenMp pool = OpenMp.shared();
    pool.symbols().forEach(jit::define);
    return new CpuRuntime(jit, pool);
  }
}
