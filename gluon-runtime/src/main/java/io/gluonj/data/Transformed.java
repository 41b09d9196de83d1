package io.gluonj.data;

import java.util.function.Function;

/** A view that applies a function to each sample. */
record Transformed<S, T>(Dataset<S> source, Function<? super S, ? extends T> function)
    implements Dataset<T> {
  @Override
  public int size() {
    return source.size();
  }

  @Override
  public T get(int index) {
    return function.apply(source.get(index));
  }
}
