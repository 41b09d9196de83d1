package io.gluonj.codegen;

import io.gluonj.types.DType;
import java.util.List;

/**
 * A convolution as generated kernels and matrix products, to be run in order by whoever owns both.
 * Serves GPUs without cuDNN; {@link GpuGemm} computes the products where there is no cuBLAS either.
 *
 * @param ir text of one module with all kernels of the plan, as in {@link GpuKernels}
 * @param steps in order; empty where there is nothing to compute
 * @param scratchBytes memory needed while it runs; 0 if none
 */
public record ConvolutionPlan(String ir, List<Step> steps, long scratchBytes) {
  /** Copies the steps. */
  public ConvolutionPlan {
    steps = List.copyOf(steps);
  }

  /** One thing to enqueue. */
  public sealed interface Step {}

  /**
   * A place in memory.
   *
   * @param operand position among the addresses of the operator's inputs, then its outputs; or
   *     {@link GpuKernels#SCRATCH}
   * @param offset from there, in bytes
   */
  public record Place(int operand, long offset) {}

  /**
   * A launch of a kernel of the plan's module.
   *
   * @param offsets bytes to add to the address of each of the launch's operands
   */
  public record Kernel(GpuKernels.Launch launch, List<Long> offsets) implements Step {
    /** Copies the offsets. */
    public Kernel {
      offsets = List.copyOf(offsets);
    }
  }

  /**
   * A batch of row-major matrix products, {@code C = op(A) op(B) + beta C}.
   *
   * <p>{@code op(A)} is m by k, {@code op(B)} k by n, {@code C} m by n, each without gaps between
   * its rows; {@code op} transposes, so that a transposed {@code A} lies in memory as k by m.
   * Float32 and narrower types are accumulated in float32. All extents are at least 1. As a call of
   * cuBLAS, whose matrices are column-major: {@code cublasGemmStridedBatchedEx} with both operands
   * and both extents exchanged, {@code C' = op(B)' op(A)'}.
   *
   * @param strideA elements from one matrix of the batch to the next; 0 repeats the same one
   * @param beta 0, where C is not read, or 1
   * @param type of the elements of A and B
   * @param result type of the elements of C
   */
  public record Gemm(
      boolean transposeA,
      boolean transposeB,
      long m,
      long n,
      long k,
      long batch,
      Place a,
      long strideA,
      Place b,
      long strideB,
      Place c,
      long strideC,
      double beta,
      DType type,
      DType result)
      implements Step {
    /** What is computed, without where. */
    public GpuGemm.Product product() {
      return new GpuGemm.Product(
          transposeA,
          transposeB,
          m,
          n,
          k,
          batch,
          strideA,
          strideB,
          strideC,
          beta,
          false,
          type,
          result);
    }
  }
}
