package io.gluonj.gluon;

import static com.google.common.truth.Truth.assertWithMessage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The Java code of a guide, which a test runs line by line. */
final class GuideCode {
  private GuideCode() {}

  /**
   * Asserts that each line of code in a guide is one of a test's source.
   *
   * @param guide path below the project's folder
   * @param source of the test, likewise
   * @return number of lines of code in the guide
   */
  static int tested(String guide, String source) throws IOException {
    Path root =
        Stream.iterate(Path.of("").toAbsolutePath(), Path::getParent)
            .filter(folder -> Files.exists(folder.resolve("ARCHITECTURE.md")))
            .findFirst()
            .orElseThrow();
    List<String> tested =
        Files.readAllLines(root.resolve(source)).stream().map(String::strip).toList();
    boolean code = false;
    int lines = 0;
    for (String line : Files.readAllLines(root.resolve(guide))) {
      if (line.startsWith("```")) {
        code = line.equals("```java");
      } else if (code) {
        assertWithMessage(guide).that(tested).contains(line.strip());
        lines++;
      }
    }
    return lines;
  }
}
