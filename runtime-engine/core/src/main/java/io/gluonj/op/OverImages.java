package io.gluonj.op;

import io.gluonj.types.Shape;
import java.util.stream.IntStream;

/**
 * A library operator over images, whose axes are (batch, channels, spatial…) or (batch, spatial…,
 * channels). Which order is faster is a question of the device, so a pass may change it.
 */
public sealed interface OverImages extends Op.Library
    permits Conv,
        Conv.GradData,
        Conv.GradWeight,
        MaxPool,
        MaxPool.Grad,
        SumPool,
        SumPool.Grad,
        BatchNormTraining,
        BatchNormTraining.Grad {

  /** Whether channels are the last axis of its images. */
  boolean channelsLast();

  /** The same operator for images in the given order. */
  OverImages inOrder(boolean channelsLast);

  /** Whether an operand is a batch of images; inputs count from 0, outputs follow them. */
  boolean isImages(int operand);

  /** The shape of the same images in the given order. */
  static Shape inOrder(Shape images, boolean from, boolean to) {
    if (from == to || images.rank() < 2) {
      return images;
    }
    int rank = images.rank();
    return to
        ? images.remove(1).insert(rank - 1, images.dim(1))
        : images.remove(rank - 1).insert(1, images.dim(rank - 1));
  }

  /** The permutation of axes that brings images of the other order into the given one. */
  static Transpose reorder(int rank, boolean channelsLast) {
    return new Transpose(
        IntStream.range(0, rank)
            .map(i ->
                i == 0
                    ? 0
                    : channelsLast ? (i == rank - 1 ? 1 : i + 1) : (i == 1 ? rank - 1 : i - 1))
            .boxed()
            .toList());
  }
}
