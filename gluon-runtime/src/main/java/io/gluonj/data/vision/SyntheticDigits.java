package io.gluonj.data.vision;

import io.gluonj.data.HostArray;
import io.gluonj.data.LabeledDataset;
import io.gluonj.data.Sample;
import io.gluonj.data.SplitMix64;
import io.gluonj.types.InvalidArgumentException;
import java.util.Objects;

/**
 * Digits that look handwritten and are drawn on demand: something to learn from with no file and no
 * network.
 *
 * <p>A sample has the form of {@link MNIST}'s: a uint8 picture of shape (28, 28, 1), 0 is
 * background and 255 is ink, with a label from 0 to 9. Each is drawn as pen strokes in one of
 * several ways of writing the digit, with shaken control points, elastic distortion, slant,
 * rotation, size and shift, pen width and pressure, smudges, blur and grain. A linear classifier
 * stays below 0.90 on them, a small convolutional net exceeds 0.97.
 *
 * <p>Sample {@code index} is a pure function of (seed, train, index), the same on every platform;
 * training and test samples are drawn from different streams. Every ten consecutive samples from a
 * multiple of ten hold each digit once, in random order.
 *
 * <p>Drawing takes some 25 microseconds per sample; {@link #cached()} keeps what was drawn.
 */
public final class SyntheticDigits implements LabeledDataset<HostArray, Integer> {
  private static final int SIDE = 28;
  private static final int CLASSES = 10;
  private static final int LABELS = 0; // keys of the two streams
  private static final int STROKES = 1;

  private final int size;
  private final boolean train;
  private final long seed;

  /**
   * @param size number of samples
   * @param train whether samples are for training or for testing
   * @param seed chooses the samples
   */
  public SyntheticDigits(int size, boolean train, long seed) {
    if (size < 0) {
      throw new InvalidArgumentException(
          "SyntheticDigits: size " + size, "a number of samples is 0 or more", "pass 0 or more");
    }
    this.size = size;
    this.train = train;
    this.seed = seed;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public Sample<HostArray, Integer> get(int index) {
    int label = label(index);
    byte[] pixels = new DigitPainter(SIDE).paint(label, stream(STROKES, index));
    return new Sample<>(HostArray.ofUint8(pixels, SIDE, SIDE, 1), label);
  }

  /** The label of sample {@code index}, without drawing it. */
  public int label(int index) {
    Objects.checkIndex(index, size);
    int[] digits = new int[CLASSES];
    for (int digit = 0; digit < CLASSES; digit++) {
      digits[digit] = digit;
    }
    stream(LABELS, index / CLASSES).shuffle(digits);
    return digits[index % CLASSES];
  }

  private SplitMix64 stream(int purpose, int index) {
    return SplitMix64.of(seed, train ? 0 : 1, purpose, index);
  }
}
