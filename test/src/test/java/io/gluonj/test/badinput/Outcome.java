package io.gluonj.test.badinput;

/** What became of a call that was allowed to fail. */
enum Outcome {
  /** It was computed. */
  COMPUTED,
  /** It was refused by a documented exception. */
  REFUSED,
  /** Its shapes are allowed, but too large for a test to compute. */
  TOO_LARGE
}
