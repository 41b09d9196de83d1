package io.gluonj.generate;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Properties;

/** What attributes mean that have the same name in many operators, unless a record says more. */
final class Glossary {
  private static final Properties WORDS = read();

  private Glossary() {}

  private static Properties read() {
    var words = new Properties();
    try (Reader in =
        new InputStreamReader(
            Objects.requireNonNull(Glossary.class.getResourceAsStream("attributes.properties")),
            StandardCharsets.UTF_8)) {
      words.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return words;
  }

  /** What the attribute means; just its name where nobody has said more. */
  static String of(String attribute) {
    return WORDS.getProperty(attribute, "MXNet's {@code " + attribute + "}");
  }
}
