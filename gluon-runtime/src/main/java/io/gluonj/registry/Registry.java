package io.gluonj.registry;

import io.gluonj.types.InvalidArgumentException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Entries found by name, without regard to case. Thread-safe.
 *
 * @param <T> what is found
 */
public final class Registry<T> {
  private static final int MOST_SUGGESTIONS = 3;

  private final String kind;
  private final Map<String, T> entries = new TreeMap<>();

  /**
   * Makes an empty registry.
   *
   * @param kind what its entries are, for messages: {@code initializer}
   */
  public Registry(String kind) {
    this.kind = kind;
  }

  /**
   * Registers an entry under one or more names; an entry of the same name is replaced.
   *
   * @return this registry
   */
  public synchronized Registry<T> add(T entry, String... names) {
    for (String name : names) {
      entries.put(name.toLowerCase(Locale.ROOT), entry);
    }
    return this;
  }

  /**
   * The entry registered under a name.
   *
   * @throws InvalidArgumentException if there is none, with the names that look like it
   */
  public synchronized T find(String name) {
    T entry = entries.get(name.toLowerCase(Locale.ROOT));
    if (entry == null) {
      throw unknown(kind, name, entries.keySet());
    }
    return entry;
  }

  /** All names, sorted. */
  public synchronized List<String> names() {
    return List.copyOf(entries.keySet());
  }

  /** The exception for a name that is none of the possible ones. */
  public static InvalidArgumentException unknown(
      String kind, String name, Collection<String> possible) {
    List<String> near = near(name, possible);
    return new InvalidArgumentException(
        "'" + name + "' was asked for as " + kind,
        "there is no " + kind + " of that name",
        near.isEmpty()
            ? "use one of " + String.join(", ", possible)
            : near.stream().collect(Collectors.joining("' or '", "did you mean '", "'?")));
  }

  /** The names within a third of their length in edits, nearest first. */
  private static List<String> near(String name, Collection<String> possible) {
    String given = name.toLowerCase(Locale.ROOT);
    return possible.stream()
        .filter(
            other -> edits(given, other) <= Math.max(1, Math.max(given.length(), other.length()) / 3))
        .sorted(
            Comparator.<String>comparingInt(other -> edits(given, other))
                .thenComparing(Comparator.naturalOrder()))
        .limit(MOST_SUGGESTIONS)
        .toList();
  }

  /** Levenshtein's distance, row by row. */
  private static int edits(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
