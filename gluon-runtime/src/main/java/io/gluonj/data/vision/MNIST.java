package io.gluonj.data.vision;

import io.gluonj.data.HostArray;
import io.gluonj.data.LabeledDataset;
import io.gluonj.data.Sample;
import io.gluonj.types.FileFormatException;
import io.gluonj.types.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Handwritten digits of MNIST (LeCun, Cortes, Burges), or any data set in the same four files, such
 * as Fashion-MNIST.
 *
 * <p>A sample is a uint8 picture of shape (28, 28, 1), 0 is background and 255 is ink, with a label
 * from 0 to 9. The files are read at once, 47 MB for the training set; nothing is downloaded.
 */
public final class MNIST implements LabeledDataset<HostArray, Integer> {
  private static final int SIDE = 28;
  private static final int CLASSES = 10;
  private static final int LISTED = 12; // names shown of a directory

  private final HostArray images;
  private final byte[] labels;

  /**
   * Reads {@code train-images-idx3-ubyte} and {@code train-labels-idx1-ubyte}, or with {@code
   * train} false {@code t10k-…}; also with {@code .gz}, and also spelled {@code
   * train-images.idx3-ubyte}.
   *
   * @throws FileFormatException if a file is missing or is not what it should be
   */
  public MNIST(Path directory, boolean train) {
    String part = train ? "train" : "t10k";
    Path imageFile = find(directory, part + "-images", "idx3-ubyte");
    Path labelFile = find(directory, part + "-labels", "idx1-ubyte");
    this.labels = IdxFile.read(labelFile, Shape.UNKNOWN).bytes();
    this.images = IdxFile.read(imageFile, Shape.UNKNOWN, SIDE, SIDE);
    checkLabels(labelFile);
    if (images.shape().dim(0) != labels.length) {
      throw new FileFormatException(
          "%s holds %d images but %s holds %d labels"
              .formatted(imageFile, images.shape().dim(0), labelFile.getFileName(), labels.length),
          "every image has one label",
          "take both files from the same data set");
    }
  }

  private void checkLabels(Path file) {
    for (int i = 0; i < labels.length; i++) {
      if (label(i) >= CLASSES) {
        throw new FileFormatException(
            file + ": label " + i + " is " + label(i),
            "labels are classes from 0 to " + (CLASSES - 1),
            "pass the original label file");
      }
    }
  }

  @Override
  public int size() {
    return labels.length;
  }

  @Override
  public Sample<HostArray, Integer> get(int index) {
    return new Sample<>(images.row(index).reshape(SIDE, SIDE, 1), label(index));
  }

  /** The label of sample {@code index}, without making the sample. */
  public int label(int index) {
    return labels[index] & 0xff;
  }

  private static Path find(Path directory, String name, String kind) {
    String dashed = name + "-" + kind;
    List<String> names =
        List.of(dashed, dashed + ".gz", name + "." + kind, name + "." + kind + ".gz");
    return names.stream()
        .map(directory::resolve)
        .filter(Files::isRegularFile)
        .findFirst()
        .orElseThrow(() -> missing(directory, names));
  }

  private static FileFormatException missing(Path directory, List<String> names) {
    String fix =
        "name the directory that holds the four original files, or use SyntheticDigits, which needs"
            + " none";
    if (!Files.exists(directory)) {
      return new FileFormatException(
          "MNIST: directory " + directory + " does not exist",
          "it should hold " + names.getFirst() + " and its companions" + parentListing(directory),
          fix);
    }
    if (!Files.isDirectory(directory)) {
      return new FileFormatException(
          "MNIST: " + directory + " is not a directory",
          "it should be the directory that holds " + names.getFirst() + " and its companions",
          fix);
    }
    return new FileFormatException(
        "MNIST: no " + names.getFirst() + " in " + directory,
        "looked for " + String.join(", ", names) + "; the directory " + listing(directory),
        fix);
  }

  private static String parentListing(Path directory) {
    Path parent = directory.toAbsolutePath().normalize().getParent();
    return parent == null || !Files.isDirectory(parent)
        ? ""
        : "; " + parent + " " + listing(parent);
  }

  private static String listing(Path directory) {
    try (Stream<Path> entries = Files.list(directory)) {
      List<String> names = entries.map(path -> path.getFileName().toString()).sorted().toList();
      if (names.isEmpty()) {
        return "is empty";
      }
      String shown = names.stream().limit(LISTED).collect(Collectors.joining(", "));
      int more = names.size() - LISTED;
      return "holds " + shown + (more > 0 ? " and " + more + " more" : "");
    } catch (IOException e) {
      return "cannot be listed: " + e.getMessage();
    }
  }
}
