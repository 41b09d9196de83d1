package io.gluonj.codegen;

/** Functions of float64: those of the C library. */
final class DoubleFunctions implements Functions {
  private final Arithmetic f;

  DoubleFunctions(IrWriter out) {
    this.f = Arithmetic.strict(out, FloatType.F64);
  }

  @Override
  public String exp(String x) {
    return f.library("exp", x);
  }

  @Override
  public String expm1(String x) {
    return f.library("expm1", x);
  }

  @Override
  public String log(String x) {
    return f.library("log", x);
  }

  @Override
  public String log1p(String x) {
    return f.library("log1p", x);
  }

  @Override
  public String tanh(String x) {
    return f.library("tanh", x);
  }

  @Override
  public String erf(String x) {
    return f.library("erf", x);
  }

  @Override
  public String sin(String x) {
    return f.library("sin", x);
  }

  @Override
  public String cos(String x) {
    return f.library("cos", x);
  }

  @Override
  public String pow(String a, String b) {
    return Powers.atTheEnds(f, a, b, f.library("pow", f.call("fabs", a), b));
  }
}
