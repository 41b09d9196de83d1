package io.gluonj.tensor;

import java.util.Set;

/**
 * Where an operator was applied: the path of blocks and the user's source line. Kept on graph nodes
 * so that errors and profiles can name them.
 *
 * @param block structural path of the block, for example {@code LeNet.conv1}; may be empty
 * @param source file and line of the user's code, for example {@code LeNet.java:23}; may be empty
 */
public record Origin(String block, String source) {
  public static final Origin NONE = new Origin("", "");

  private static final StackWalker WALKER =
      StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);
  private static final Set<String> FRAMEWORK =
      Set.of(
          "io.gluonj.types",
          "io.gluonj.op",
          "io.gluonj.tensor",
          "io.gluonj.graph",
          "io.gluonj.backend",
          "io.gluonj.io",
          "io.gluonj.gluon",
          "io.gluonj.nn",
          "io.gluonj.loss",
          "io.gluonj.metric",
          "io.gluonj.optimizer",
          "io.gluonj.initializer");

  /** Bound while a pass expands or differentiates a node: what it adds belongs to that node. */
  public static final ScopedValue<Origin> INHERITED = ScopedValue.newInstance();

  /**
   * The current block path and the first stack frame outside the framework, or the origin inherited
   * from the node a pass is working on.
   */
  public static Origin here() {
    if (INHERITED.isBound()) {
      return INHERITED.get();
    }
    return new Origin(NameScope.current().path(), userLine());
  }

  private static String userLine() {
    return WALKER.walk(frames ->
        frames
            .filter(f -> !isFramework(f.getDeclaringClass()))
            .findFirst()
            .map(f -> f.getFileName() + ":" + f.getLineNumber())
            .orElse(""));
  }

  private static boolean isFramework(Class<?> type) {
    String name = type.getPackageName();
    return FRAMEWORK.contains(name)
        || name.startsWith("java.")
        || name.startsWith("jdk.")
        || type.getSimpleName().endsWith("_Gluon");
  }

  /** {@code in block LeNet.conv1 at LeNet.java:23}, with what is known. */
  @Override
  public String toString() {
    return (block.isEmpty() ? "" : "in block " + block)
        + (block.isEmpty() || source.isEmpty() ? "" : " ")
        + (source.isEmpty() ? "" : "at " + source);
  }
}
