package io.gluonj.nn;

import io.gluonj.annotations.Block;
import io.gluonj.op.Pooling;

/**
 * The mean of each channel.
 *
 * <p>Shapes: (batch, channels, height, width) to (batch, channels, 1, 1).
 */
@Block(hint = "pool")
public class GlobalAvgPool2D extends GlobalPool {
  public GlobalAvgPool2D() {
    super(2, Pooling.Type.AVG);
  }
}
