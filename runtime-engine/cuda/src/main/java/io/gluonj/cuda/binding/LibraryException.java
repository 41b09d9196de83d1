package io.gluonj.cuda.binding;

import io.gluonj.types.GluonException;

/** A call of one of NVIDIA's libraries returned an error. */
public final class LibraryException extends GluonException {
  private static final long serialVersionUID = 1L;

  private final String call;
  private final int status;

  /**
   * Describes the failed call.
   *
   * @param call the C function
   * @param status what it returned
   * @param name the status by name, and what the library says about it
   * @param fix what the user can do
   */
  public LibraryException(String call, int status, String name, String fix) {
    super(call + " returned " + status, name, fix, null);
    this.call = call;
    this.status = status;
  }

  /** The C function that failed. */
  public String call() {
    return call;
  }

  /** The status it returned. */
  public int status() {
    return status;
  }
}
