package io.gluonj.tensor;

import io.gluonj.types.InvalidArgumentException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Frees the arrays made by this thread while it is open, except those that are kept:
 *
 * <pre>{@code
 * try (var scope = TensorScope.open()) {
 *   NDArray y = scope.keep(x.mul(2).add(1));   // the product is freed, y lives on
 * }
 * }</pre>
 *
 * Scopes nest; a kept array belongs to the enclosing scope, if there is one. Without a scope arrays
 * are freed when they are closed or garbage collected. Gradients and parameters are never freed by
 * a scope.
 */
public final class TensorScope implements AutoCloseable {
  private static final ThreadLocal<@Nullable TensorScope> CURRENT = new ThreadLocal<>();

  private final @Nullable TensorScope outer;
  private final Thread owner = Thread.currentThread();
  private final List<NDArray> members = new ArrayList<>();
  private final Set<NDArray> kept = Collections.newSetFromMap(new HashMap<>());
  private boolean closed;

  private TensorScope(@Nullable TensorScope outer) {
    this.outer = outer;
  }

  /** Opens a scope for this thread. */
  public static TensorScope open() {
    TensorScope scope = new TensorScope(CURRENT.get());
    CURRENT.set(scope);
    return scope;
  }

  static void register(NDArray array) {
    TensorScope scope = CURRENT.get();
    if (scope != null) {
      scope.members.add(array);
    }
  }

  /** Runs without any scope: what is made belongs to nobody. For what outlives a step. */
  public static <T> T outside(java.util.function.Supplier<T> action) {
    TensorScope scope = CURRENT.get();
    CURRENT.remove();
    try {
      return action.get();
    } finally {
      CURRENT.set(scope);
    }
  }

  /** Moves an array to the enclosing scope and returns it. */
  public <T extends Tensor> T keep(T tensor) {
    if (tensor instanceof NDArray array) {
      kept.add(array);
    }
    return tensor;
  }

  /** Frees all members that were not kept. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    if (Thread.currentThread() != owner || CURRENT.get() != this) {
      throw new InvalidArgumentException(
          "a TensorScope was closed on another thread or before an inner scope",
          "scopes of a thread are closed in the reverse order of their opening",
          "use try-with-resources");
    }
    closed = true;
    CURRENT.set(outer);
    for (NDArray member : members) {
      if (!kept.contains(member)) {
        member.close();
      } else if (outer != null) {
        outer.members.add(member);
      }
    }
  }
}
