package io.gluonj.tensor;

import io.gluonj.op.Philox;

/**
 * The state of the random numbers: a seed and the number of draws so far. Each draw has a stream of
 * its own, so that equal seeds give equal numbers on every device and with any number of threads.
 * Thread-safe.
 */
public final class Generator {
  /** What identifies one draw. */
  public record Key(long seed, long call) {}

  private static final Generator DEFAULT = new Generator(0);

  private long seed;
  private long calls;

  public Generator(long seed) {
    this.seed = seed;
  }

  /** The generator that dropout and the initializers use. */
  public static Generator standard() {
    return DEFAULT;
  }

  /** Starts anew (MXNet: {@code mx.random.seed}). */
  public synchronized void seed(long value) {
    seed = value;
    calls = 0;
  }

  /** The key of the next draw. */
  public synchronized Key next() {
    return new Key(seed, calls++);
  }

  /** Uniform numbers in [low, high). */
  public float[] uniform(int count, double low, double high) {
    Key key = next();
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (low + (high - low) * Philox.uniform(key.seed(), key.call(), 0, i));
    }
    return values;
  }

  /** Normal numbers, by the Box-Muller transform of two streams. */
  public float[] normal(int count, double mean, double standardDeviation) {
    Key key = next();
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      double u = 1 - Philox.uniform(key.seed(), key.call(), 0, i);
      double v = Philox.uniform(key.seed(), key.call(), 1, i);
      double z = Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * v);
      values[i] = (float) (mean + standardDeviation * z);
    }
    return values;
  }
}
