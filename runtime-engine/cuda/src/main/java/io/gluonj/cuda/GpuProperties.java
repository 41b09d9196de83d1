package io.gluonj.cuda;

/**
 * What a GPU is.
 *
 * @param name as the driver gives it
 * @param major compute capability before the dot
 * @param minor compute capability after the dot
 * @param multiprocessors number of streaming multiprocessors
 * @param warp threads that run in step
 * @param memory bytes of its own memory
 * @param pools whether memory can be allocated in the order of a stream (cuMemAllocAsync)
 * @param driver version of CUDA the driver implements, 1000 times major plus 10 times minor
 */
public record GpuProperties(
    String name,
    int major,
    int minor,
    int multiprocessors,
    int warp,
    long memory,
    boolean pools,
    int driver) {

  /** The driver's version as people write it, for example {@code 12.6}. */
  public String driverVersion() {
    return version(driver);
  }

  static String version(int number) {
    return number / 1000 + "." + number % 1000 / 10;
  }

  @Override
  public String toString() {
    return "%s (compute capability %d.%d, %d multiprocessors, %.1f GiB), driver for CUDA %s"
        .formatted(name, major, minor, multiprocessors, memory / 0x1p30, driverVersion());
  }
}
