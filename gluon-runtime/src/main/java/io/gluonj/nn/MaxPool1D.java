package io.gluonj.nn;

import io.gluonj.annotations.Block;
import io.gluonj.op.Pooling;

/**
 * The largest element of each window.
 *
 * <p>Shapes: (batch, channels, width) to (batch, channels, outWidth).
 */
@Block(hint = "pool")
public class MaxPool1D extends WindowPool<MaxPool1D> {
  /** Windows of extent 2, side by side. */
  public MaxPool1D() {
    this(2);
  }

  /** Windows side by side. */
  public MaxPool1D(int poolSize) {
    this(poolSize, poolSize);
  }

  public MaxPool1D(int poolSize, int strides) {
    super(1, Pooling.Type.MAX, poolSize, strides);
  }
}
