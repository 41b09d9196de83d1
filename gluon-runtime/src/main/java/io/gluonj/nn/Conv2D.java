package io.gluonj.nn;

import io.gluonj.annotations.Block;

/**
 * Convolution over the two axes of an image.
 *
 * <p>Shapes: (batch, inChannels, height, width) to (batch, channels, outHeight, outWidth).
 */
@Block(hint = "conv")
public class Conv2D extends Convolution<Conv2D> {
  /**
   * Makes a layer.
   *
   * @param channels number of output channels
   * @param kernelSize extents of the window: one number for both axes, or height and width
   */
  public Conv2D(int channels, int... kernelSize) {
    super(2, channels, kernelSize);
  }
}
