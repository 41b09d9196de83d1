package io.gluonj.cuda.blas;

import io.gluonj.cuda.Cuda;
import io.gluonj.cuda.CudaException;
import java.util.List;

/** What cuBLAS calls return; numbers are those of {@code cublas_api.h}. */
final class CublasStatus {
  /** The functions that are called; a library that lacks one is not used. */
  static final List<String> FUNCTIONS =
      List.of(
          "cublasCreate_v2",
          "cublasDestroy_v2",
          "cublasGetVersion_v2",
          "cublasSetStream_v2",
          "cublasSetWorkspace_v2",
          "cublasSetMathMode",
          "cublasGemmEx",
          "cublasGemmStridedBatchedEx");

  private CublasStatus() {}

  /**
   * Checks the result of a call.
   *
   * @throws CudaException if it is not success
   */
  static void check(int status, String call) {
    if (status != 0) {
      throw new CudaException(status, call + " returned " + status, name(status), fix(status));
    }
  }

  private static String name(int status) {
    return switch (status) {
      case 1 -> "CUBLAS_STATUS_NOT_INITIALIZED: the library could not start on this device";
      case 3 -> "CUBLAS_STATUS_ALLOC_FAILED: there is no memory left on the device";
      case 7 -> "CUBLAS_STATUS_INVALID_VALUE: an argument is out of range";
      case 8 -> "CUBLAS_STATUS_ARCH_MISMATCH: the device is too old for the library";
      case 11 -> "CUBLAS_STATUS_MAPPING_ERROR: device memory cannot be reached";
      case 13 -> "CUBLAS_STATUS_EXECUTION_FAILED: a kernel failed, perhaps an earlier one";
      case 14 -> "CUBLAS_STATUS_INTERNAL_ERROR: the library failed";
      case 15 -> "CUBLAS_STATUS_NOT_SUPPORTED: the library has no such product for this device";
      default -> "it is not a status that cuBLAS 12 or 13 defines";
    };
  }

  private static String fix(int status) {
    return switch (status) {
      case 3 -> "use a smaller batch, or leave memory to the library by -Dgluonj.memory.limit";
      case 1, 8, 15 -> "try another library: -D" + BlasBindings.PROPERTY + "=own";
      default ->
          "-D"
              + Cuda.SYNCHRONOUS
              + "=true waits for each kernel, so that the message names the one";
    };
  }

  /** {@code 12.6.4} for 120604. */
  static String version(int number) {
    return number / 10000 + "." + number / 100 % 100 + "." + number % 100;
  }
}
