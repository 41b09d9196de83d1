package io.gluonj.nn;

import io.gluonj.annotations.Block;
import io.gluonj.op.Pooling;
import java.util.Arrays;
import java.util.Optional;

/**
 * Pooling of windows. An output extent is {@code 1 + floor((x + 2 padding - size) / stride)}, or
 * with {@code ceilMode(true)} the next larger one.
 *
 * @param <S> the layer itself
 */
@Block(hint = "pool")
public abstract class WindowPool<S extends WindowPool<S>> extends Pool {
  private boolean ceilMode;

  WindowPool(int axes, Pooling.Type type, int poolSize, int strides) {
    super(type, all(axes, poolSize), all(axes, strides), new int[axes]);
    Options.atLeast(1, layer(), "poolSize", poolSize);
    Options.atLeast(1, layer(), "strides", strides);
  }

  private static int[] all(int axes, int value) {
    int[] values = new int[axes];
    Arrays.fill(values, value);
    return values;
  }

  private String layer() {
    return getClass().getSimpleName();
  }

  @SuppressWarnings("unchecked") // every subclass names itself as S
  private S self() {
    return (S) this;
  }

  /** Extents of the window, for all axes or one for each; the strides become the same. */
  public S poolSize(int... extents) {
    checkUnbound("poolSize");
    size = Options.perAxis(size.length, 1, layer(), "poolSize", extents);
    strides = size.clone();
    return self();
  }

  /** Steps between windows, for all axes or one for each; by default the extents of the window. */
  public S strides(int... steps) {
    checkUnbound("strides");
    strides = Options.perAxis(size.length, 1, layer(), "strides", steps);
    return self();
  }

  /** Elements added at both ends, for all axes or one for each; 0 by default. */
  public S padding(int... elements) {
    checkUnbound("padding");
    padding = Options.perAxis(size.length, 0, layer(), "padding", elements);
    return self();
  }

  /**
   * Whether output extents are rounded up, so that the last elements are covered; false by default.
   */
  public S ceilMode(boolean value) {
    checkUnbound("ceilMode");
    ceilMode = value;
    return self();
  }

  @Override
  final boolean global() {
    return false;
  }

  @Override
  final Pooling.Convention convention() {
    return ceilMode ? Pooling.Convention.FULL : Pooling.Convention.VALID;
  }

  @Override
  Optional<Boolean> countIncludePad() {
    return Optional.empty();
  }
}
