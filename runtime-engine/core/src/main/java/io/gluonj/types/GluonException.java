package io.gluonj.types;

import org.jspecify.annotations.Nullable;

/**
 * Root of what the framework throws. Every message has one form: what was asked and found, because,
 * fix.
 */
public abstract class GluonException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes the message.
   *
   * @param what what was asked for and what was found instead
   * @param because the rule that was broken
   * @param fix what the reader can do now
   */
  protected GluonException(String what, String because, String fix, @Nullable Throwable cause) {
    super(what + "\n  because  " + because + "\n  fix      " + fix, cause);
  }
}
