package io.gluonj.nn;

import io.gluonj.annotations.Block;
import io.gluonj.op.Pooling;

/**
 * The largest element of each window.
 *
 * <p>Shapes: (batch, channels, depth, height, width) to the same with the output's extents.
 */
@Block(hint = "pool")
public class MaxPool3D extends WindowPool<MaxPool3D> {
  /** Windows of extent 2, side by side. */
  public MaxPool3D() {
    this(2);
  }

  /** Windows side by side. */
  public MaxPool3D(int poolSize) {
    this(poolSize, poolSize);
  }

  public MaxPool3D(int poolSize, int strides) {
    super(3, Pooling.Type.MAX, poolSize, strides);
  }
}
