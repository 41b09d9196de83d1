package io.gluonj.types;

/** An operator computed a NaN or an infinity while anomalies were being looked for. */
public final class AnomalyException extends GluonException {
  private static final long serialVersionUID = 1L;

  public AnomalyException(String what, String because, String fix) {
    super(what, because, fix, null);
  }
}
