package io.gluonj.cuda.dnn;

import java.util.List;

/**
 * The calls of cuDNN that the engine needs, for one device; work is enqueued on its compute stream.
 * Callers hold the lock of the device.
 */
public interface Dnn extends AutoCloseable {
  /** What computes, with the library's version. */
  String title();

  /** Descriptors of a convolution, made once and kept. */
  interface Convolution extends AutoCloseable {
    /** What they describe. */
    ConvolutionShape shape();

    /** Destroys them, after all use. */
    @Override
    void close();
  }

  /** Makes descriptors. */
  Convolution describe(ConvolutionShape shape);

  /**
   * The algorithms of a pass in the order in which the library expects them to be fast ({@code
   * cudnnGetConvolution…Algorithm_v7}).
   */
  List<Algorithm> expected(Pass pass, Convolution convolution);

  /**
   * The algorithms of a pass, each run and measured ({@code cudnnFindConvolution…AlgorithmEx}). The
   * pass's result is overwritten. Waits for the device, so it cannot be captured.
   *
   * @param workspace address of memory for algorithms
   * @param bytes size of it; algorithms that need more are left out
   */
  List<Algorithm> measured(
      Pass pass, Convolution convolution, long x, long w, long y, long workspace, long bytes);

  /**
   * Enqueues a pass. {@code y} stands for its gradient in the backward passes, as do the others for
   * the pass's result.
   *
   * @param workspace address of memory of {@code algorithm.workspace()} bytes; 0 if it needs none
   */
  void convolve(
      Pass pass,
      Convolution convolution,
      Algorithm algorithm,
      long x,
      long w,
      long y,
      long workspace);

  /** Enqueues adding one number for each filter to the result ({@code cudnnAddTensor}). */
  void addBias(Convolution convolution, long bias, long y);

  /** Frees the library's handle, after all its work. */
  @Override
  void close();
}
