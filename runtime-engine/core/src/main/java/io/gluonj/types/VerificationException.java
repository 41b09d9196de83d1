package io.gluonj.types;

/** A graph broke an invariant between two passes: a defect of the framework, not of the model. */
public final class VerificationException extends GluonException {
  private static final long serialVersionUID = 1L;

  public VerificationException(String what, String because, String fix) {
    super(what, because, fix, null);
  }

  public VerificationException(String what, String because, String fix, Throwable cause) {
    super(what, because, fix, cause);
  }
}
