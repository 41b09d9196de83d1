package io.gluonj.ptx;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A declared variable or parameter.
 *
 * @param name unique in its function, or in the module
 * @param bytes 0 for an array of open size
 * @param init elements of {@code type}; null if there is no initialiser
 */
record Variable(
    Space space, String name, PtxType type, long bytes, int align, @Nullable List<Operand> init) {
  /** The next offset at which it may lie. */
  long place(long from) {
    return (from + align - 1) / align * align;
  }
}
