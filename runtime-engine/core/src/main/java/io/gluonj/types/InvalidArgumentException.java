package io.gluonj.types;

/** A value the user passed is outside what the method accepts. */
public final class InvalidArgumentException extends GluonException {
  private static final long serialVersionUID = 1L;

  public InvalidArgumentException(String what, String because, String fix) {
    super(what, because, fix, null);
  }

  public InvalidArgumentException(String what, String because, String fix, Throwable cause) {
    super(what, because, fix, cause);
  }
}
