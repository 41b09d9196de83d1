package io.gluonj.test.arch;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Sizes of source files, and what every package owes. */
class FilesTest {
  private static final int LIMIT = 400;

  private static Path root() {
    return Stream.iterate(Path.of("").toAbsolutePath(), Path::getParent)
        .filter(folder -> Files.exists(folder.resolve("ARCHITECTURE.md")))
        .findFirst()
        .orElseThrow();
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(root())) {
      return files
          .filter(f -> f.toString().endsWith(".java"))
          .filter(f -> f.toString().contains("src/main/java"))
          .toList();
    }
  }

  @Test
  void noSourceFileIsLong() throws IOException {
    var tooLong = new TreeMap<String, Integer>();
    for (Path file : sources()) {
      int lines = Files.readAllLines(file).size();
      if (lines > LIMIT) {
        tooLong.put(root().relativize(file).toString(), lines);
      }
    }
    assertWithMessage("files over %s lines", LIMIT).that(tooLong).isEmpty();
  }

  @Test
  void everyPackageSaysWhatItIsFor() throws IOException {
    List<Path> undocumented =
        sources().stream()
            .map(Path::getParent)
            .distinct()
            .filter(dir -> !Files.exists(dir.resolve("package-info.java")))
            .toList();
    assertThat(undocumented).isEmpty();
  }

  @Test
  void everyDecisionRecordIsNumberedInOrder() throws IOException {
    try (Stream<Path> records = Files.list(root().resolve("docs/adr"))) {
      List<Integer> numbers =
          records
              .map(f -> Integer.parseInt(f.getFileName().toString().substring(0, 4)))
              .sorted()
              .toList();
      assertThat(numbers).isInStrictOrder();
      assertThat(numbers.getLast()).isEqualTo(numbers.size());
    }
  }
}
