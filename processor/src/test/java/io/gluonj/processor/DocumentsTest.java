package io.gluonj.processor;

import static com.google.common.truth.Truth.assertThat;

import io.gluonj.processor.diag.Diag;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The documents that are made from the cases. */
class DocumentsTest {

  @Test
  void everyDiagnosticIsDocumentedByItsCase() {
    List<Diag> diags = Arrays.stream(Diag.values()).sorted(Comparator.comparing(Diag::id)).toList();
    String toc =
        diags.stream()
            .map(diag -> "- [`%s`](#%s)".formatted(diag.id(), diag.id().replace("/", "")))
            .collect(Collectors.joining("\n"));
    String sections = diags.stream().map(DocumentsTest::section).collect(Collectors.joining("\n"));
    Cases.assertIsFile(
        Cases.docs().resolve("diagnostics.md"), INTRODUCTION + toc + "\n\n" + sections);
  }

  @Test
  void generatedExampleIsWhatIsGenerated() {
    String document = EXAMPLE;
    for (String name : List.of("MyDense", "LeNet")) {
      Cases.Case good = Cases.named("good", name);
      Compiled compiled = Compilers.JAVAC.compile(good.sources());
      assertThat(compiled.generated()).hasSize(1);
      document +=
          "\n## %s\n\nWritten:\n\n%s\nGenerated:\n\n%s"
              .formatted(
                  name,
                  java(good.sources().values().iterator().next()),
                  java(compiled.generated().values().iterator().next()));
    }
    Cases.assertIsFile(Cases.docs().resolve("generated-example.md"), document);
  }

  private static final String INTRODUCTION =
      """
      # Diagnostics

      What the annotation processor says, by id. Each section has the rule, classes that break it, and
      what the compiler prints for them; its last line, `fix`, says what to write instead.

      An id is never used again for something else. A warning is switched off by
      `@SuppressWarnings` with its id, or with `"gluonj"` for all of them, on the field, the method or
      the class.

      The processor sees what the compiler shows it. It is not shown classes declared inside methods:
      a `@Block` class there is not processed, and says so when it is first called. Two rules need
      method bodies, which only javac shows: `gluonj/param-unused` and `gluonj/param-final-unset`; ecj
      has its own words for a final field that is not set.

      Under `-Xlint:all` javac warns (`auxiliaryclass`) when a second top-level class of a file is used
      from another file. Generated code is another file: give each `@Block` class a file of its own.

      `gluonj/internal` is a defect of the processor itself, printed with its stack trace; please report it.

      """;

  private static final String EXAMPLE =
      """
      # What is generated

      For a class with `@Block` the processor writes one class beside it. It is meant to be read, and to
      be stepped through in a debugger. Nothing in it is reflection, and nothing else is generated.
      """;

  private static String section(Diag diag) {
    Cases.Case bad = Cases.named("bad", diag.id().replace("gluonj/", ""));
    Compiled compiled = Compilers.JAVAC.compile(bad.sources());
    String severity =
        switch (diag.severity()) {
          case ERROR -> "Error";
          case WARNING -> "Warning";
        };
    return "## %s\n\n%s: %s, because %s.\n\n%s\n```text\n%s\n```\n"
        .formatted(
            diag.id(),
            severity,
            italic(diag.text()),
            italic(diag.because()),
            bad.sources().entrySet().stream()
                .map(DocumentsTest::source)
                .collect(Collectors.joining("\n")),
            compiled.messages().stream()
                .map(Compiled.Message::text)
                .filter(text -> text.startsWith("[gluonj/"))
                .limit(3)
                .collect(Collectors.joining("\n")));
  }

  /** The blanks of a message become words in italics. */
  private static String italic(String template) {
    return template.replaceAll("\\{([a-z]+)}", "*$1*");
  }

  private static String source(Map.Entry<String, String> source) {
    String text = source.getValue();
    return java(text.substring(text.lastIndexOf("import ")).replaceFirst("^import .*\n\n", ""));
  }

  private static String java(String text) {
    return "```java\n" + text + "```\n";
  }
}
