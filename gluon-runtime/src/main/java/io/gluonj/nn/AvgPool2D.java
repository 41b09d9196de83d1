package io.gluonj.nn;

import io.gluonj.annotations.Block;
import io.gluonj.op.Pooling;
import java.util.Optional;

/**
 * The mean of each window.
 *
 * <p>Shapes: (batch, channels, height, width) to (batch, channels, outHeight, outWidth).
 */
@Block(hint = "pool")
public class AvgPool2D extends WindowPool<AvgPool2D> {
  private boolean countIncludePad = true;

  /** Windows of extent 2, side by side. */
  public AvgPool2D() {
    this(2);
  }

  /** Windows side by side. */
  public AvgPool2D(int poolSize) {
    this(poolSize, poolSize);
  }

  public AvgPool2D(int poolSize, int strides) {
    super(2, Pooling.Type.AVG, poolSize, strides);
  }

  /** Whether padding counts as zeros in the mean; true by default. */
  public AvgPool2D countIncludePad(boolean value) {
    checkUnbound("countIncludePad");
    countIncludePad = value;
    return this;
  }

  @Override
  final Optional<Boolean> countIncludePad() {
    return Optional.of(countIncludePad);
  }
}
