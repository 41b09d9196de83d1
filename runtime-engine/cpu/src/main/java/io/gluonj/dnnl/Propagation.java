package io.gluonj.dnnl;

/** {@code dnnl_prop_kind_t} of forward computations. */
public enum Propagation {
  /**
   * Keeps what the gradient needs: the workspace of max-pooling, the statistics of normalizations.
   */
  TRAINING(64),
  /** Keeps nothing. */
  INFERENCE(96);

  private final int code;

  Propagation(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }
}
