package io.gluonj.processor;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is generated for right classes. */
class GoodTest {
  private static final Path EXPECTED = Cases.resources().resolve("expected/good");

  static List<Cases.Case> cases() {
    return Cases.in("good");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void generatedCodeIsAsExpectedAndCompilesWithoutWarning(Cases.Case good) {
    Compiled compiled = Compilers.JAVAC.compile(good.sources(), "-Werror");

    assertThat(compiled.printed()).isEmpty();
    assertThat(compiled.success()).isTrue();
    assertThat(compiled.generated()).isNotEmpty();
    compiled
        .generated()
        .forEach((path, text) -> {
          Cases.assertIsFile(EXPECTED.resolve(good.name()).resolve(path), text);
          assertWithMessage("files that %s says it was made from", path)
              .that(compiled.origins().get(path))
              .isEqualTo(1);
          text.lines().forEach(line -> assertThat(line.length()).isAtMost(100));
        });
  }

  @ParameterizedTest
  @MethodSource("cases")
  void ecjGeneratesTheSame(Cases.Case good) {
    Compiled javac = Compilers.JAVAC.compile(good.sources());
    Compiled ecj = Compilers.ECJ.compile(good.sources());

    assertThat(ecj.printed()).isEmpty();
    assertWithMessage(ecj.crash()).that(ecj.success()).isTrue();
    assertThat(ecj.generated()).isEqualTo(javac.generated());
  }

  @Test
  void nothingIsExpectedThatIsNotGenerated() throws IOException {
    Set<String> generated = new TreeSet<>();
    for (Cases.Case good : cases()) {
      Compilers.JAVAC
          .compile(good.sources())
          .generated()
          .keySet()
          .forEach(path -> generated.add(good.name() + "/" + path));
    }
    try (var files = Files.walk(EXPECTED)) {
      Set<String> stored =
          files
              .filter(Files::isRegularFile)
              .map(file -> EXPECTED.relativize(file).toString().replace('\\', '/'))
              .collect(Collectors.toCollection(TreeSet::new));
      assertThat(stored).isEqualTo(generated);
    }
  }
}
