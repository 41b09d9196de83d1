package io.gluonj.cuda.dnn;

import io.gluonj.cuda.blas.Precision;
import io.gluonj.op.Window;
import io.gluonj.types.DType;
import io.gluonj.types.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * A convolution as cuDNN's descriptors state it: channels first, contiguous, two or three spatial
 * axes. One spatial axis becomes the second of two.
 *
 * @param x extents of the data (N, C, spatial…)
 * @param w extents of the weight (F, C / groups, kernel…)
 * @param y extents of the result (N, F, spatial…)
 * @param pad zeros on both sides of each spatial axis
 */
public record ConvolutionShape(
    DType type,
    List<Integer> x,
    List<Integer> w,
    List<Integer> y,
    List<Integer> pad,
    List<Integer> stride,
    List<Integer> dilation,
    int groups,
    Precision precision) {
  private static final int MAX_SPATIAL = 3;

  /** Copies the lists. */
  public ConvolutionShape {
    x = List.copyOf(x);
    w = List.copyOf(w);
    y = List.copyOf(y);
    pad = List.copyOf(pad);
    stride = List.copyOf(stride);
    dilation = List.copyOf(dilation);
  }

  /** Why cuDNN cannot compute a convolution, or nothing if it can. */
  public static Optional<String> refusal(Window window, Shape data, Shape weight, DType type) {
    if (!type.isFloating()) {
      return Optional.of("cuDNN's convolutions are for floating-point data");
    }
    if (window.rank() > MAX_SPATIAL) {
      return Optional.of("cuDNN knows at most three spatial axes");
    }
    if (!window.padBegin().equals(window.padEnd())) {
      return Optional.of("cuDNN pads both sides alike");
    }
    Shape result = window.output(data, weight.dim(0));
    boolean small = Stream.of(data, weight, result).allMatch(s -> s.size() <= Integer.MAX_VALUE);
    return small ? Optional.empty() : Optional.of("cuDNN's arrays have less than 2^31 elements");
  }

  /** States a convolution that {@link #refusal} does not refuse. */
  public static ConvolutionShape of(
      Window window, long groups, Shape data, Shape weight, DType type, Precision precision) {
    return new ConvolutionShape(
        type,
        extents(data),
        extents(weight),
        extents(window.output(data, weight.dim(0))),
        spatial(window.padBegin(), 0),
        spatial(window.stride(), 1),
        spatial(window.dilate(), 1),
        Math.toIntExact(groups),
        precision);
  }

  private static List<Integer> extents(Shape shape) {
    var all = new ArrayList<Integer>();
    LongStream.of(shape.dims()).forEach(d -> all.add(Math.toIntExact(d)));
    if (shape.rank() == 3) {
      all.add(2, 1);
    }
    return all;
  }

  private static List<Integer> spatial(List<Long> values, int missing) {
    var all = new ArrayList<Integer>();
    if (values.size() == 1) {
      all.add(missing);
    }
    values.forEach(v -> all.add(Math.toIntExact(v)));
    return all;
  }

  /** Extents of the bias: those of the result where filters are counted, else 1. */
  List<Integer> bias() {
    var extents = new ArrayList<Integer>(Collections.nCopies(y.size(), 1));
    extents.set(1, y.get(1));
    return extents;
  }

  /** Distances in elements of a contiguous array. */
  static int[] strides(List<Integer> extents) {
    int[] strides = new int[extents.size()];
    int distance = 1;
    for (int i = strides.length - 1; i >= 0; i--) {
      strides[i] = distance;
      distance *= extents.get(i);
    }
    return strides;
  }

  static int[] array(List<Integer> values) {
    return IntStream.range(0, values.size()).map(values::get).toArray();
  }

  /** {@code cudnnDataType_t} of all arrays. */
  int dataType() {
    return switch (type) {
      case FLOAT32 -> 0;
      case FLOAT64 -> 1;
      case FLOAT16 -> 2;
      case BFLOAT16 -> 9;
      case UINT8, INT32, INT8, INT64, BOOL -> throw new IllegalStateException(type.toString());
    };
  }

  /** {@code cudnnDataType_t} of sums: 16-bit types are accumulated in float32. */
  int computeType() {
    return wide() ? 1 : 0;
  }

  /** Whether scaling factors are float64. */
  boolean wide() {
    return type == DType.FLOAT64;
  }

  /**
   * {@code cudnnMathType_t}: tensor cores for 16-bit types. For float32 the default would round
   * operands to TF32, so it stands for that precision only.
   */
  int mathType() {
    return switch (type) {
      case FLOAT16, BFLOAT16 -> 1; // CUDNN_TENSOR_OP_MATH
      case FLOAT32 -> precision == Precision.TF32 ? 0 : 3; // CUDNN_DEFAULT_MATH, CUDNN_FMA_MATH
      case FLOAT64, UINT8, INT32, INT8, INT64, BOOL -> 0;
    };
  }

  /** Bytes of an array of these extents. */
  long bytes(List<Integer> extents) {
    return extents.stream().mapToLong(e -> e).reduce(1, (a, b) -> a * b) * type.bytes();
  }
}
