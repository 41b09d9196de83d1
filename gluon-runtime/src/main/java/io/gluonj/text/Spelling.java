package io.gluonj.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds names that a mistyped one may have meant. */
public final class Spelling {
  private Spelling() {}

  /** The candidates nearest to a name, best first; those too far away are left out. */
  public static List<String> nearest(String name, Collection<String> candidates) {
    record Near(String name, int distance) {}
    String wanted = name.toLowerCase(Locale.ROOT);
    int limit = Math.max(2, name.length() / 3);
    return candidates.stream()
        .distinct()
        .map(c -> new Near(c, distance(wanted, c.toLowerCase(Locale.ROOT))))
        .filter(n -> n.distance() <= limit)
        .sorted(Comparator.comparingInt(Near::distance).thenComparing(Near::name))
        .limit(3)
        .map(Near::name)
        .toList();
  }

  /** {@code did you mean a or b?}, or {@code otherwise} if no candidate is near. */
  public static String didYouMean(String name, Collection<String> candidates, String otherwise) {
    List<String> near = nearest(name, candidates);
    return near.isEmpty() ? otherwise : "did you mean " + String.join(" or ", near) + "?";
  }

  /** Levenshtein's distance: single characters inserted, deleted or replaced. */
  private static int distance(String a, String b) {
    int[] before = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      before[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replace = before[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replace, Math.min(before[j], row[j - 1]) + 1);
      }
      before = row;
    }
    return before[b.length()];
  }
}
