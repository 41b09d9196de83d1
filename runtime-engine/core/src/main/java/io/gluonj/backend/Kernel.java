package io.gluonj.backend;

import org.jspecify.annotations.Nullable;

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

  /**
   * A kernel that takes one of its operands in a form of its own.
   *
   * @param packing makes that form: from the operand to a block of {@code bytes}
   * @param kernel does the work, given that block in the operand's place
   */
  record Packed(Kernel packing, long bytes, Kernel kernel) {}

  /**
   * This kernel for an input that stays the same over many runs, such as a weight in prediction, if
   * it would bring that input into another form in each of them.
   *
   * @param operand number of the input
   */
  default @Nullable Packed packed(int operand) {
    return null;
  }
}
