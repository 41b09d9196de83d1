package io.gluonj.gluon;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes what a {@link BlockDefinition} registers: the parameters and children of one block. */
public interface Members {
  /**
   * Registers a parameter.
   *
   * @param name its name within the block; the second half of its structural name
   * @param current a parameter made by hand, which is then used as it is; null to have one made, or
   *     found in the dictionary the block shares
   * @return the parameter to keep in the block's field
   */
  Parameter param(String name, @Nullable Parameter current, ParamSpec spec);

  /** Registers a child; null is an absent child and ignored. */
  void child(String name, @Nullable Block child);

  /** Registers children as {@code name.0}, {@code name.1}, …. */
  void children(String name, List<? extends Block> children);

  /** Registers children as {@code name.key}. */
  void children(String name, Map<String, ? extends Block> children);

  /** Registers children as {@code name.0}, {@code name.1}, …. */
  void children(String name, Block[] children);
}
