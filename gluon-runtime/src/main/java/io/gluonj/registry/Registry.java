package io.gluonj.registry;

import io.gluonj.text.Spelling;
import io.gluonj.types.InvalidArgumentException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Entries found by name, without regard to case. Thread-safe.
 *
 * @param <T> what is found
 */
public final class Registry<T> {
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
    return new InvalidArgumentException(
        "'" + name + "' was asked for as " + kind,
        "there is no " + kind + " of that name",
        Spelling.didYouMean(name, possible, "use one of " + String.join(", ", possible)));
  }
}
