package io.gluonj.gluon;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

public abstract class Members {
  protected Members() {}

  public abstract Parameter param(String name, @Nullable Parameter current, ParamSpec spec);

  public abstract void child(String name, @Nullable Block child);

  public abstract void children(String name, List<? extends Block> children);

  public abstract void children(String name, Map<String, ? extends Block> children);

  public abstract void children(String name, Block[] children);
}
