package io.gluonj.ptx;

/** Arithmetic on f16 and bf16, alone or in pairs, held as bits. */
final class Halves {
  static final int ADD = 0;
  static final int SUB = 1;
  static final int MUL = 2;
  static final int FMA = 3;
  static final int MIN = 4;
  static final int MAX = 5;
  static final int MIN_NAN = 6;
  static final int MAX_NAN = 7;
  static final int NEG = 8;
  static final int ABS = 9;
  static final int EX2 = 10;
  static final int TANH = 11;

  private Halves() {}

  static float fromF16(int bits) {
    return Float.float16ToFloat((short) bits);
  }

  static float fromBf16(int bits) {
    return Float.intBitsToFloat(bits << 16);
  }

  static int toF16(float value) {
    return Float.floatToFloat16(value) & 0xFFFF;
  }

  /** To nearest, ties to even. */
  static int toBf16(float value) {
    int bits = Float.floatToRawIntBits(value);
    if (Float.isNaN(value)) {
      return 0x7FFF;
    }
    return (bits + 0x7FFF + ((bits >>> 16) & 1)) >>> 16;
  }

  /** One operation on a half or on a pair of them. */
  static int perform(int operation, int a, int b, int c, PtxType type) {
    if (type.packed()) {
      boolean bf16 = type == PtxType.BF16X2;
      int low = half(operation, a & 0xFFFF, b & 0xFFFF, c & 0xFFFF, bf16);
      int high = half(operation, a >>> 16, b >>> 16, c >>> 16, bf16);
      return high << 16 | low;
    }
    return half(operation, a, b, c, type == PtxType.BF16);
  }

  private static int half(int operation, int a, int b, int c, boolean bf16) {
    if (operation == NEG) {
      return a ^ 0x8000;
    }
    if (operation == ABS) {
      return a & 0x7FFF;
    }
    float x = bf16 ? fromBf16(a) : fromF16(a);
    float y = bf16 ? fromBf16(b) : fromF16(b);
    // f32 has more than twice the digits, so that rounding twice is rounding once, but for fma.
    float result =
        switch (operation) {
          case ADD -> x + y;
          case SUB -> x - y;
          case MUL -> x * y;
          case FMA -> fma(x, y, bf16 ? fromBf16(c) : fromF16(c));
          case MIN -> Floats.min(x, y);
          case MAX -> Floats.max(x, y);
          case MIN_NAN -> Math.min(x, y);
          case MAX_NAN -> Math.max(x, y);
          case EX2 -> Floats.ex2(x);
          default -> Floats.tanh(x);
        };
    return bf16 ? toBf16(result) : toF16(result);
  }

  /** Rounded to odd, so that rounding once more is as if it were done once. */
  private static float fma(float x, float y, float z) {
    double product = (double) x * y;
    double sum = product + z;
    double back = sum - product;
    double error = (product - (sum - back)) + (z - back);
    return Convert.oddFloat(Convert.odd(sum, error));
  }
}
