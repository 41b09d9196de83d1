package io.gluonj.types;

/** Shapes that do not fit together, found while an operator was applied or traced. */
public final class ShapeException extends GluonException {
  private static final long serialVersionUID = 1L;

  public ShapeException(String what, String because, String fix) {
    super(what, because, fix, null);
  }

  public ShapeException(String what, String because, String fix, Throwable cause) {
    super(what, because, fix, cause);
  }
}
