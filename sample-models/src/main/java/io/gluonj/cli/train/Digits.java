package io.gluonj.cli.train;

import io.gluonj.data.HostArray;
import io.gluonj.data.LabeledDataset;
import io.gluonj.data.vision.MNIST;
import io.gluonj.data.vision.SyntheticDigits;
import io.gluonj.data.vision.Transforms;
import io.gluonj.types.FileFormatException;
import java.nio.file.Path;

/**
 * Pictures of digits, float32 (1, 28, 28) with mean 0 and deviation 1 over MNIST's training set,
 * and their labels 0 to 9.
 *
 * @param origin where they come from, for people to read
 */
public record Digits(
    String origin,
    LabeledDataset<HostArray, Integer> train,
    LabeledDataset<HostArray, Integer> test) {

  /**
   * The digits of a directory with MNIST's four files.
   *
   * @throws FileFormatException if a file is missing or is not what it should be
   */
  public static Digits read(Path directory) {
    return new Digits(
        directory.toString(),
        prepared(new MNIST(directory, true)),
        prepared(new MNIST(directory, false)));
  }

  /** The test digits of a directory with MNIST's files; its training files are not needed. */
  public static LabeledDataset<HostArray, Integer> readTest(Path directory) {
    return prepared(new MNIST(directory, false));
  }

  /** Digits drawn by the program, the same for equal seeds. */
  public static Digits drawn(int trainSamples, int testSamples, long seed) {
    return new Digits(
        "digits drawn with seed " + seed,
        prepared(new SyntheticDigits(trainSamples, true, seed)).cached(),
        drawnTest(testSamples, seed));
  }

  /** Drawn digits that no training run with the same seed sees. */
  public static LabeledDataset<HostArray, Integer> drawnTest(int samples, long seed) {
    return prepared(new SyntheticDigits(samples, false, seed)).cached();
  }

  private static LabeledDataset<HostArray, Integer> prepared(
      LabeledDataset<HostArray, Integer> pictures) {
    return pictures.transformFirst(Transforms.mnist());
  }
}
