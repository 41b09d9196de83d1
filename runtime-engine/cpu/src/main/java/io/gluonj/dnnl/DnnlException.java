package io.gluonj.dnnl;

/** A call of oneDNN did not succeed. */
public final class DnnlException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String function;
  private final DnnlStatus status;

  DnnlException(String function, DnnlStatus status, String subject) {
    super(
        "Dnnl: "
            + function
            + " answers "
            + status.name().toLowerCase(java.util.Locale.ROOT)
            + "\n  because  "
            + status.meaning()
            + (subject.isEmpty() ? "" : "\n  for      " + subject));
    this.function = function;
    this.status = status;
  }

  /** Name of the C function. */
  public String function() {
    return function;
  }

  /** What it answered; {@link DnnlStatus#UNIMPLEMENTED} means that another way must be taken. */
  public DnnlStatus status() {
    return status;
  }
}
