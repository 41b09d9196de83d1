package io.gluonj.processor.diag;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Finds the names that the user probably meant. */
public final class Suggest {
  private static final int MOST = 3;

  private Suggest() {}

  /**
   * The candidates that look like a misspelling of {@code name}, nearest first, at most three.
   *
   * <p>Near means an edit distance of at most 2 and of at most a third of the longer name, so that
   * {@code x} is not taken for {@code w}.
   */
  public static List<String> near(String name, Collection<String> candidates) {
    return candidates.stream()
        .filter(candidate -> !candidate.equals(name) && isNear(name, candidate))
        .sorted(
            Comparator.<String>comparingInt(candidate -> distance(name, candidate))
                .thenComparing(Comparator.naturalOrder()))
        .limit(MOST)
        .toList();
  }

  /** {@code "did you mean a or b?"}, or {@code otherwise} if no candidate is near. */
  public static String didYouMean(String name, Collection<String> candidates, String otherwise) {
    List<String> near = near(name, candidates);
    return near.isEmpty()
        ? otherwise
        : near.stream().collect(Collectors.joining("' or '", "did you mean '", "'?"));
  }

  private static boolean isNear(String name, String candidate) {
    int longer = Math.max(name.length(), candidate.length());
    return distance(name, candidate) <= Math.min(2, longer / 3);
  }

  /** Edit distance with transpositions, ignoring case (optimal string alignment). */
  static int distance(String left, String right) {
    String a = left.toLowerCase(Locale.ROOT);
    String b = right.toLowerCase(Locale.ROOT);
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int best = Math.min(cost[i - 1][j], cost[i][j - 1]) + 1;
        best = Math.min(best, cost[i - 1][j - 1] + change);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          best = Math.min(best, cost[i - 2][j - 2] + 1);
        }
        cost[i][j] = best;
      }
    }
    return cost[a.length()][b.length()];
  }
}
