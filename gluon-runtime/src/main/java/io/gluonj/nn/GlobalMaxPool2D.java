package io.gluonj.nn;

import io.gluonj.annotations.Block;
import io.gluonj.op.Pooling;

/**
 * The largest element of each channel.
 *
 * <p>Shapes: (batch, channels, height, width) to (batch, channels, 1, 1).
 */
@Block(hint = "pool")
public class GlobalMaxPool2D extends GlobalPool {
  public GlobalMaxPool2D() {
    super(2, Pooling.Type.MAX);
  }
}
