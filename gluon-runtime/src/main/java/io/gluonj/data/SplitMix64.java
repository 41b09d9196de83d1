package io.gluonj.data;

/**
 * A small random generator whose stream is a pure function of its keys.
 *
 * <p>Data order, drawn samples and random transforms need a generator that can be opened anywhere,
 * at (seed, epoch) or at (seed, index), without producing what comes before; so that results depend
 * neither on the number of threads nor on the order in which samples are asked for. The output is
 * the same on every platform: only integer arithmetic and exact conversions are used.
 *
 * <p>Algorithm: SplitMix64 (Steele, Lea, Flood, "Fast splittable pseudorandom number generators",
 * OOPSLA 2014). Not for cryptography. Instances are not thread-safe.
 */
public final class SplitMix64 {
  private static final long GAMMA = 0x9E3779B97F4A7C15L;
  private static final double UNIT = 0x1.0p-53;

  private long state;

  private SplitMix64(long state) {
    this.state = state;
  }

  /** Opens the stream that belongs to the keys, in their order. */
  public static SplitMix64 of(long seed, long... keys) {
    long state = mix(seed + GAMMA);
    for (long key : keys) {
      state = mix(state ^ mix(key + GAMMA)) + GAMMA;
    }
    return new SplitMix64(state);
  }

  /** The next 64 random bits. */
  public long nextLong() {
    state += GAMMA;
    return mix(state);
  }

  /** A number in [0, 1) with 53 random bits. */
  public double nextDouble() {
    return (nextLong() >>> 11) * UNIT;
  }

  /** A number in [low, high). */
  public double nextDouble(double low, double high) {
    return low + (high - low) * nextDouble();
  }

  /** A whole number in [0, bound), without bias; {@code bound} is positive. */
  public int nextInt(int bound) {
    if (bound <= 0) {
      throw new IllegalArgumentException("bound must be positive, but got " + bound);
    }
    // Multiply-shift with rejection (Lemire 2019): every value has exactly the same share.
    long product = (nextLong() >>> 32) * bound;
    long low = product & 0xFFFFFFFFL;
    if (low < bound) {
      long threshold = (1L << 32) % bound;
      while (low < threshold) {
        product = (nextLong() >>> 32) * bound;
        low = product & 0xFFFFFFFFL;
      }
    }
    return (int) (product >>> 32);
  }

  /**
   * A bell-shaped number with mean 0 and standard deviation 1, never beyond &plusmn;3.47: the
   * scaled sum of four uniform numbers. Bounded, so that a rare draw cannot tear a sample apart.
   */
  public double nextBell() {
    long bits = nextLong();
    long sum =
        (bits & 0xFFFF) + ((bits >>> 16) & 0xFFFF) + ((bits >>> 32) & 0xFFFF) + (bits >>> 48);
    // Each term has variance (2^32 - 1) / 12; four of them: (2^32 - 1) / 3.
    return (sum - 2.0 * 0xFFFF) / 37837.22;
  }

  /** Shuffles in place (Fisher-Yates); every order is equally likely. */
  public void shuffle(int[] values) {
    for (int last = values.length - 1; last > 0; last--) {
      int other = nextInt(last + 1);
      int kept = values[last];
      values[last] = values[other];
      values[other] = kept;
    }
  }

  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
