package io.gluonj.nn;

import io.gluonj.annotations.Block;
import io.gluonj.op.Pooling;
import java.util.Optional;

/**
 * The mean of each window.
 *
 * <p>Shapes: (batch, channels, depth, height, width) to the same with the output's extents.
 */
@Block(hint = "pool")
public class AvgPool3D extends WindowPool<AvgPool3D> {
  private boolean countIncludePad = true;

  /** Windows of extent 2, side by side. */
  public AvgPool3D() {
    this(2);
  }

  /** Windows side by side. */
  public AvgPool3D(int poolSize) {
    this(poolSize, poolSize);
  }

  public AvgPool3D(int poolSize, int strides) {
    super(3, Pooling.Type.AVG, poolSize, strides);
  }

  /** Whether padding counts as zeros in the mean; true by default. */
  public AvgPool3D countIncludePad(boolean value) {
    checkUnbound("countIncludePad");
    countIncludePad = value;
    return this;
  }

  @Override
  final Optional<Boolean> countIncludePad() {
    return Optional.of(countIncludePad);
  }
}
