package io.gluonj.processor.write;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Gives JavaPoet's text the form in which a person would have written it. */
final class Tidy {
  private static final int WIDTH = 100;
  private static final Pattern SHORT_JAVADOC =
      Pattern.compile("^( *)/\\*\\*\\n +\\* (.*)\\n +\\*/$", Pattern.MULTILINE);
  private static final Pattern EMPTY_BODY = Pattern.compile("\\{\\n *}");

  private Tidy() {}

  /** {@code source} with one-line Javadoc on one line and empty bodies closed at once. */
  static String tidy(String source) {
    String text =
        SHORT_JAVADOC
            .matcher(source)
            .replaceAll(match -> {
              String line = match.group(1) + "/** " + match.group(2) + " */";
              return Matcher.quoteReplacement(line.length() <= WIDTH ? line : match.group());
            });
    return EMPTY_BODY.matcher(text).replaceAll("{}");
  }
}
