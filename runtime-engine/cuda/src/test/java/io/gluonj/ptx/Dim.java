package io.gluonj.ptx;

/** Extents of a grid or a block. */
public record Dim(int x, int y, int z) {
  /** All must be positive. */
  public Dim {
    if (x < 1 || y < 1 || z < 1) {
      throw new PtxException("extents " + x + ", " + y + ", " + z + " must all be at least 1");
    }
  }

  /** One-dimensional. */
  public static Dim of(int x) {
    return new Dim(x, 1, 1);
  }

  long size() {
    return (long) x * y * z;
  }
}
