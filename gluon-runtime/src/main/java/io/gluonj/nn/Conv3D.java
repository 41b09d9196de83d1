package io.gluonj.nn;

import io.gluonj.annotations.Block;

/**
 * Convolution over three axes, such as a volume.
 *
 * <p>Shapes: (batch, inChannels, depth, height, width) to the same with channels and the output's
 * extents.
 */
@Block(hint = "conv")
public class Conv3D extends Convolution<Conv3D> {
  /**
   * Makes a layer.
   *
   * @param channels number of output channels
   * @param kernelSize extents of the window: one number for all axes, or depth, height and width
   */
  public Conv3D(int channels, int... kernelSize) {
    super(3, channels, kernelSize);
  }
}
