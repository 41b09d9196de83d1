package io.gluonj.backend.cpu;

import io.gluonj.codegen.Contraction;
import io.gluonj.codegen.Contraction.Axis;
import io.gluonj.codegen.Contraction.Border;
import io.gluonj.codegen.Contraction.Factor;
import io.gluonj.codegen.Contraction.Step;
import io.gluonj.op.Conv;
import io.gluonj.op.Window;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.util.ArrayList;
import java.util.List;

/**
 * Convolutions and the gradients of their weights as a {@link Contraction}.
 *
 * @param contraction with the operator's inputs
 * @param inRuns how many elements of columns, or of the fastest axis of the depth, follow each
 *     other; few of them fill vectors badly
 */
record ConvContraction(Contraction contraction, long inRuns) {
  private static final int DATA = 0;
  private static final int DY = 1;
  private static final int WEIGHT = 1;
  private static final int BIAS = 2;

  /**
   * A convolution of channels-last images without groups: for each position (a row) and filter (a
   * column) a sum over the places of the kernel and the channels.
   */
  static ConvContraction of(
      Conv op, Contraction.Finish finish, List<TensorType> in, TensorType out) {
    Images data = Images.of(in.get(DATA).shape(), true);
    Images result = Images.of(out.shape(), true);
    Window window = op.window();
    var borders = new ArrayList<Border>();
    var groups = new ArrayList<>(List.of(new Axis(data.batch(), Step.of(data.image()))));
    var depth = new ArrayList<Step>();
    long origin = 0;
    for (int i = 0; i < window.rank(); i++) {
      long stride = data.strides().get(i);
      int border = crosses(window, i) ? borders.size() : Contraction.NONE;
      if (crosses(window, i)) {
        borders.add(new Border(-window.padBegin().get(i), data.extents().get(i)));
      }
      origin -= window.padBegin().get(i) * stride;
      long along = window.stride().get(i);
      long within = window.dilate().get(i);
      groups.add(new Axis(result.extents().get(i), new Step(along * stride, border, along)));
      depth.add(new Step(within * stride, border, within));
    }
    depth.add(Step.of(1));
    Factor rows = new Factor(DATA, 0, origin, groups, 1, 0, depth, borders, true);
    Factor columns = weight(window, result.channels(), data.channels());
    return new ConvContraction(
        new Contraction(
            1,
            rows,
            columns,
            depthOf(window, data.channels()),
            op.bias() ? BIAS : Contraction.NONE,
            false,
            finish),
        data.channels());
  }

  private static List<Long> depthOf(Window window, long channels) {
    var depth = new ArrayList<>(window.kernel());
    depth.add(channels);
    return depth;
  }

  /** The weight (filters, channels, kernel…), whose columns are the filters. */
  private static Factor weight(Window window, long filters, long channels) {
    var depth = new ArrayList<Step>();
    long place = window.volume();
    for (long extent : window.kernel()) {
      place /= extent;
      depth.add(Step.of(place));
    }
    depth.add(Step.of(window.volume()));
    return new Factor(
        WEIGHT, 0, 0, List.of(), filters, channels * window.volume(), depth, List.of());
  }

  /** Whether the kernel crosses the border of images along a spatial axis. */
  private static boolean crosses(Window window, int i) {
    return window.padBegin().get(i) > 0 || window.padEnd().get(i) > 0;
  }

  /**
   * The gradient of the weight: for each filter (a row) and each place of the kernel and channel (a
   * column) a sum over all positions of all images. The result is (filters, kernel…, channels /
   * groups).
   */
  static ConvContraction of(Conv.GradWeight op, List<TensorType> in) {
    Images data = Images.of(in.get(DATA).shape(), op.channelsLast());
    Images dy = Images.of(in.get(DY).shape(), op.channelsLast());
    long filters = dy.channels() / op.groups();
    long channels = data.channels() / op.groups();
    var depth = new ArrayList<Long>(List.of(dy.batch()));
    depth.addAll(dy.extents());
    var dySteps = new ArrayList<>(List.of(Step.of(dy.image())));
    dy.strides().forEach(stride -> dySteps.add(Step.of(stride)));
    Factor rows =
        new Factor(
            DY, filters * dy.channel(), 0, List.of(), filters, dy.channel(), dySteps, List.of());
    Columns columns = new Columns(op.window(), data, channels);
    return new ConvContraction(
        new Contraction(op.groups(), rows, columns.factor(), depth, Contraction.NONE, false),
        columns.run());
  }

  /** Where the elements of images lie: distances between images, channels and positions. */
  private record Images(
      long batch, long channels, List<Long> extents, long image, long channel, List<Long> strides) {
    static Images of(Shape shape, boolean channelsLast) {
      int channelAxis = channelsLast ? shape.rank() - 1 : 1;
      long[] all = shape.strides();
      var extents = new ArrayList<Long>();
      var strides = new ArrayList<Long>();
      for (int i = 1; i < shape.rank(); i++) {
        if (i != channelAxis) {
          extents.add(shape.dim(i));
          strides.add(all[i]);
        }
      }
      return new Images(
          shape.dim(0), shape.dim(channelAxis), extents, all[0], all[channelAxis], strides);
    }
  }

  /** What the kernel sees of the data. */
  private record Columns(Window window, Images data, long channels) {
    private int last() {
      return window.rank() - 1;
    }

    /** Whether all channels of all places along the kernel's last axis follow each other. */
    private boolean joined() {
      return data.channel() == 1
          && !crosses(window, last())
          && window.dilate().get(last()) == 1
          && data.strides().get(last()) == channels;
    }

    long run() {
      return joined() ? channels * window.kernel().get(last()) : channels;
    }

    Factor factor() {
      var borders = new ArrayList<Border>();
      var groups = new ArrayList<Axis>();
      var depth = new ArrayList<>(List.of(Step.of(data.image())));
      long origin = 0;
      for (int i = 0; i < window.rank(); i++) {
        long stride = data.strides().get(i);
        long along = window.stride().get(i);
        long within = window.dilate().get(i);
        int border = crosses(window, i) ? borders.size() : Contraction.NONE;
        if (crosses(window, i)) {
          borders.add(new Border(-window.padBegin().get(i), data.extents().get(i)));
        }
        origin -= window.padBegin().get(i) * stride;
        depth.add(new Step(along * stride, border, along));
        if (i < last() || !joined()) {
          groups.add(new Axis(window.kernel().get(i), new Step(within * stride, border, within)));
        }
      }
      return new Factor(
          DATA, channels * data.channel(), origin, groups, run(), data.channel(), depth, borders);
    }
  }
}
