package io.gluonj.generate;

/** Lays out comments. */
final class Javadoc {
  private static final int WIDTH = 100;

  private Javadoc() {}

  /**
   * A comment.
   *
   * @param text what stands first; paragraphs begin with {@code <p>}
   * @param more another paragraph, or empty
   */
  static String of(String indent, String text, String more) {
    String one = indent + "/** " + text + " */\n";
    if (more.isEmpty() && one.length() <= WIDTH && !text.contains("<p>")) {
      return one;
    }
    var out = new StringBuilder(indent + "/**\n");
    String all = more.isEmpty() ? text : text + " <p>" + more;
    String separator = "";
    for (String paragraph : all.split("\\s*<p>\\s*", -1)) {
      out.append(separator);
      wrap(out, indent + " *", (separator.isEmpty() ? "" : "<p>") + paragraph);
      separator = indent + " *\n";
    }
    return out.append(indent).append(" */\n").toString();
  }

  /** Up to the first full stop or paragraph. */
  static String firstSentence(String text) {
    int paragraph = text.indexOf("<p>");
    String first = paragraph < 0 ? text : text.substring(0, paragraph).strip();
    int end = first.indexOf(". ");
    return end < 0 ? first : first.substring(0, end + 1);
  }

  private static void wrap(StringBuilder out, String indent, String text) {
    var line = new StringBuilder(indent);
    for (String word : text.split(" ", -1)) {
      if (line.length() > indent.length() && line.length() + 1 + word.length() > WIDTH) {
        out.append(line).append('\n');
        line.setLength(indent.length());
      }
      line.append(' ').append(word);
    }
    out.append(line).append('\n');
  }
}
