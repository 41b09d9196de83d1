package io.gluonj.types;

/** A parameter was read before it had been initialized or its shape had been inferred. */
public final class NotInitializedException extends GluonException {
  private static final long serialVersionUID = 1L;

  public NotInitializedException(String what, String because, String fix) {
    super(what, because, fix, null);
  }

  public NotInitializedException(String what, String because, String fix, Throwable cause) {
    super(what, because, fix, cause);
  }
}
