package io.gluonj.op;

/**
 * Philox4x32-10, a counter-based generator (Salmon, Moraes, Dror, Shaw: "Parallel random numbers:
 * as easy as 1, 2, 3", SC 2011): a pure function from key and counter to 128 random bits, so that
 * any element can be drawn by any thread or device alike.
 */
public final class Philox {
  private static final long M0 = 0xD2511F53L;
  private static final long M1 = 0xCD9E8D57L;
  private static final int W0 = 0x9E3779B9;
  private static final int W1 = 0xBB67AE85;
  private static final int ROUNDS = 10;

  private Philox() {}

  /** Four random words for a counter of four words and a key of two. */
  public static int[] words(int c0, int c1, int c2, int c3, int k0, int k1) {
    int[] c = {c0, c1, c2, c3};
    int key0 = k0;
    int key1 = k1;
    for (int round = 0; round < ROUNDS; round++) {
      long p0 = M0 * Integer.toUnsignedLong(c[0]);
      long p1 = M1 * Integer.toUnsignedLong(c[2]);
      int n0 = (int) (p1 >>> 32) ^ c[1] ^ key0;
      int n2 = (int) (p0 >>> 32) ^ c[3] ^ key1;
      c[1] = (int) p1;
      c[3] = (int) p0;
      c[0] = n0;
      c[2] = n2;
      key0 += W0;
      key1 += W1;
    }
    return c;
  }

  /**
   * A uniform number in [0, 1) with 24 bits, exact in float32. This is the definition of {@link
   * Scalar.Uniform}: counter (index low, index high, call low, site), key (seed low, seed high).
   */
  public static double uniform(long seed, long call, int site, long index) {
    int word =
        words((int) index, (int) (index >>> 32), (int) call, site, (int) seed, (int) (seed >>> 32))[
            0];
    return (word >>> 8) * 0x1p-24;
  }
}
