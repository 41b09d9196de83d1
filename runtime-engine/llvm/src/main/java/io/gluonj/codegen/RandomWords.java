package io.gluonj.codegen;

/**
 * Philox4x32-10 in integer instructions; {@link io.gluonj.op.Philox} is the definition. Its rounds
 * are unrolled: loops over elements then vectorize.
 */
final class RandomWords {
  private static final long M0 = 0xD2511F53L;
  private static final long M1 = 0xCD9E8D57L;
  private static final int W0 = 0x9E3779B9;
  private static final int W1 = 0xBB67AE85;
  private static final int ROUNDS = 10;

  private final IrWriter out;

  RandomWords(IrWriter out) {
    this.out = out;
  }

  private String low(String wide) {
    return out.value("trunc i64 " + wide + " to i32");
  }

  private String high(String wide) {
    return low(out.value("lshr i64 " + wide + ", 32"));
  }

  private String times(String word, long multiplier) {
    return out.value("mul i64 " + out.value("zext i32 " + word + " to i64") + ", " + multiplier);
  }

  private String xor(String a, String b) {
    return out.value("xor i32 " + a + ", " + b);
  }

  /**
   * A uniform number in [0, 1).
   *
   * @param key address of the int64 pair (seed, call)
   * @param index i64, the row-major position
   */
  String uniform(FloatType type, String key, int site, String index) {
    String seed = out.value("load i64, ptr " + key + ", align 8");
    String callAddress = out.value("getelementptr inbounds i64, ptr " + key + ", i64 1");
    String call = out.value("load i64, ptr " + callAddress + ", align 8");
    String c0 = low(index);
    String c1 = high(index);
    String c2 = low(call);
    String c3 = String.valueOf(site);
    String k0 = low(seed);
    String k1 = high(seed);
    for (int round = 0; round < ROUNDS; round++) {
      String p0 = times(c0, M0);
      String p1 = times(c2, M1);
      c0 = xor(xor(high(p1), c1), k0);
      c2 = xor(xor(high(p0), c3), k1);
      c1 = low(p1);
      c3 = low(p0);
      k0 = out.value("add i32 " + k0 + ", " + W0);
      k1 = out.value("add i32 " + k1 + ", " + W1);
    }
    String bits = out.value("lshr i32 " + c0 + ", 8");
    String number = out.value("uitofp i32 " + bits + " to " + type.ir());
    return out.value("fmul " + type.ir() + " " + number + ", " + type.constant(0x1p-24));
  }
}
