package io.gluonj.data.vision;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gluonj.data.HostArray;
import io.gluonj.types.FileFormatException;
import io.gluonj.types.Shape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class IdxFileTest {
  private static final byte[] SOUND = IdxBytes.file(new byte[] {1, 2, 3, 4, 5, 6}, 3, 2);
  private static final int ROWS = 4; // position of the first extent
  private static final long SEED = 5;

  @TempDir Path directory;

  @Test
  void plainFileIsRead() throws IOException {
    assertThat(read(SOUND)).isEqualTo(HostArray.ofUint8(new byte[] {1, 2, 3, 4, 5, 6}, 3, 2));
  }

  @Test
  void compressionIsSeenByContent() throws IOException {
    assertThat(read(IdxBytes.gzip(SOUND))).isEqualTo(read(SOUND));
  }

  @Test
  void severalGzipMembersAreOneFile() throws IOException {
    byte[] members =
        IdxBytes.concat(IdxBytes.gzip(IdxBytes.cut(SOUND, 3)), IdxBytes.gzip(new byte[] {4, 5, 6}));
    assertThat(read(members)).isEqualTo(read(SOUND));
  }

  @Test
  void fileWithoutElementsIsRead() throws IOException {
    assertThat(read(IdxBytes.file(new byte[0], 0, 2)).shape()).isEqualTo(Shape.of(0, 2));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("hostileFiles")
  void hostileFileIsRefused(String name, byte[] content, String wanted) {
    var thrown = assertThrows(FileFormatException.class, () -> read(content));
    assertThat(thrown).hasMessageThat().startsWith(file().toString());
    assertThat(thrown).hasMessageThat().contains(wanted);
    assertThat(thrown).hasMessageThat().contains("\n  because  ");
    assertThat(thrown).hasMessageThat().contains("\n  fix      ");
  }

  static Stream<Arguments> hostileFiles() {
    byte[] zipped = IdxBytes.gzip(SOUND);
    byte[] page = "<!DOCTYPE html><html>not found</html>".getBytes(StandardCharsets.UTF_8);
    byte[] huge = IdxBytes.file(new byte[6], -1, -1); // 2^32 - 1 each
    byte[] large = IdxBytes.file(new byte[6], 1_000_000, 2);
    return Stream.of(
        Arguments.of("empty", new byte[0], "ends after 0 bytes"),
        Arguments.of("three bytes", new byte[] {0, 0, 8}, "ends after 3 bytes"),
        Arguments.of("web page", page, "looks like a web page"),
        Arguments.of("web page, zipped", IdxBytes.gzip(page), "looks like a web page"),
        Arguments.of("zip archive", new byte[] {'P', 'K', 3, 4}, "is a zip archive"),
        Arguments.of("wrong magic", IdxBytes.with(SOUND, 1, 7), "starts with 00 07 08 02"),
        Arguments.of("floats", IdxBytes.with(SOUND, 2, 0x0d), "has element type 0x0d"),
        Arguments.of("rank 3", IdxBytes.with(SOUND, 3, 3), "has rank 3 but rank 2 is wanted"),
        Arguments.of("rank 255", IdxBytes.with(SOUND, 3, 255), "has rank 255"),
        Arguments.of("cut header", IdxBytes.cut(SOUND, 7), "ends within its header"),
        Arguments.of("wrong extent", IdxBytes.file(new byte[6], 2, 3), "(2, 3) but (0, 2)"),
        Arguments.of("overflowing extents", huge, "4294967295"),
        Arguments.of("one byte short", IdxBytes.cut(SOUND, 1), "6 bytes, but only 5 can follow"),
        Arguments.of("more rows than bytes", large, "2000000 bytes, but only 6 can follow"),
        Arguments.of("more rows than bytes, zipped", IdxBytes.gzip(large), "2000000 bytes"),
        Arguments.of("negative extent", IdxBytes.with(SOUND, ROWS, 0x80), "more than 2 GiB"),
        Arguments.of("one byte long", IdxBytes.concat(SOUND, new byte[1]), "1 bytes follow"),
        Arguments.of(
            "long, zipped", IdxBytes.gzip(IdxBytes.concat(SOUND, new byte[9])), "9 bytes follow"),
        Arguments.of("gzip magic only", new byte[] {0x1f, (byte) 0x8b}, "gzip file is truncated"),
        Arguments.of("gzip without trailer", IdxBytes.cut(zipped, 8), "gzip file is truncated"),
        Arguments.of("gzip cut in the data", IdxBytes.cut(zipped, 15), "gzip file is truncated"),
        Arguments.of(
            "gzip with wrong check sum",
            IdxBytes.with(zipped, zipped.length - 8, zipped[zipped.length - 8] + 1),
            "corrupt"),
        Arguments.of(
            "gzip with bytes behind it",
            IdxBytes.concat(zipped, new byte[] {1, 2, 3}),
            "3 bytes follow the compressed data"),
        Arguments.of(
            "gzip with a page behind it",
            IdxBytes.concat(zipped, page),
            page.length + " bytes follow the compressed data"));
  }

  @Test
  void flippedBitsNeverDoWorse() throws IOException {
    // Whatever is damaged, the file is read (plain pixels carry no check sum) or refused.
    Random random = new Random(SEED);
    for (byte[] sound : new byte[][] {SOUND, IdxBytes.gzip(SOUND)}) {
      for (int i = 0; i < 2_000; i++) {
        byte[] damaged = sound.clone();
        damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
        try {
          assertThat(read(damaged).shape()).isEqualTo(Shape.of(3, 2));
        } catch (FileFormatException expected) {
          assertThat(expected).hasMessageThat().contains("fix");
        }
      }
    }
  }

  @Test
  void missingFileAndDirectoryAreNamed() {
    var missing = assertThrows(FileFormatException.class, () -> IdxFile.read(file(), -1));
    assertThat(missing).hasMessageThat().contains("does not exist");
    var folder = assertThrows(FileFormatException.class, () -> IdxFile.read(directory, -1));
    assertThat(folder).hasMessageThat().contains("is a directory");
  }

  private Path file() {
    return directory.resolve("file");
  }

  private HostArray read(byte[] content) throws IOException {
    Files.write(file(), content);
    return IdxFile.read(file(), Shape.UNKNOWN, 2);
  }
}
