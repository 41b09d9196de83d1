package io.gluonj.natives;

import org.jspecify.annotations.Nullable;

/**
 * A native library could not be found, extracted or opened. The message says which one, where it
 * was looked for, why that failed and what to do.
 */
public final class NativeLibraryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String library;
  private final String fix;

  /**
   * Creates the exception; the message is put together from the parts.
   *
   * @param library file name of the library
   * @param problem what was wanted and what was found
   * @param because why that is wrong
   * @param fix what the user can do
   * @param cause the exception underneath, if there is one
   */
  public NativeLibraryException(
      String library, String problem, String because, String fix, @Nullable Throwable cause) {
    super(
        "NativeLibrary: "
            + library
            + ": "
            + problem
            + "\n  because  "
            + because
            + "\n  fix      "
            + fix,
        cause);
    this.library = library;
    this.fix = fix;
  }

  /** File name of the library, for example {@code libdnnl.so.3}. */
  public String library() {
    return library;
  }

  /** What the user can do, one sentence or more. */
  public String fix() {
    return fix;
  }
}
