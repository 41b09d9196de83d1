package io.gluonj.cuda.binding;

/** A binding cannot be used here; the message is the reason, one line. */
public final class BindingException extends Exception {
  private static final long serialVersionUID = 1L;

  public BindingException(String reason) {
    super(reason);
  }

  public BindingException(String reason, Throwable cause) {
    super(reason, cause);
  }
}
