package io.gluonj.cli;

import io.gluonj.types.GluonException;

/** What was asked on the command line cannot be done as it was asked. */
public final class UsageException extends GluonException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes the message.
   *
   * @param what what was asked for and what was found instead
   * @param because the rule that was broken
   * @param fix what to type instead
   */
  public UsageException(String what, String because, String fix) {
    super(what, because, fix, null);
  }

  /** With the exception that revealed it. */
  public UsageException(String what, String because, String fix, Throwable cause) {
    super(what, because, fix, cause);
  }
}
