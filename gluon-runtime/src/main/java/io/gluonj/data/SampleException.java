package io.gluonj.data;

import io.gluonj.types.GluonException;

/**
 * A data set failed to give a sample. Thrown in the thread that asked for the batch; the cause has
 * the stack of the thread that made it.
 */
public final class SampleException extends GluonException {
  private static final long serialVersionUID = 1L;

  private final int index;
  private final Throwable origin;

  SampleException(int index, Throwable cause) {
    super(
        "DataLoader: sample " + index + " could not be made: " + cause,
        "the data set, or a transform of it, threw this",
        "see the cause; dataset.get(" + index + ") repeats it",
        cause);
    this.index = index;
    this.origin = cause;
  }

  /** Index of the sample in the data set. */
  public int index() {
    return index;
  }

  /** What the data set threw. */
  Throwable origin() {
    return origin;
  }
}
