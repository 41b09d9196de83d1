package io.gluonj.ptx;

/** Floating point instructions that are more than one operation of the JVM. */
final class Floats {
  private static final double LN2 = Math.log(2);

  private Floats() {}

  static float flush(float a) {
    return Math.abs(a) < Float.MIN_NORMAL ? Math.copySign(0f, a) : a;
  }

  /** {@code .ftz} has no effect on f64. */
  static double flush(double a) {
    return a;
  }

  static float saturate(float a) {
    return a > 0 ? Math.min(a, 1f) : 0f;
  }

  static double saturate(double a) {
    return a > 0 ? Math.min(a, 1.0) : 0.0;
  }

  /** A number beats a NaN. */
  static float min(float a, float b) {
    return Float.isNaN(a) ? b : Float.isNaN(b) ? a : Math.min(a, b);
  }

  static double min(double a, double b) {
    return Double.isNaN(a) ? b : Double.isNaN(b) ? a : Math.min(a, b);
  }

  static float max(float a, float b) {
    return Float.isNaN(a) ? b : Float.isNaN(b) ? a : Math.max(a, b);
  }

  static double max(double a, double b) {
    return Double.isNaN(a) ? b : Double.isNaN(b) ? a : Math.max(a, b);
  }

  /** The sign of the first on the second. */
  static float copySign(float sign, float a) {
    int magnitude = Float.floatToRawIntBits(a) & Integer.MAX_VALUE;
    return Float.intBitsToFloat(magnitude | (Float.floatToRawIntBits(sign) & Integer.MIN_VALUE));
  }

  static double copySign(double sign, double a) {
    long magnitude = Double.doubleToRawLongBits(a) & Long.MAX_VALUE;
    return Double.longBitsToDouble(magnitude | (Double.doubleToRawLongBits(sign) & Long.MIN_VALUE));
  }

  static float sqrt(float a) {
    return (float) Math.sqrt(a);
  }

  static double sqrt(double a) {
    return Math.sqrt(a);
  }

  static float rsqrt(float a) {
    return (float) (1 / Math.sqrt(a));
  }

  static double rsqrt(double a) {
    return 1 / Math.sqrt(a);
  }

  static float rcp(float a) {
    return 1 / a;
  }

  static double rcp(double a) {
    return 1 / a;
  }

  static float ex2(float a) {
    return (float) Math.pow(2, a);
  }

  static float lg2(float a) {
    return (float) (Math.log(a) / LN2);
  }

  static float sin(float a) {
    return (float) Math.sin(a);
  }

  static float cos(float a) {
    return (float) Math.cos(a);
  }

  static float tanh(float a) {
    return (float) Math.tanh(a);
  }

  // Comparisons that the JVM does not have: b is 0 or 1.

  static int ordered(float a, float b) {
    return Float.isNaN(a) || Float.isNaN(b) ? 0 : 1;
  }

  static int ordered(double a, double b) {
    return Double.isNaN(a) || Double.isNaN(b) ? 0 : 1;
  }

  static int differ(float a, float b) {
    return a < b || a > b ? 1 : 0;
  }

  static int differ(double a, double b) {
    return a < b || a > b ? 1 : 0;
  }

  static int equalOrNan(float a, float b) {
    return a < b || a > b ? 0 : 1;
  }

  static int equalOrNan(double a, double b) {
    return a < b || a > b ? 0 : 1;
  }
}
