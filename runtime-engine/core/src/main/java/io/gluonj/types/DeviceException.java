package io.gluonj.types;

/** Arrays of different devices met, or a device cannot be had. */
public final class DeviceException extends GluonException {
  private static final long serialVersionUID = 1L;

  public DeviceException(String what, String because, String fix) {
    super(what, because, fix, null);
  }

  public DeviceException(String what, String because, String fix, Throwable cause) {
    super(what, because, fix, cause);
  }
}
