package io.gluonj.codegen;

/** The transcendental functions of {@link io.gluonj.op.Scalar} in one type. */
sealed interface Functions permits FloatFunctions, DoubleFunctions {
  String exp(String x);

  String expm1(String x);

  String log(String x);

  String log1p(String x);

  String tanh(String x);

  String erf(String x);

  String sin(String x);

  String cos(String x);

  String pow(String a, String b);

  static Functions of(IrWriter out, FloatType type) {
    return switch (type) {
      case F32 -> new FloatFunctions(out);
      case F64 -> new DoubleFunctions(out);
    };
  }
}
