package io.gluonj.generate;

import io.gluonj.op.Op;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads records, and makes others that differ in one component. */
final class Components {
  private Components() {}

  static Object read(RecordComponent component, Object record) {
    try {
      var accessor = component.getAccessor();
      accessor.setAccessible(true);
      return accessor.invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(component + " cannot be read", e);
    }
  }

  static Object read(Class<?> type, String component, Object record) {
    return Arrays.stream(type.getRecordComponents())
        .filter(c -> c.getName().equals(component))
        .map(c -> read(c, record))
        .findFirst()
        .orElseThrow();
  }

  /** The record with a boolean component negated; empty where the record refuses that. */
  static Optional<Op> flipped(Class<? extends Op> type, Op op, RecordComponent component) {
    return with(type, op, component, !((boolean) read(component, op)));
  }

  /** The records that differ in one boolean or enumerated component. */
  static List<Op> variants(Class<? extends Op> type, Op op) {
    var found = new ArrayList<Op>();
    for (RecordComponent component : type.getRecordComponents()) {
      if (component.getType() == boolean.class) {
        flipped(type, op, component).ifPresent(found::add);
      } else if (component.getType().isEnum()) {
        for (Object value : component.getType().getEnumConstants()) {
          with(type, op, component, value).ifPresent(found::add);
        }
      }
    }
    return found;
  }

  private static Optional<Op> with(
      Class<? extends Op> type, Op op, RecordComponent changed, Object value) {
    RecordComponent[] components = type.getRecordComponents();
    Object[] values =
        Arrays.stream(components)
            .map(c -> c.getName().equals(changed.getName()) ? value : read(c, op))
            .toArray();
    try {
      var constructor =
          type.getDeclaredConstructor(
              Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
      constructor.setAccessible(true);
      return Optional.of(constructor.newInstance(values));
    } catch (InvocationTargetException e) {
      return Optional.empty(); // the record's own check; such a combination does not exist
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(type + " cannot be made", e);
    }
  }
}
