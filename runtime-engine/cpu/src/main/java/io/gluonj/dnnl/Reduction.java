package io.gluonj.dnnl;

/**
 * {@code SRC -> DST}: reduces the dimensions that have size 1 in {@code dst} and another in {@code
 * src}.
 */
public record Reduction(Kind kind, MemoryDesc src, MemoryDesc dst, Attributes attributes)
    implements PrimitiveSpec {

  /** How. */
  public enum Kind {
    MAX(196594),
    MIN(196595),
    SUM(196596),
    MUL(196597),
    MEAN(196598);

    private final int code;

    Kind(int code) {
      this.code = code;
    }
  }

  @Override
  public int create(Creation c) throws Throwable {
    return (int)
        DnnlApi.REDUCTION.invokeExact(
            c.slot(), c.engine(), kind.code, c.md(src), c.md(dst), 0f, 0f, c.attributes());
  }
}
