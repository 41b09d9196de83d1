package io.gluonj.dnnl;

/**
 * {@code SRC, SRC_1 -> DST}: one function of two operands, the second (or both) broadcast along
 * dimensions of size 1.
 */
public record Binary(
    Kind kind, MemoryDesc src0, MemoryDesc src1, MemoryDesc dst, Attributes attributes)
    implements PrimitiveSpec {

  /** The function. */
  public enum Kind {
    ADD(131056),
    MUL(131057),
    MAX(131058),
    MIN(131059),
    DIV(131060),
    SUB(131061);

    private final int code;

    Kind(int code) {
      this.code = code;
    }

    int code() {
      return code;
    }
  }

  @Override
  public int create(Creation c) throws Throwable {
    return (int)
        DnnlApi.BINARY.invokeExact(
            c.slot(), c.engine(), kind.code(), c.md(src0), c.md(src1), c.md(dst), c.attributes());
  }
}
