package io.gluonj.ptx;

/** PTX that the machine cannot read, or a fault while a kernel runs. */
public final class PtxException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With a complete sentence. */
  public PtxException(String message) {
    super(message);
  }

  /** With a complete sentence and what led to it. */
  public PtxException(String message, Throwable cause) {
    super(message, cause);
  }
}
