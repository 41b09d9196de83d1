package io.gluonj.data;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** Remembers samples. Two threads may make the same sample at once; one of the two is kept. */
final class Cached<T> implements Dataset<T> {
  private final Dataset<T> source;
  private final AtomicReferenceArray<@Nullable T> made;

  Cached(Dataset<T> source) {
    this.source = source;
    this.made = new AtomicReferenceArray<>(source.size());
  }

  @Override
  public int size() {
    return made.length();
  }

  @Override
  public T get(int index) {
    T known = made.get(Objects.checkIndex(index, made.length()));
    if (known != null) {
      return known;
    }
    T fresh = source.get(index);
    T earlier = made.compareAndExchange(index, null, fresh);
    return earlier == null ? fresh : earlier;
  }
}
