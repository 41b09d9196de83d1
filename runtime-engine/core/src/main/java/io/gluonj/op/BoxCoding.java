package io.gluonj.op;

import static io.gluonj.op.OpSchema.define;

import io.gluonj.op.Boxes.BoxIou.Format;
import io.gluonj.op.LoopNest.Bounds;
import io.gluonj.op.OpSchema.SampleInput;
import io.gluonj.op.Scalar.Fn;
import io.gluonj.op.Scalar.Fn2;
import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Tensor;
import io.gluonj.tensor.TensorOps;
import io.gluonj.types.DType;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.util.ArrayList;
import java.util.List;

/**
 * Boxes as offsets from anchors, in units of the anchors' extents and with logarithms of extents
 * (Girshick et al., R-CNN, CVPR 2014). Neither direction is differentiated, as in MXNet.
 */
public sealed interface BoxCoding extends Op.Composite {
  String CONVENTION = "as in MXNet, coding boxes is not differentiated";

  @Override
  default boolean ownGradient() {
    return true;
  }

  @Override
  default void vjp(Vjp g) {
    for (int i = 0; i < g.inputs(); i++) {
      g.none(i, CONVENTION);
    }
  }

  /** One number of each box, with the boxes' shape but for the last axis, which is 1. */
  private static Tensor number(Tensor boxes, int i) {
    return boxes.sliceAxis(-1, i, i + 1);
  }

  private static List<Tensor> numbers(Tensor boxes) {
    return List.of(number(boxes, 0), number(boxes, 1), number(boxes, 2), number(boxes, 3));
  }

  /** Middle along an axis, from the box's four numbers that begin at an argument. */
  private static Scalar middle(int first, int axis, Format format) {
    Scalar low = Scalar.arg(first + axis);
    return format == Format.CENTER
        ? low
        : low.plus(extent(first, axis, format).times(0.5));
  }

  private static Scalar extent(int first, int axis, Format format) {
    Scalar second = Scalar.arg(first + 2 + axis);
    return format == Format.CENTER ? second : second.minus(Scalar.arg(first + axis));
  }

  /**
   * Offsets to boxes: left, top, right, bottom (MXNet: {@code _contrib_box_decode}). Inputs: data
   * (batch, n, 4) and anchors (1, n, 4) of a format.
   *
   * @param std0 by which the offset of x is multiplied; the others follow
   * @param clip upper bound of the logarithms of extents; none if not positive
   */
  record BoxDecode(
      double std0, double std1, double std2, double std3, double clip, Format format)
      implements BoxCoding {
    static final OpSchema<BoxDecode> SCHEMA =
        define(new BoxDecode(1, 1, 1, 1, -1, Format.CENTER), "_contrib_box_decode")
            .inputs("data", "anchors")
            .gradientIs(CONVENTION)
            .sample(
                new BoxDecode(0.1, 0.1, 0.2, 0.2, -1, Format.CORNER),
                Shape.of(2, 3, 4),
                Shape.of(1, 3, 4))
            .sample(
                new BoxDecode(1, 1, 1, 1, 0.5, Format.CENTER),
                Shape.of(2, 3, 4),
                Shape.of(1, 3, 4));

    @Override
    public void infer(Infer s) {
      Shape data = s.in(0);
      s.in(0, Shape.of(Shape.UNKNOWN, Shape.UNKNOWN, 4), "a box is four offsets");
      s.in(
          1,
          Shape.of(1, data.hasRank() ? data.dim(1) : Shape.UNKNOWN, 4),
          "each box has an anchor, the same one in each image");
      s.out(0, s.in(0), "each offset becomes an edge");
    }

    private Scalar edge(int axis, boolean high) {
      Scalar extent = extent(4, axis, format);
      Scalar offset = Scalar.arg(axis).times(axis == 0 ? std0 : std1);
      Scalar middle = offset.times(extent).plus(middle(4, axis, format));
      Scalar raw = Scalar.arg(2 + axis).times(axis == 0 ? std2 : std3);
      Scalar log = clip > 0 ? raw.with(Fn2.MIN, Scalar.of(clip)) : raw;
      Scalar half = log.map(Fn.EXP).times(extent).times(0.5);
      return high ? middle.plus(half) : middle.minus(half);
    }

    @Override
    public List<Tensor> expand(Expansion e) {
      var arguments = new ArrayList<>(numbers(e.in(0)));
      arguments.addAll(numbers(e.in(1)));
      Tensor[] edges = new Tensor[4];
      for (int i = 0; i < 4; i++) {
        edges[i] = Fused.of(edge(i % 2, i >= 2), arguments);
      }
      return List.of(TensorOps.concat(-1, edges));
    }
  }

  /**
   * Boxes to offsets (MXNet: {@code _contrib_box_encode}). Inputs: samples (batch, n), above 0.5
   * where an anchor has a box; matches (batch, n), which one; anchors (batch, n, 4) and refs (batch,
   * m, 4), the boxes, both left, top, right, bottom; means and stds (4,). Results (batch, n, 4): the
   * offsets, normalized, and masks: 1 where there is a box, else both are 0.
   */
  record BoxEncode() implements BoxCoding {
    private static final int SAMPLES = 0;
    private static final int MATCHES = 1;
    private static final int ANCHORS = 2;
    private static final int REFS = 3;
    private static final int MEANS = 4;
    private static final int STDS = 5;

    static final OpSchema<BoxEncode> SCHEMA =
        define(new BoxEncode(), "_contrib_box_encode")
            .inputs("samples", "matches", "anchors", "refs", "means", "stds")
            .gradientIs(CONVENTION)
            .sample(
                new BoxEncode(),
                new SampleInput(TensorType.float32(2, 3), -1, 2),
                new SampleInput(TensorType.float32(2, 3), -1, 3),
                new SampleInput(TensorType.float32(2, 3, 4), -2, 2),
                new SampleInput(TensorType.float32(2, 2, 4), -2, 2),
                new SampleInput(TensorType.float32(4), -0.1, 0.1),
                new SampleInput(TensorType.float32(4), 0.1, 0.3));

    @Override
    public int outputs() {
      return 2;
    }

    @Override
    public int visibleOutputs() {
      return 2;
    }

    @Override
    public void infer(Infer s) {
      s.in(SAMPLES, s.in(MATCHES), "each anchor has a sample and a match");
      s.in(MATCHES, s.in(SAMPLES), "each anchor has a sample and a match");
      Shape samples = s.in(SAMPLES);
      s.in(MEANS, Shape.of(4), "each offset has a mean");
      s.in(STDS, Shape.of(4), "each offset has a deviation");
      if (!samples.hasRank()) {
        return;
      }
      if (samples.rank() != 2) {
        throw s.error(
            "samples of rank " + samples.rank(),
            "there is one for each anchor of each image",
            "pass samples of shape (batch, anchors)");
      }
      Shape boxes = Shape.of(samples.dim(0), samples.dim(1), 4);
      s.in(ANCHORS, boxes, "an anchor is four edges");
      s.in(REFS, Shape.of(samples.dim(0), Shape.UNKNOWN, 4), "a box is four edges");
      s.out(0, boxes, "each anchor has four offsets");
      s.out(1, boxes, "each offset has a mask");
    }

    private static Scalar offset(int i) {
      int axis = i % 2;
      Scalar extent = extent(1, axis, Format.CORNER);
      Scalar ref = extent(5, axis, Format.CORNER);
      Scalar moved =
          middle(5, axis, Format.CORNER).minus(middle(1, axis, Format.CORNER)).over(extent);
      Scalar raw = i < 2 ? moved : ref.over(extent).map(Fn.LOG);
      Scalar normal = raw.minus(Scalar.arg(9)).over(Scalar.arg(10));
      return Scalar.arg(0).with(Fn2.GT, Scalar.of(0.5)).choose(normal, Scalar.of(0));
    }

    /** The box that each anchor matches. */
    private static Tensor matched(Expansion e) {
      Shape refs = e.shape(REFS);
      long n = e.shape(MATCHES).size();
      Scalar last = Scalar.of(refs.dim(1) - 1.0);
      Scalar inside =
          Scalar.arg(0).map(Fn.TRUNC).with(Fn2.MAX, Scalar.of(0)).with(Fn2.MIN, last);
      Scalar row = new Scalar.Iota(0).times((double) refs.dim(1)).plus(inside);
      Tensor rows = Ops.call(new Fused(row, 1), e.in(MATCHES).cast(DType.FLOAT64));
      return Ops.call(
              new Lookups.Rows(Bounds.CLIP),
              e.in(REFS).reshapeTo(Shape.of(1, refs.dim(0) * refs.dim(1), 4)),
              rows.cast(DType.INT64).reshapeTo(Shape.of(n)))
          .reshapeTo(e.shape(ANCHORS));
    }

    @Override
    public List<Tensor> expand(Expansion e) {
      Tensor samples = e.in(SAMPLES).expandDims(2);
      var boxes = new ArrayList<>(List.of(samples));
      boxes.addAll(numbers(e.in(ANCHORS)));
      boxes.addAll(numbers(matched(e)));
      Tensor[] offsets = new Tensor[4];
      for (int i = 0; i < 4; i++) {
        var arguments = new ArrayList<>(boxes);
        arguments.add(number(e.in(MEANS), i));
        arguments.add(number(e.in(STDS), i));
        offsets[i] = Fused.of(offset(i), arguments);
      }
      Tensor anchored = e.in(ANCHORS).zerosLike();
      Scalar chosen = Scalar.arg(0).with(Fn2.GT, Scalar.of(0.5)).plus(Scalar.arg(1));
      return List.of(
          TensorOps.concat(-1, offsets), Ops.call(new Fused(chosen, 2), samples, anchored));
    }
  }
}
