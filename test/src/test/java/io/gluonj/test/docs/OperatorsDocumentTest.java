package io.gluonj.test.docs;

import static com.google.common.truth.Truth.assertWithMessage;

import io.gluonj.generate.SourceDocs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Whether the document of operators is up to date; also the program that writes it. */
final class OperatorsDocumentTest {
  private static final String COMMAND =
      "mvn -q test -pl test -am -Dtest=OperatorsDocumentTest"
          + " -Dsurefire.failIfNoSpecifiedTests=false -Dgluonj.write=true";

  @Test
  void theDocumentSaysWhatOperatorsState() throws IOException {
    Path file = SourceDocs.root().resolve("docs/operators.md");
    String wanted = new OperatorsDocument().text();
    if (Boolean.getBoolean("gluonj.write")) {
      Files.writeString(file, wanted);
    }
    assertWithMessage("docs/operators.md is out of date; to write it anew: " + COMMAND)
        .that(Files.exists(file) ? Files.readString(file).lines().toList() : null)
        .isEqualTo(wanted.lines().toList());
  }
}
