package io.gluonj.nn;

import io.gluonj.annotations.Block;
import io.gluonj.op.Pooling;
import java.util.Optional;

/**
 * The mean of each window.
 *
 * <p>Shapes: (batch, channels, width) to (batch, channels, outWidth).
 */
@Block(hint = "pool")
public class AvgPool1D extends WindowPool<AvgPool1D> {
  private boolean countIncludePad = true;

  /** Windows of extent 2, side by side. */
  public AvgPool1D() {
    this(2);
  }

  /** Windows side by side. */
  public AvgPool1D(int poolSize) {
    this(poolSize, poolSize);
  }

  public AvgPool1D(int poolSize, int strides) {
    super(1, Pooling.Type.AVG, poolSize, strides);
  }

  /** Whether padding counts as zeros in the mean; true by default. */
  public AvgPool1D countIncludePad(boolean value) {
    checkUnbound("countIncludePad");
    countIncludePad = value;
    return this;
  }

  @Override
  final Optional<Boolean> countIncludePad() {
    return Optional.of(countIncludePad);
  }
}
