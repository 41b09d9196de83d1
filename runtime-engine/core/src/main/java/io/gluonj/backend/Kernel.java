package io.gluonj.backend;

/** Compiled code for one step. Stateless, so that several threads may run it at once. */
public interface Kernel {
  /**
   * Runs.
   *
   * @param addresses of all inputs, then all outputs, then the scratch memory if {@link
   *     #scratchBytes()} is not 0; each operand is as large as its type says
   */
  void run(long[] addresses);

  /** Memory needed while running, in bytes; 64-byte aligned. */
  default long scratchBytes() {
    return 0;
  }
}
