package io.gluonj.cuda.dnn;

import java.util.List;
import java.util.stream.Stream;

/** Names and numbers of {@code cudnn.h} that both bindings share. */
final class CudnnFunctions {
  /** {@code CUDNN_TENSOR_NCHW}. */
  static final int NCHW = 0;

  /** {@code CUDNN_CROSS_CORRELATION}: the kernel is not flipped. */
  static final int CROSS_CORRELATION = 1;

  /** More than any pass has, counting each once with and once without tensor cores. */
  static final int ALGORITHMS = 16;

  /** What the operations library has of the functions that are called. */
  static final List<String> OPERATIONS =
      List.of(
          "cudnnCreateFilterDescriptor",
          "cudnnSetFilterNdDescriptor",
          "cudnnDestroyFilterDescriptor",
          "cudnnCreateTensorDescriptor",
          "cudnnSetTensorNdDescriptor",
          "cudnnDestroyTensorDescriptor",
          "cudnnAddTensor");

  /** What the library for convolutions has. */
  static final List<String> CONVOLUTIONS =
      List.of(
          "cudnnCreateConvolutionDescriptor",
          "cudnnSetConvolutionNdDescriptor",
          "cudnnSetConvolutionGroupCount",
          "cudnnSetConvolutionMathType",
          "cudnnDestroyConvolutionDescriptor",
          "cudnnGetConvolutionForwardAlgorithm_v7",
          "cudnnGetConvolutionBackwardDataAlgorithm_v7",
          "cudnnGetConvolutionBackwardFilterAlgorithm_v7",
          "cudnnFindConvolutionForwardAlgorithmEx",
          "cudnnFindConvolutionBackwardDataAlgorithmEx",
          "cudnnFindConvolutionBackwardFilterAlgorithmEx",
          "cudnnConvolutionForward",
          "cudnnConvolutionBackwardData",
          "cudnnConvolutionBackwardFilter");

  /** What handles need. */
  static final List<String> HANDLES =
      List.of(
          "cudnnGetVersion",
          "cudnnGetErrorString",
          "cudnnCreate",
          "cudnnDestroy",
          "cudnnSetStream");

  /** All of them. */
  static final List<String> ALL =
      Stream.of(HANDLES, OPERATIONS, CONVOLUTIONS).flatMap(List::stream).toList();

  private CudnnFunctions() {}

  /** The function that computes a pass. */
  static String of(Pass pass) {
    return switch (pass) {
      case FORWARD -> "cudnnConvolutionForward";
      case BACKWARD_DATA -> "cudnnConvolutionBackwardData";
      case BACKWARD_FILTER -> "cudnnConvolutionBackwardFilter";
    };
  }
}
