package io.gluonj.processor.diag;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One thing that is wrong with the user's source: which rule, where, and the words for the blanks
 * of the rule's text.
 */
public record Finding(Diag diag, Origin origin, Map<String, String> words) {
  private static final Pattern BLANK = Pattern.compile("\\{([a-z]+)}");

  /** Copies {@code words}. */
  public Finding {
    words = Map.copyOf(words);
  }

  /**
   * A finding whose blanks are filled from {@code namesAndWords}, alternating.
   *
   * @throws IllegalArgumentException if a blank stays empty
   */
  public static Finding of(Diag diag, Origin origin, String... namesAndWords) {
    Map<String, String> words = new LinkedHashMap<>();
    for (int i = 0; i < namesAndWords.length; i += 2) {
      words.put(namesAndWords[i], namesAndWords[i + 1]);
    }
    Finding finding = new Finding(diag, origin, words);
    String message = finding.message();
    if (message.isEmpty()) {
      throw new IllegalArgumentException("no text for " + diag);
    }
    return finding;
  }

  /** Whether compilation must fail. */
  public boolean isError() {
    return diag.severity() == Diag.Severity.ERROR;
  }

  /** The text that the compiler prints: id, subject, because, found, fix. */
  public String message() {
    return "[%s] %s%n  because  %s%n  found    %s%n  fix      %s"
        .formatted(
            diag.id(),
            fill(diag.text()),
            fill(diag.because()),
            fill(diag.found()),
            fill(diag.fix()))
        .replace(System.lineSeparator(), "\n");
  }

  private String fill(String template) {
    Matcher blank = BLANK.matcher(template);
    return blank.replaceAll(match -> {
      String word = words.get(match.group(1));
      if (word == null) {
        throw new IllegalArgumentException(diag + " needs a word for {" + match.group(1) + "}");
      }
      return Matcher.quoteReplacement(word);
    });
  }
}
