package io.gluonj.gluon;

import java.util.concurrent.atomic.AtomicBoolean;

/** An attached hook; closing detaches it. */
public final class HookHandle implements AutoCloseable {
  private final Runnable detach;
  private final AtomicBoolean open = new AtomicBoolean(true);

  HookHandle(Runnable detach) {
    this.detach = detach;
  }

  /** Detaches the hook; closing again does nothing. */
  @Override
  public void close() {
    if (open.getAndSet(false)) {
      detach.run();
    }
  }
}
