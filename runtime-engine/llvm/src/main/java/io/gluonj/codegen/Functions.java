package io.gluonj.codegen;

/** The transcendental functions of {@link io.gluonj.op.Scalar} in one type. */
interface Functions {
  String exp(String x);

  String expm1(String x);

  String log(String x);

  String log1p(String x);

  String tanh(String x);

  String erf(String x);

  String sin(String x);

  String cos(String x);

  String pow(String a, String b);
}
