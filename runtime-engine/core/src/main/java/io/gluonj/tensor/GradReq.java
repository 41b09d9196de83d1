package io.gluonj.tensor;

/** What a backward pass does with a gradient (MXNet: grad_req). */
public enum GradReq {
  /** Replaces what an earlier backward left. */
  WRITE,
  /** Adds to it, until it is set to zero. */
  ADD,
  /** Collects none. */
  NULL
}
