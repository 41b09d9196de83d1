package io.gluonj.tensor;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The names given to symbols while a block is traced: Gluon's prefix, a counter for each kind of
 * operator that starts anew with every scope, and the structural path for messages. One stack for
 * each thread; closed scopes restore their parent.
 */
public final class NameScope implements AutoCloseable {
  private static final ThreadLocal<NameScope> CURRENT =
      ThreadLocal.withInitial(() -> new NameScope("", "", null));

  private final String prefix;
  private final String path;
  private final @Nullable NameScope outer;
  private final Map<String, Integer> counters = new HashMap<>();

  private NameScope(String prefix, String path, @Nullable NameScope outer) {
    this.prefix = prefix;
    this.path = path;
    this.outer = outer;
  }

  /** The innermost open scope of this thread. */
  public static NameScope current() {
    return CURRENT.get();
  }

  /**
   * Opens a scope.
   *
   * @param prefix what every name in it begins with, for example {@code lenet0_conv0_}
   * @param path structural path of the block, for example {@code LeNet.conv1}
   */
  public static NameScope open(String prefix, String path) {
    NameScope scope = new NameScope(prefix, path, CURRENT.get());
    CURRENT.set(scope);
    return scope;
  }

  public String prefix() {
    return prefix;
  }

  public String path() {
    return path;
  }

  /**
   * A name for a node nobody named: prefix, hint and a number, for example {@code net0_flatten0}.
   */
  String automatic(String hint) {
    return prefix + hint + (counters.merge(hint, 1, Integer::sum) - 1);
  }

  @Override
  public void close() {
    if (outer != null) {
      CURRENT.set(outer);
    }
  }
}
