package io.gluonj.test.badinput;

/**
 * One thing that is wrong with a call. The numbers are counted around what the call has, so that
 * every change means something for every call, and smaller numbers are simpler ones.
 *
 * @param which attribute or input
 * @param at axis, or place in an attribute
 * @param value which of the values for it
 */
record Change(Kind kind, int which, int at, int value) {
  /** What is changed. */
  enum Kind {
    ATTRIBUTE,
    EXTENT,
    AXIS_ADDED,
    AXIS_DROPPED,
    DTYPE,
    INPUT_DROPPED,
    INPUT_ADDED,
    VALUES,
    CLOSED,
    OTHER_DEVICE,
    UNKNOWN_EXTENT,
    UNKNOWN_SHAPE
  }
}
