package io.gluonj.codegen;

/**
 * Sums over the threads of a block, by halves in shared memory: the same order of additions in
 * every run.
 *
 * @param code of the kernel, whose threads all come here
 * @param shared name of an array in shared memory
 * @param threads in the block, a power of two
 */
record BlockSum(GpuCode code, String shared, int threads) {
  /** The sum of what all threads bring, known to all of them. */
  String of(String value) {
    String ir = code.compute().ir();
    code.define(
        "%s = internal addrspace(3) global [%d x %s] undef, align 16"
            .formatted(shared, threads, ir));
    String thread = code.thread();
    write(thread, value);
    for (int half = threads / 2; half >= 1; half /= 2) {
      int distance = half;
      code.barrier();
      code.when(
          code.compare("slt", thread, String.valueOf(half)),
          () ->
              write(thread, code.floating("fadd", read(thread), read(code.add(thread, distance)))));
    }
    code.barrier();
    String sum = read("0");
    // the array may be used again at once
    code.barrier();
    return sum;
  }

  private String read(String position) {
    return code.value(
        "load %s, ptr addrspace(3) %s".formatted(code.compute().ir(), address(position)));
  }

  private void write(String position, String value) {
    code.line(
        "store %s %s, ptr addrspace(3) %s"
            .formatted(code.compute().ir(), value, address(position)));
  }

  private String address(String position) {
    return code.value(
        "getelementptr inbounds %s, ptr addrspace(3) %s, %s %s"
            .formatted(code.compute().ir(), shared, code.index(), position));
  }
}
