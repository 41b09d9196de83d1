package io.gluonj.dnnl;

/** {@code SRC -> DST}: copies between formats and element types; logical dimensions are equal. */
public record Reorder(MemoryDesc src, MemoryDesc dst, Attributes attributes)
    implements PrimitiveSpec {

  /** A plain copy. */
  public Reorder(MemoryDesc src, MemoryDesc dst) {
    this(src, dst, Attributes.DEFAULT);
  }

  @Override
  public int create(Creation c) throws Throwable {
    return (int)
        DnnlApi.REORDER.invokeExact(
            c.slot(), c.md(src), c.engine(), c.md(dst), c.engine(), c.attributes());
  }
}
