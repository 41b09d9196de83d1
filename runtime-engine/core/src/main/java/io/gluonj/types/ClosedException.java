package io.gluonj.types;

/** An array, tape or loader was used after it had been closed. */
public final class ClosedException extends GluonException {
  private static final long serialVersionUID = 1L;

  public ClosedException(String what, String because, String fix) {
    super(what, because, fix, null);
  }

  public ClosedException(String what, String because, String fix, Throwable cause) {
    super(what, because, fix, cause);
  }
}
