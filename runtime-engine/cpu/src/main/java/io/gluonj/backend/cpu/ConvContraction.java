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
 * The gradient of a convolution's weight as a {@link Contraction}: for each filter (a row) and each
 * place of the kernel and channel (a column) a sum over all positions of all images.
 *
 * @param contraction with inputs data and dy, and the result (filters, kernel…, channels / groups)
 * @param inRuns how many elements of columns follow each other; few of them fill vectors badly
 */
record ConvContraction(Contraction contraction, long inRuns) {
  private static final int DATA = 0;
  private static final int DY = 1;

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
            DY,
            filters * dy.channel(),
            0,
            List.of(),
            filters,
            dy.channel(),
            dySteps,
            List.of());
    Columns columns = new Columns(op.window(), data, channels);
    return new ConvContraction(
        new Contraction(op.groups(), rows, columns.factor(), depth, Contraction.NONE, false),
        columns.run());
  }

  /** Where the elements of images lie: distances between images, channels and positions. */
  private record Images(
      long batch,
      long channels,
      List<Long> extents,
      long image,
      long channel,
      List<Long> strides) {
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

    /** Whether the kernel crosses the border of images along a spatial axis. */
    private boolean crosses(int i) {
      return window.padBegin().get(i) > 0
          || window.padEnd().get(i) > 0;
    }

    /** Whether all channels of all places along the kernel's last axis follow each other. */
    private boolean joined() {
      return data.channel() == 1
          && !crosses(last())
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
        int border = crosses(i) ? borders.size() : Contraction.NONE;
        if (crosses(i)) {
          borders.add(new Border(-window.padBegin().get(i), data.extents().get(i)));
        }
        origin -= window.padBegin().get(i) * stride;
        depth.add(new Step(along * stride, border, along));
        if (i < last() || !joined()) {
          groups.add(
              new Axis(window.kernel().get(i), new Step(within * stride, border, within)));
        }
      }
      return new Factor(
          DATA,
          channels * data.channel(),
          origin,
          groups,
          run(),
          data.channel(),
          depth,
          borders);
    }
  }
}
