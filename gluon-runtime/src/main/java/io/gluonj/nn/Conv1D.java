package io.gluonj.nn;

import io.gluonj.annotations.Block;

/**
 * Convolution over one axis, such as time.
 *
 * <p>Shapes: (batch, inChannels, width) to (batch, channels, outWidth).
 */
@Block(hint = "conv")
public class Conv1D extends Convolution<Conv1D> {
  /**
   * Makes a layer.
   *
   * @param channels number of output channels
   * @param kernelSize extents of the window: one number
   */
  public Conv1D(int channels, int... kernelSize) {
    super(1, channels, kernelSize);
  }
}
