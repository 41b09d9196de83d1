package io.gluonj.tensor;

/** Counters of arrays, for leak tests and diagnostics. */
public final class LiveArrays {
  private LiveArrays() {}

  /** Number of arrays that hold memory now. */
  public static long count() {
    return Leases.live();
  }

  /** Number of arrays whose memory the garbage collector had to give back so far. */
  public static long forgotten() {
    return Leases.forgotten();
  }
}
