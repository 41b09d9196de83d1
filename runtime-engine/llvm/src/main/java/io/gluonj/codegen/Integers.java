package io.gluonj.codegen;

/** Integers and places in memory. */
record Integers(IrWriter out) {
  String times(String x, String y) {
    return out.value("mul nsw i64 " + x + ", " + y);
  }

  String times(String x, long y) {
    return times(x, String.valueOf(y));
  }

  String plus(String x, String y) {
    return out.value("add nsw i64 " + x + ", " + y);
  }

  String minus(String x, String y) {
    return out.value("sub nsw i64 " + x + ", " + y);
  }

  /** The quotient of numbers that are not negative. */
  String over(String x, String y) {
    return out.value("udiv i64 " + x + ", " + y);
  }

  String remainder(String x, String y) {
    return out.value("urem i64 " + x + ", " + y);
  }

  /** The quotient, rounded up. */
  String ceil(String x, String y) {
    return over(plus(x, plus(y, "-1")), y);
  }

  String min(String x, String y) {
    return out.call("i64", "llvm.smin.i64", "i64", x, y);
  }

  String max(String x, String y) {
    return out.call("i64", "llvm.smax.i64", "i64", x, y);
  }

  /** {@code x}, but at least 0 and at most so much. */
  String clamp(String x, String most) {
    return max("0", min(x, most));
  }

  /** The place so many float32 further. */
  String at(String base, String offset) {
    return out.value("getelementptr inbounds float, ptr " + base + ", i64 " + offset);
  }

  /** The place so many bytes further. */
  String bytes(String base, String offset) {
    return out.value("getelementptr inbounds i8, ptr " + base + ", i64 " + offset);
  }

  /** A float32 from memory. */
  String load(String place) {
    return out.value("load float, ptr " + place + ", align 4");
  }

  void store(String value, String place) {
    out.line("store float " + value + ", ptr " + place + ", align 4");
  }
}
