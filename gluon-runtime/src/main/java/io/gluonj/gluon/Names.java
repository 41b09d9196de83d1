package io.gluonj.gluon;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Names of blocks, derived from the tree. A block's prefix is its parent's prefix, the hint of its
 * class and a number among its siblings of that hint, in the order of registration (Gluon: {@code
 * _BlockScope.create}). The blocks at the top are numbered per thread, when their name is first
 * needed. A block with an empty prefix is transparent: its children are numbered with its siblings.
 */
final class Names {
  private static final ThreadLocal<Map<String, Integer>> TOP =
      ThreadLocal.withInitial(HashMap::new);

  private static volatile long epoch;

  private @Nullable String explicit;
  private @Nullable String top;
  private @Nullable Known known;
  private @Nullable Locals locals;

  /** What was derived, and from which state of the trees. */
  private record Known(long epoch, String prefix, String parameters, String path) {}

  private record Locals(long epoch, Map<Block, String> byBlock) {}

  /** Starts the numbers of this thread's top-level blocks anew. */
  static void restart() {
    TOP.get().clear();
  }

  /** Tells that a tree has changed, so that nothing derived before holds. */
  static void changed() {
    synchronized (Structure.LOCK) {
      epoch++;
    }
  }

  void explicit(String prefix) {
    synchronized (Structure.LOCK) {
      explicit = prefix;
      changed();
    }
  }

  /** For example {@code lenet0_conv1_}. */
  static String prefix(Block block) {
    return known(block).prefix();
  }

  /** The prefix of the parameters: that of the shared dictionary if there is one. */
  static String parameterPrefix(Block block) {
    return known(block).parameters();
  }

  /** For example {@code LeNet.conv1}. */
  static String path(Block block) {
    return known(block).path();
  }

  private static Known known(Block block) {
    Names names = block.names();
    Known known = names.known;
    if (known != null && known.epoch() == epoch) {
      return known;
    }
    synchronized (Structure.LOCK) {
      Block parent = block.structure().parent();
      String local = local(block);
      ParameterDict shared = block.structure().ownShared();
      String above = parent == null ? "" : prefix(parent);
      String prefix = above + local;
      String parameters =
          shared != null
              ? shared.prefix()
              : parent == null ? prefix : parameterPrefix(parent) + local;
      String path =
          parent == null ? simpleName(block) : path(parent) + "." + block.structure().key();
      known = new Known(epoch, prefix, parameters, path);
      names.known = known;
      return known;
    }
  }

  private static String simpleName(Block block) {
    Class<?> type = block.getClass();
    while (type.isAnonymousClass()) {
      type = type.getSuperclass();
    }
    return type.getSimpleName();
  }

  private static String local(Block block) {
    Names names = block.names();
    String given = names.explicit;
    if (given != null) {
      return given;
    }
    Block scope = scope(block);
    if (scope != null) {
      String numbered = numbered(scope).get(block);
      if (numbered != null) {
        return numbered;
      }
    }
    String number = names.top;
    if (number == null) {
      String hint = block.hint();
      number = hint + (TOP.get().merge(hint, 1, Integer::sum) - 1) + "_";
      names.top = number;
    }
    return number;
  }

  /** The nearest ancestor that is not transparent. */
  private static @Nullable Block scope(Block block) {
    Block parent = block.structure().parent();
    return parent == null || !isTransparent(parent) ? parent : scope(parent);
  }

  private static boolean isTransparent(Block block) {
    return "".equals(block.names().explicit);
  }

  /** The automatic names of everything numbered in a block's scope. */
  private static Map<Block, String> numbered(Block scope) {
    scope.structure().bind();
    Locals locals = scope.names().locals;
    if (locals == null || locals.epoch() != epoch) {
      Map<Block, String> byBlock = new HashMap<>();
      number(scope, new HashMap<>(), byBlock);
      locals = new Locals(epoch, byBlock);
      scope.names().locals = locals;
    }
    return locals.byBlock();
  }

  private static void number(
      Block parent, Map<String, Integer> counters, Map<Block, String> names) {
    for (Block child : parent.structure().children().values()) {
      if (!parent.equals(child.structure().parent()) || names.containsKey(child)) {
        continue;
      }
      if (isTransparent(child)) {
        child.structure().bind();
        number(child, counters, names);
      } else if (child.names().explicit == null) {
        String hint = child.hint();
        names.put(child, hint + (counters.merge(hint, 1, Integer::sum) - 1) + "_");
      }
    }
  }
}
