package io.gluonj.types;

import org.jspecify.annotations.Nullable;

/**
 * Root of what the framework throws. Every message has one form: what was asked and found, because,
 * fix.
 */
public abstract class GluonException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String what;
  private final String because;
  private final String fix;

  /**
   * Makes the message.
   *
   * @param what what was asked for and what was found instead
   * @param because the rule that was broken
   * @param fix what the reader can do now
   */
  protected GluonException(String what, String because, String fix, @Nullable Throwable cause) {
    super(what + "\n  because  " + because + "\n  fix      " + fix, cause);
    this.what = what;
    this.because = because;
    this.fix = fix;
  }

  /** What was asked for and what was found instead. */
  public String what() {
    return what;
  }

  /** The rule that was broken. */
  public String because() {
    return because;
  }

  /** What the reader can do now. */
  public String fix() {
    return fix;
  }
}
