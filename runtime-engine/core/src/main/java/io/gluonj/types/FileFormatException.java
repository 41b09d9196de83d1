package io.gluonj.types;

/** A file is not what its reader expects: truncated, corrupt or of another kind. */
public final class FileFormatException extends GluonException {
  private static final long serialVersionUID = 1L;

  public FileFormatException(String what, String because, String fix) {
    super(what, because, fix, null);
  }

  public FileFormatException(String what, String because, String fix, Throwable cause) {
    super(what, because, fix, cause);
  }
}
