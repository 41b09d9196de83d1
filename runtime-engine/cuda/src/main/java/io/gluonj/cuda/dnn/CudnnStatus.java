package io.gluonj.cuda.dnn;

import io.gluonj.cuda.Cuda;
import io.gluonj.cuda.CudaException;

/** What cuDNN calls return; numbers are those of {@code cudnn.h}, which changed from 8 to 9. */
final class CudnnStatus {
  private CudnnStatus() {}

  /**
   * Checks the result of a call.
   *
   * @param text what the library says about the status, {@code cudnnGetErrorString}
   * @throws CudaException if it is not success
   */
  static void check(int status, String call, java.util.function.IntFunction<String> text) {
    if (status != 0) {
      throw new CudaException(
          status,
          call + " returned " + status,
          text.apply(status),
          "try -D"
              + DnnBindings.PROPERTY
              + "=own, which convolves by the engine's kernels; -D"
              + Cuda.SYNCHRONOUS
              + "=true waits for each kernel, so that the message names the one that failed");
    }
  }

  /** {@code 8.9.7} for 8907, {@code 9.19.0} for 91900. */
  static String version(long number) {
    return number < 10_000
        ? number / 1000 + "." + number / 100 % 10 + "." + number % 100
        : number / 10_000 + "." + number / 100 % 100 + "." + number % 100;
  }
}
