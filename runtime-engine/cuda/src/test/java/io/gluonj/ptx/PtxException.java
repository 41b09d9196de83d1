package io.gluonj.ptx;

/** PTX that the machine cannot read, or a fault while a kernel runs. */
public final class PtxException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** How the driver reports it: {@code CUresult} in {@code cuda.h}. */
  public enum Fault {
    /** An address that the kernel may not touch. */
    ILLEGAL_ADDRESS(700),
    /** An address that does not suit the size of the access. */
    MISALIGNED_ADDRESS(716),
    /** Everything else. */
    LAUNCH_FAILED(719);

    private final int code;

    Fault(int code) {
      this.code = code;
    }

    /** The driver's number for it. */
    public int code() {
      return code;
    }
  }

  private final Fault fault;

  /** With a complete sentence. */
  public PtxException(String message) {
    this(Fault.LAUNCH_FAILED, message);
  }

  /** A fault of a kernel. */
  public PtxException(Fault fault, String message) {
    super(message);
    this.fault = fault;
  }

  /** With a complete sentence and what led to it. */
  public PtxException(String message, Throwable cause) {
    super(message, cause);
    this.fault = Fault.LAUNCH_FAILED;
  }

  /** What kind of fault it is. */
  public Fault fault() {
    return fault;
  }
}
