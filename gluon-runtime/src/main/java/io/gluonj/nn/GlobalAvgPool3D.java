package io.gluonj.nn;

import io.gluonj.annotations.Block;
import io.gluonj.op.Pooling;

/**
 * The mean of each channel.
 *
 * <p>Shapes: (batch, channels, depth, height, width) to (batch, channels, 1, 1, 1).
 */
@Block(hint = "pool")
public class GlobalAvgPool3D extends GlobalPool {
  public GlobalAvgPool3D() {
    super(3, Pooling.Type.AVG);
  }
}
