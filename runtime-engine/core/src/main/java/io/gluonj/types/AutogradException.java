package io.gluonj.types;

/** A gradient was asked for that cannot be given. */
public final class AutogradException extends GluonException {
  private static final long serialVersionUID = 1L;

  public AutogradException(String what, String because, String fix) {
    super(what, because, fix, null);
  }

  public AutogradException(String what, String because, String fix, Throwable cause) {
    super(what, because, fix, cause);
  }
}
