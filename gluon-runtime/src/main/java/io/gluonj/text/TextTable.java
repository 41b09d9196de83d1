package io.gluonj.text;

import java.util.ArrayList;
import java.util.List;

/** A table in plain text; columns are as wide as their longest cell. */
public final class TextTable {
  private final List<List<String>> rows = new ArrayList<>();

  /** A table without rows. */
  public TextTable(String... headings) {
    rows.add(List.of(headings));
  }

  /** Adds a row with one cell for each heading. */
  public TextTable row(String... cells) {
    rows.add(List.of(cells));
    return this;
  }

  /** The lines of the table, each with a line feed at its end. */
  @Override
  public String toString() {
    int columns = rows.getFirst().size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    var text = new StringBuilder();
    int total = 2 * (columns - 1);
    for (int width : widths) {
      total += width;
    }
    String rule = "-".repeat(total) + "\n";
    text.append(rule).append(line(rows.getFirst(), widths)).append(rule);
    rows.stream().skip(1).forEach(r -> text.append(line(r, widths)));
    return text.append(rule).toString();
  }

  private static String line(List<String> row, int[] widths) {
    var line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      line.append(row.get(i));
      if (i < widths.length - 1) {
        line.append(" ".repeat(widths[i] - row.get(i).length() + 2));
      }
    }
    return line.append('\n').toString();
  }
}
