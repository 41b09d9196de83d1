package io.gluonj.test.badinput;

import io.gluonj.types.DType;
import io.gluonj.types.Shape;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Values that nobody should pass, for every type that attributes have. */
final class Absurd {
  private static final long[] WHOLE = {
    0,
    1,
    -1,
    2,
    3,
    -2,
    5,
    -7,
    17,
    1000,
    1L << 16,
    1L << 30,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    1L << 33,
    1L << 62,
    Long.MAX_VALUE,
    Long.MIN_VALUE
  };

  private static final double[] REAL = {
    0, 1, -1, 0.5, 2, 1e9, 1e300, -1e300, 1e-300, Double.NaN, Double.POSITIVE_INFINITY, -0.0
  };

  private static final String[] TEXT = {"", "x", "None", "sum", "()"};

  private Absurd() {}

  /** One of the extents an input may get. */
  static long extent(int value) {
    return pick(WHOLE, value) & Long.MAX_VALUE;
  }

  static DType dtype(int value) {
    return pick(DType.values(), value);
  }

  /**
   * A record with one component changed.
   *
   * @param which component, counted around
   * @param at the place in it where it is a list, or the component of a nested record
   * @param value which absurd value
   * @throws RuntimeException what the record's constructor throws
   */
  static Record changed(Record original, int which, int at, int value) {
    RecordComponent[] components = original.getClass().getRecordComponents();
    if (components.length == 0) {
      return original;
    }
    Object[] values = new Object[components.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = component(original, components[i]);
    }
    int changed = Math.floorMod(which, values.length);
    values[changed] = value(components[changed].getGenericType(), values[changed], at, value);
    return make(original.getClass(), values);
  }

  private static Object value(Type type, Object old, int at, int value) {
    return switch (old) {
      case Boolean b -> !b;
      case Integer _ -> (int) pick(WHOLE, value);
      case Long _ -> pick(WHOLE, value);
      case Double _ -> REAL[Math.floorMod(value, REAL.length)];
      case DType _ -> dtype(value);
      case String _ -> TEXT[Math.floorMod(value, TEXT.length)];
      case Enum<?> e -> pick(e.getDeclaringClass().getEnumConstants(), value);
      case Shape s when s.rank() > 0 -> s.with(Math.floorMod(at, s.rank()), extent(value));
      case Optional<?> _ when value % 4 == 0 -> Optional.empty();
      case Optional<?> o -> {
        Object content = o.isPresent() ? o.get() : zero(type);
        yield Optional.of(value(element(type), content, at, value));
      }
      case List<?> list -> list(type, list, at, value);
      case Record nested -> changed(nested, at, at, value);
      default -> old;
    };
  }

  private static List<Object> list(Type type, List<?> old, int at, int value) {
    var list = new ArrayList<Object>(old);
    if (list.isEmpty() && !simple(type)) {
      return List.of();
    }
    Object first = list.isEmpty() ? zero(type) : list.getFirst();
    int place = list.isEmpty() ? 0 : Math.floorMod(at, list.size());
    switch (Math.floorMod(at, 5)) {
      case 0 -> list.clear();
      case 1 -> list.add(value(element(type), first, at, value));
      case 2 -> list.addAll(old.isEmpty() ? List.of(first) : old);
      default -> {
        if (list.isEmpty()) {
          list.add(first);
        }
        list.set(place, value(element(type), first, at, value));
      }
    }
    return List.copyOf(list);
  }

  private static Type element(Type type) {
    return ((ParameterizedType) type).getActualTypeArguments()[0];
  }

  /** A value of a container's elements, where it has none to begin with. */
  private static Object zero(Type container) {
    Type element = element(container);
    if (element instanceof ParameterizedType) {
      return Optional.empty();
    }
    Class<?> type = (Class<?>) element;
    if (type == Long.class) {
      return 0L;
    }
    if (type == Double.class) {
      return 0.0;
    }
    if (type == DType.class) {
      return DType.FLOAT32;
    }
    return type == Integer.class ? 0 : "";
  }

  /** Whether {@link #zero} knows a value for the elements of a container. */
  private static boolean simple(Type container) {
    return !(element(container) instanceof Class<?> type && type.isRecord());
  }

  private static Object component(Record owner, RecordComponent component) {
    try {
      var accessor = component.getAccessor();
      accessor.setAccessible(true);
      return accessor.invoke(owner);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("cannot read " + component, e);
    }
  }

  private static Record make(Class<? extends Record> type, Object[] values) {
    Class<?>[] types =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      Constructor<? extends Record> canonical = type.getDeclaredConstructor(types);
      canonical.setAccessible(true);
      return canonical.newInstance(values);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException thrown) {
        throw thrown;
      }
      throw new LinkageError("cannot make " + type, e);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("cannot make " + type + Arrays.toString(values), e);
    }
  }

  private static long pick(long[] from, int value) {
    return from[Math.floorMod(value, from.length)];
  }

  /** One of some things, counted around. */
  static <T> T pick(T[] from, int value) {
    return from[Math.floorMod(value, from.length)];
  }
}
