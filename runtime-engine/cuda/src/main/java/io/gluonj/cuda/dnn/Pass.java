package io.gluonj.cuda.dnn;

/** The three products of a convolution; x is the data, w the weight, y the result. */
public enum Pass {
  /** y from x and w: {@code cudnnConvolutionForward}. */
  FORWARD,
  /** The gradient of x from w and that of y: {@code cudnnConvolutionBackwardData}. */
  BACKWARD_DATA,
  /** The gradient of w from x and that of y: {@code cudnnConvolutionBackwardFilter}. */
  BACKWARD_FILTER
}
