package io.gluonj.cuda;

import io.gluonj.types.GluonException;

/** A call of the CUDA driver, or of a library on top of it, failed. */
public final class CudaException extends GluonException {
  private static final long serialVersionUID = 1L;

  private final int code;

  /**
   * Makes the message.
   *
   * @param code what the call returned
   * @param what which call failed and with what
   * @param because what that means
   * @param fix what the reader can do now
   */
  public CudaException(int code, String what, String because, String fix) {
    super(what, because, fix, null);
    this.code = code;
  }

  /** What the call returned: a {@code CUresult}, or the status of the library that was called. */
  public int code() {
    return code;
  }
}
