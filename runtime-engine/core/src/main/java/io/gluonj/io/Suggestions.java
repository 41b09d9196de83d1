package io.gluonj.io;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Names that somebody may have meant. */
final class Suggestions {
  private static final int MOST = 3;

  private Suggestions() {}

  /** {@code ; did you mean a, b or c?}, or nothing if no known name is similar. */
  static String forName(String name, Collection<String> known) {
    int tolerance = tolerance(name);
    List<String> near =
        known.stream()
            .filter(k -> distance(name, k) <= tolerance)
            .sorted(Comparator.comparingInt((String k) -> distance(name, k)).thenComparing(k -> k))
            .limit(MOST)
            .toList();
    return near.isEmpty()
        ? ""
        : near.stream().collect(Collectors.joining(", ", "; did you mean ", "?"));
  }

  /** Two letters exchanged are two changes; names of one or two letters allow one. */
  private static int tolerance(String name) {
    return name.length() < 3 ? 1 : Math.max(2, name.length() / 3);
  }

  /** Levenshtein distance without regard to case. */
  private static int distance(String first, String second) {
    String a = first.toLowerCase(Locale.ROOT);
    String b = second.toLowerCase(Locale.ROOT);
    if (Math.abs(a.length() - b.length()) > tolerance(a)) {
      return Integer.MAX_VALUE;
    }
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
