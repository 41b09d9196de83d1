package io.gluonj.nn;

import io.gluonj.annotations.Block;
import io.gluonj.op.Pooling;

/**
 * The largest element of each channel.
 *
 * <p>Shapes: (batch, channels, width) to (batch, channels, 1).
 */
@Block(hint = "pool")
public class GlobalMaxPool1D extends GlobalPool {
  public GlobalMaxPool1D() {
    super(1, Pooling.Type.MAX);
  }
}
