package io.gluonj.op;

import io.gluonj.types.Shape;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How a kernel slides over the spatial axes of images: one number for each spatial axis in every
 * list. Images are (batch, channels, spatial…) or, channels last, (batch, spatial…, channels).
 *
 * @param padBegin zeros in front
 * @param padEnd zeros behind; may exceed padBegin, so that a last partial window counts
 * @param channelsLast whether the channels are the last axis instead of the second
 */
public record Window(
    List<Long> kernel,
    List<Long> stride,
    List<Long> dilate,
    List<Long> padBegin,
    List<Long> padEnd,
    boolean channelsLast) {
  public Window {
    kernel = List.copyOf(kernel);
    stride = List.copyOf(stride);
    dilate = List.copyOf(dilate);
    padBegin = List.copyOf(padBegin);
    padEnd = List.copyOf(padEnd);
  }

  /** A window over channels-first images. */
  public Window(
      List<Long> kernel,
      List<Long> stride,
      List<Long> dilate,
      List<Long> padBegin,
      List<Long> padEnd) {
    this(kernel, stride, dilate, padBegin, padEnd, false);
  }

  /** A window with equal padding on both sides, over channels-first images. */
  public static Window of(List<Long> kernel, List<Long> stride, List<Long> dilate, List<Long> pad) {
    return new Window(kernel, stride, dilate, pad, pad);
  }

  /** {@code values}, or {@code n} times {@code value} if there are none. */
  static List<Long> orElse(List<Long> values, int n, long value) {
    return values.isEmpty() ? Collections.nCopies(n, value) : values;
  }

  /** The same window over images in the given order of axes. */
  public Window inOrder(boolean channelsLast) {
    return new Window(kernel, stride, dilate, padBegin, padEnd, channelsLast);
  }

  /** Number of spatial axes. */
  public int rank() {
    return kernel.size();
  }

  /** Number of elements under the kernel. */
  public long volume() {
    return kernel.stream().reduce(1L, Shape::times);
  }

  /** Extent of the dilated kernel along spatial axis {@code i}. */
  public long reach(int i) {
    return dilate.get(i) * (kernel.get(i) - 1) + 1;
  }

  /** Output extent along spatial axis {@code i}: {@code 1 + floor((x + pads - reach) / stride)}. */
  public long output(int i, long x) {
    return x == Shape.UNKNOWN
        ? Shape.UNKNOWN
        : Math.floorDiv(x + padBegin.get(i) + padEnd.get(i) - reach(i), stride.get(i)) + 1;
  }

  /** Number of channels of images. */
  long channels(Shape data) {
    return data.dim(channelAxis());
  }

  private int channelAxis() {
    return channelsLast ? rank() + 1 : 1;
  }

  private int spatialAxis(int i) {
    return channelsLast ? i + 1 : i + 2;
  }

  /** The shape of results with so many channels for data of this shape. */
  public Shape output(Shape data, long channels) {
    long[] dims = data.dims();
    dims[channelAxis()] = channels;
    for (int i = 0; i < rank(); i++) {
      dims[spatialAxis(i)] = output(i, dims[spatialAxis(i)]);
    }
    return Shape.of(dims);
  }

  /** Checks ranks and numbers, and that every output extent is positive. */
  void check(Infer s, Shape data) {
    checkAttributes(s, data);
    if (!data.hasRank()) {
      return;
    }
    for (int i = 0; i < rank(); i++) {
      long x = data.dim(spatialAxis(i));
      if (x != Shape.UNKNOWN && output(i, x) < 1) {
        throw s.error(
            "kernel " + kernel + " does not fit into spatial extent " + x,
            "the kernel reaches over " + reach(i) + " elements, padding adds " + padBegin.get(i),
            "use larger images, a smaller kernel or more padding");
      }
    }
  }

  /** Checks ranks and numbers. */
  void checkAttributes(Infer s, Shape data) {
    if (!data.hasRank()) {
      return;
    }
    if (data.rank() != rank() + 2) {
      throw s.error(
          "data of rank " + data.rank() + " with a kernel " + kernel,
          "data has axes for batch and channels and one spatial axis for each number of the kernel",
          "pass data of rank " + (rank() + 2));
    }
    boolean sizes =
        Stream.of(stride, dilate, padBegin, padEnd)
            .allMatch(numbers -> numbers.size() == rank());
    if (!sizes || IntStream.range(0, rank()).anyMatch(i -> bad(i))) {
      throw s.error(
          "kernel " + kernel + ", stride " + stride + ", dilate " + dilate + ", pad " + padBegin,
          "each has one number for each spatial axis; kernel, stride and dilate are at least 1, pad"
              + " at least 0, and all of them less than 2^31",
          "correct these attributes");
    }
  }

  private boolean bad(int i) {
    boolean small = kernel.get(i) < 1 || stride.get(i) < 1 || dilate.get(i) < 1;
    return small
        || padBegin.get(i) < 0
        || padEnd.get(i) < 0
        || Stream.of(kernel, stride, dilate, padBegin, padEnd)
            .anyMatch(numbers -> numbers.get(i) > Integer.MAX_VALUE);
  }

  /** Visits every pair of output position and in-range input position under the kernel. */
  interface Visitor {
    /**
     * Receives one pair.
     *
     * @param out row-major output position
     * @param in row-major input position
     * @param tap row-major position within the kernel
     */
    void visit(int out, int in, int tap);
  }

  /** Visits all pairs of elements of images, channel by channel. */
  void forEach(Shape data, Shape result, Visitor visitor) {
    ImageBatch from = images(data);
    ImageBatch to = images(result);
    for (int n = 0; n < from.batch(); n++) {
      for (int c = 0; c < from.channels(); c++) {
        int image = n;
        int channel = c;
        forEachPixel(
            from.plane(),
            to.plane(),
            (o, i, t) ->
                visitor.visit(to.index(image, channel, o), from.index(image, channel, i), t));
      }
    }
  }

  /** Calls the visitor in order of output pixel, then kernel position. */
  void forEachPixel(Shape inSpatial, Shape outSpatial, Visitor visitor) {
    Shape taps = Shape.of(kernel.stream().mapToLong(k -> k).toArray());
    for (int o = 0; o < outSpatial.size(); o++) {
      for (int t = 0; t < taps.size(); t++) {
        long in = 0;
        boolean inside = true;
        for (int i = 0; i < rank(); i++) {
          long outAt = o / outSpatial.strides()[i] % outSpatial.dim(i);
          long tapAt = t / taps.strides()[i] % taps.dim(i);
          long x = outAt * stride.get(i) - padBegin.get(i) + tapAt * dilate.get(i);
          inside &= x >= 0 && x < inSpatial.dim(i);
          in = in * inSpatial.dim(i) + x;
        }
        if (inside) {
          visitor.visit(o, (int) in, t);
        }
      }
    }
  }

  /** The images of a shape. */
  ImageBatch images(Shape shape) {
    long[] plane = new long[rank()];
    for (int i = 0; i < plane.length; i++) {
      plane[i] = shape.dim(spatialAxis(i));
    }
    return new ImageBatch(
        Math.toIntExact(shape.dim(0)),
        Math.toIntExact(channels(shape)),
        Shape.of(plane),
        channelsLast);
  }

  /** The numbers that differ from a plain window of stride 1. */
  @Override
  public String toString() {
    var text = new StringBuilder("Window[").append(kernel);
    if (stride.stream().anyMatch(s -> s != 1)) {
      text.append(", stride ").append(stride);
    }
    if (dilate.stream().anyMatch(d -> d != 1)) {
      text.append(", dilate ").append(dilate);
    }
    if (padBegin.stream().anyMatch(p -> p != 0) || !padEnd.equals(padBegin)) {
      text.append(", pad ").append(padBegin);
      if (!padEnd.equals(padBegin)) {
        text.append(" and ").append(padEnd);
      }
    }
    return text.append(channelsLast ? ", channels last]" : "]").toString();
  }
}
