package io.gluonj.processor;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import io.gluonj.processor.diag.Diag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said about wrong classes. */
class BadTest {
  private static final Path EXPECTED = Cases.resources().resolve("expected/bad");

  /** Needs to see method bodies, which ecj does not show to processors. */
  private static final Set<Diag> ONLY_JAVAC = Set.of(Diag.PARAM_FINAL_UNSET, Diag.PARAM_UNUSED);

  static List<Cases.Case> cases() {
    return Cases.in("bad");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void messagesAreAsExpectedAndNoneIsAFollowOn(Cases.Case bad) {
    Compiled compiled = Compilers.JAVAC.compile(bad.sources());

    Diag diag = diag(bad);
    Cases.assertIsFile(EXPECTED.resolve(bad.name() + ".txt"), compiled.printed());
    assertThat(compiled.success()).isEqualTo(diag.severity() == Diag.Severity.WARNING);
    assertThat(ours(compiled)).isNotEmpty();
    for (Compiled.Message message : compiled.messages()) {
      if (message.text().startsWith("[gluonj/")) {
        assertThat(message.text()).startsWith("[" + diag.id() + "] ");
      } else {
        assertThat(message.where()).doesNotContain("_Gluon");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void ecjSaysTheSameOnTheSameLines(Cases.Case bad) {
    List<String> javac = ours(Compilers.JAVAC.compile(bad.sources()));
    List<String> ecj = ours(Compilers.ECJ.compile(bad.sources()));

    assertThat(ecj).containsExactlyElementsIn(ONLY_JAVAC.contains(diag(bad)) ? List.of() : javac);
  }

  @Test
  void everyDiagnosticHasACaseAndEveryCaseADiagnostic() {
    assertThat(cases().stream().map(bad -> "gluonj/" + bad.name()).toList())
        .containsExactlyElementsIn(Arrays.stream(Diag.values()).map(Diag::id).toList());
  }

  @Test
  void nothingIsExpectedThatHasNoCase() throws IOException {
    try (var files = Files.list(EXPECTED)) {
      assertThat(
              files
                  .map(file -> file.getFileName().toString().replaceAll("\\.txt$", ""))
                  .collect(Collectors.toSet()))
          .containsExactlyElementsIn(cases().stream().map(Cases.Case::name).toList());
    }
  }

  private static Diag diag(Cases.Case bad) {
    Diag found =
        Arrays.stream(Diag.values())
            .filter(diag -> diag.id().equals("gluonj/" + bad.name()))
            .findFirst()
            .orElse(null);
    assertWithMessage("the diagnostic called %s", bad).that(found).isNotNull();
    return Objects.requireNonNull(found);
  }

  private static List<String> ours(Compiled compiled) {
    return compiled.messages().stream()
        .map(Compiled.Message::where)
        .filter(line -> line.contains("[gluonj/"))
        .toList();
  }
}
