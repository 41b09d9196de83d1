package io.gluonj.processor.model;

/** Whether code in the block's package reaches a member. */
public enum Access {
  REACHABLE,
  PRIVATE,
  /** Not public, and declared in another package. */
  OTHER_PACKAGE
}
