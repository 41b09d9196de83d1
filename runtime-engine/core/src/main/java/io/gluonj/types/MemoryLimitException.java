package io.gluonj.types;

/** A device's memory does not suffice; the message says what holds it. */
public final class MemoryLimitException extends GluonException {
  private static final long serialVersionUID = 1L;

  public MemoryLimitException(String what, String because, String fix) {
    super(what, because, fix, null);
  }

  public MemoryLimitException(String what, String because, String fix, Throwable cause) {
    super(what, because, fix, cause);
  }
}
