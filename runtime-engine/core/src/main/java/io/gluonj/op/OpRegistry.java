package io.gluonj.op;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * All operators of the framework, found by walking the sealed tree under {@link Op}: there is no
 * list to keep up to date. Users' {@link Op.Custom} operators are not part of it.
 */
public final class OpRegistry {
  private static final List<Class<? extends Op>> ALL = walk();
  private static final Map<String, OpSchema<?>> BY_NAME = byName();

  private OpRegistry() {}

  /** The operators' record classes. */
  public static List<Class<? extends Op>> all() {
    return ALL;
  }

  /** The schema of the operator a file calls {@code name}; empty if there is none. */
  public static Optional<OpSchema<?>> find(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  /** All names files may use, sorted. */
  public static Set<String> names() {
    return BY_NAME.keySet();
  }

  private static List<Class<? extends Op>> walk() {
    var found = new LinkedHashSet<Class<? extends Op>>();
    var pending = new ArrayList<Class<?>>(List.of(Op.class));
    while (!pending.isEmpty()) {
      Class<?> type = pending.removeFirst();
      if (type.isSealed()) {
        pending.addAll(0, List.of(type.getPermittedSubclasses()));
      } else if (type.isRecord()) {
        found.add(type.asSubclass(Op.class));
      }
    }
    return List.copyOf(found);
  }

  private static Map<String, OpSchema<?>> byName() {
    var names = new TreeMap<String, OpSchema<?>>();
    for (Class<? extends Op> type : ALL) {
      OpSchema<?> schema = OpSchema.of(type);
      if (schema.isInternal()) {
        continue;
      }
      for (String name : schema.names()) {
        OpSchema<?> other = names.put(name, schema);
        if (other != null) {
          throw new LinkageError(name + " names two operators, one of them " + type.getName());
        }
      }
    }
    return java.util.Collections.unmodifiableMap(names);
  }
}
