package io.gluonj.cli;

import io.gluonj.types.GluonException;

/** Training was begun and cannot go on: exit code {@link ExitCode#FAILED}. */
public final class TrainingException extends GluonException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes the message.
   *
   * @param what what happened, and when
   * @param because what it comes from
   * @param fix what to change
   */
  public TrainingException(String what, String because, String fix) {
    super(what, because, fix, null);
  }
}
