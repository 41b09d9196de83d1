package io.gluonj.codegen;

/** The signs and special cases of {@code java.lang.Math.pow}, which differ from C's. */
final class Powers {
  private Powers() {}

  /**
   * {@code a} to the power {@code b}.
   *
   * @param magnitude {@code |a|} to the power {@code b}, right wherever that is no special case
   */
  static String atTheEnds(Arithmetic f, String a, String b, String magnitude) {
    IrWriter out = f.out();
    String integral = f.compare("oeq", f.call("floor", b), b);
    String half = f.mul(b, f.of(0.5));
    String even = f.compare("oeq", f.call("floor", half), half);
    String odd = and(out, integral, out.value("xor i1 " + even + ", true"));
    // copysign sees the sign of -0, which a comparison does not
    String negative = f.compare("olt", f.call("copysign", f.of(1), a), f.of(0));
    String signed = f.select(and(out, negative, odd), f.negate(magnitude), magnitude);
    // a negative base has real powers with integral exponents only, unless it is infinite
    String minusInfinity = f.of(Double.NEGATIVE_INFINITY);
    String finiteNegative =
        and(out, f.compare("olt", a, f.of(0)), f.compare("ogt", a, minusInfinity));
    String unreal = and(out, finiteNegative, f.compare("une", f.call("floor", b), b));
    String real = f.select(unreal, f.of(Double.NaN), signed);
    // a NaN on either side, except for an exponent of 0
    String unordered = f.compare("uno", a, b);
    String known = f.select(unordered, f.of(Double.NaN), real);
    // 1 to an infinite power is undefined in Java
    String one = f.compare("oeq", f.call("fabs", a), f.of(1));
    String infinite = f.compare("oeq", f.call("fabs", b), f.of(Double.POSITIVE_INFINITY));
    String defined = f.select(and(out, one, infinite), f.of(Double.NaN), known);
    return f.select(f.compare("oeq", b, f.of(0)), f.of(1), defined);
  }

  private static String and(IrWriter out, String a, String b) {
    return out.value("and i1 " + a + ", " + b);
  }
}
