package io.gluonj.nn;

import io.gluonj.annotations.Block;
import io.gluonj.op.Pooling;

/**
 * The largest element of each window.
 *
 * <p>Shapes: (batch, channels, height, width) to (batch, channels, outHeight, outWidth).
 */
@Block(hint = "pool")
public class MaxPool2D extends WindowPool<MaxPool2D> {
  /** Windows of extent 2, side by side. */
  public MaxPool2D() {
    this(2);
  }

  /** Windows side by side. */
  public MaxPool2D(int poolSize) {
    this(poolSize, poolSize);
  }

  public MaxPool2D(int poolSize, int strides) {
    super(2, Pooling.Type.MAX, poolSize, strides);
  }
}
