package io.gluonj.nn;

import io.gluonj.annotations.Block;
import io.gluonj.op.Pooling;

/**
 * The largest element of each channel.
 *
 * <p>Shapes: (batch, channels, depth, height, width) to (batch, channels, 1, 1, 1).
 */
@Block(hint = "pool")
public class GlobalMaxPool3D extends GlobalPool {
  public GlobalMaxPool3D() {
    super(3, Pooling.Type.MAX);
  }
}
