package io.gluonj.types;

/** An operator cannot do what was asked of it in this version. */
public final class UnsupportedOpException extends GluonException {
  private static final long serialVersionUID = 1L;

  public UnsupportedOpException(String what, String because, String fix) {
    super(what, because, fix, null);
  }

  public UnsupportedOpException(String what, String because, String fix, Throwable cause) {
    super(what, because, fix, cause);
  }
}
