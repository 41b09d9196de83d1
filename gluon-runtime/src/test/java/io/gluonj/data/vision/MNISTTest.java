package io.gluonj.data.vision;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gluonj.types.FileFormatException;
import io.gluonj.types.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MNISTTest {
  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"-idx%d-ubyte", "-idx%d-ubyte.gz", ".idx%d-ubyte", ".idx%d-ubyte.gz"})
  void allSpellingsOfTheNamesAreFound(String ending) throws IOException {
    byte[] images = IdxBytes.images(3);
    boolean zipped = ending.endsWith(".gz");
    write("train-images" + ending.formatted(3), zipped ? IdxBytes.gzip(images) : images);
    write("train-labels" + ending.formatted(1), IdxBytes.labels(7, 0, 9));
    MNIST mnist = new MNIST(directory, true);
    assertThat(mnist.size()).isEqualTo(3);
    assertThat(mnist.get(2).label()).isEqualTo(9);
    assertThat(mnist.get(2).data().shape()).isEqualTo(Shape.of(28, 28, 1));
    assertThat(mnist.get(2).data().value(783)).isEqualTo(2.0);
  }

  @Test
  void testSetHasItsOwnFiles() throws IOException {
    write("t10k-images-idx3-ubyte", IdxBytes.images(2));
    write("t10k-labels-idx1-ubyte", IdxBytes.labels(1, 2));
    assertThat(new MNIST(directory, false).size()).isEqualTo(2);
    assertThat(refused(true)).contains("no train-images-idx3-ubyte in " + directory);
  }

  @Test
  void missingFileSaysWhatWasLookedForAndWhatIsThere() throws IOException {
    write("notes.txt", new byte[0]);
    write("train-images-idx3-ubyte", IdxBytes.images(1));
    String message = refused(true);
    assertThat(message).contains("no train-labels-idx1-ubyte in " + directory);
    assertThat(message).contains("looked for train-labels-idx1-ubyte, train-labels-idx1-ubyte.gz,");
    assertThat(message).contains("train-labels.idx1-ubyte.gz;");
    assertThat(message).contains("the directory holds notes.txt, train-images-idx3-ubyte\n");
    assertThat(message).contains("SyntheticDigits");
  }

  @Test
  void longListingsAreCutShort() throws IOException {
    for (int i = 10; i < 30; i++) {
      write("file" + i, new byte[0]);
    }
    assertThat(refused(true)).contains("file10, file11");
    assertThat(refused(true)).contains("file21 and 8 more\n");
  }

  @Test
  void missingDirectoryIsNamedWithWhatIsBesideIt() throws IOException {
    Files.createDirectory(directory.resolve("minst"));
    var thrown =
        assertThrows(FileFormatException.class, () -> new MNIST(directory.resolve("mnist"), true));
    assertThat(thrown).hasMessageThat().contains("mnist does not exist");
    assertThat(thrown).hasMessageThat().contains(directory + " holds minst");
  }

  @Test
  void fileInPlaceOfTheDirectoryIsRefused() throws IOException {
    write("mnist", new byte[0]);
    var thrown =
        assertThrows(FileFormatException.class, () -> new MNIST(directory.resolve("mnist"), true));
    assertThat(thrown).hasMessageThat().contains("is not a directory");
  }

  @Test
  void emptyDirectoryIsCalledEmpty() {
    assertThat(refused(false)).contains("the directory is empty");
  }

  @Test
  void labelsOutOfRangeAreRefused() throws IOException {
    write("train-images-idx3-ubyte", IdxBytes.images(3));
    write("train-labels-idx1-ubyte", IdxBytes.labels(1, 2, 10));
    assertThat(refused(true)).contains("label 2 is 10");
    write("train-labels-idx1-ubyte", IdxBytes.labels(1, 255, 0));
    assertThat(refused(true)).contains("label 1 is 255");
  }

  @Test
  void countsMustAgree() throws IOException {
    write("train-images-idx3-ubyte", IdxBytes.images(3));
    write("train-labels-idx1-ubyte", IdxBytes.labels(1, 2));
    assertThat(refused(true)).contains("holds 3 images but train-labels-idx1-ubyte holds 2 labels");
  }

  @Test
  void exchangedFilesAreRefused() throws IOException {
    write("train-images-idx3-ubyte", IdxBytes.labels(1, 2));
    write("train-labels-idx1-ubyte", IdxBytes.images(2));
    assertThat(refused(true)).contains("have not been exchanged");
  }

  @Test
  void picturesAre28By28() throws IOException {
    write("train-images-idx3-ubyte", IdxBytes.file(new byte[4 * 9], 4, 3, 3));
    write("train-labels-idx1-ubyte", IdxBytes.labels(1, 2, 3, 4));
    assertThat(refused(true)).contains("has shape (4, 3, 3) but (0, 28, 28) is wanted");
  }

  private void write(String name, byte[] content) throws IOException {
    Files.write(directory.resolve(name), content);
  }

  private String refused(boolean train) {
    var thrown = assertThrows(FileFormatException.class, () -> new MNIST(directory, train));
    return String.valueOf(thrown.getMessage());
  }
}
