package io.gluonj.gluon;

import io.gluonj.initializer.Initializer;
import org.jspecify.annotations.Nullable;

public final class ParamSpec {
  public static final long UNKNOWN = 0;

  private ParamSpec() {}

  public static ParamSpec shape(long... dimensions) {
    return new ParamSpec();
  }

  public ParamSpec append(int... dimensions) {
    return this;
  }

  public ParamSpec append(long... dimensions) {
    return this;
  }

  public ParamSpec init(String name) {
    return this;
  }

  public ParamSpec init(@Nullable Initializer initializer) {
    return this;
  }

  public ParamSpec gradReq(String request) {
    return this;
  }

  public ParamSpec lrMult(double factor) {
    return this;
  }

  public ParamSpec wdMult(double factor) {
    return this;
  }

  public ParamSpec dtype(String name) {
    return this;
  }

  public ParamSpec notDifferentiable() {
    return this;
  }
}
