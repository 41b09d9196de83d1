package io.gluonj.dnnl;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Keeps primitives by what they compute, the least recently used one being dropped when there are
 * too many. The first primitive of a new shape costs milliseconds (oneDNN compiles code), a later
 * one from here nanoseconds.
 *
 * <p>Safe for use by several threads. Executions go on working when their primitive is dropped or
 * the cache is closed.
 */
public final class PrimitiveCache implements AutoCloseable {
  private final int capacity;
  private final Map<PrimitiveSpec, Primitive> primitives = new LinkedHashMap<>(64, 0.75f, true);
  private boolean closed;

  /**
   * A cache.
   *
   * @param capacity number of primitives to keep, at least 1
   */
  public PrimitiveCache(int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException(
          "PrimitiveCache: a capacity of " + capacity + " was given, 1 or more is needed");
    }
    this.capacity = capacity;
  }

  /**
   * A new execution of the primitive for {@code spec}, compiled now if it is not there.
   *
   * @throws DnnlException if the descriptors do not fit together, or nothing implements them
   * @throws IllegalStateException after {@link #close}
   */
  public synchronized Execution execution(PrimitiveSpec spec) {
    if (closed) {
      throw new IllegalStateException("PrimitiveCache: " + spec + " was asked for after close()");
    }
    Primitive primitive = primitives.get(spec);
    if (primitive == null) {
      primitive = Primitive.of(spec);
      primitives.put(spec, primitive);
      dropEldest();
    }
    return primitive.execution();
  }

  private void dropEldest() {
    if (primitives.size() > capacity) {
      Map.Entry<PrimitiveSpec, Primitive> eldest = primitives.entrySet().iterator().next();
      primitives.remove(eldest.getKey());
      eldest.getValue().close();
    }
  }

  /** Number of primitives kept. */
  public synchronized int size() {
    return primitives.size();
  }

  @Override
  public synchronized void close() {
    closed = true;
    primitives.values().forEach(Primitive::close);
    primitives.clear();
  }
}
