package io.gluonj.nn;

import io.gluonj.annotations.Block;
import io.gluonj.op.Pooling;

/**
 * The mean of each channel.
 *
 * <p>Shapes: (batch, channels, width) to (batch, channels, 1).
 */
@Block(hint = "pool")
public class GlobalAvgPool1D extends GlobalPool {
  public GlobalAvgPool1D() {
    super(1, Pooling.Type.AVG);
  }
}
