package io.gluonj.cli;

/** The value of an option is not one that it takes; the report puts the option's name in front. */
final class ValueException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String because;
  private final String fix;

  ValueException(String what, String because, String fix) {
    super(what);
    this.because = because;
    this.fix = fix;
  }

  String because() {
    return because;
  }

  String fix() {
    return fix;
  }
}
