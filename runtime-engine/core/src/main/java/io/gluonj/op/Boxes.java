package io.gluonj.op;

import static io.gluonj.op.OpSchema.define;

import io.gluonj.op.Scalar.Fn2;
import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.Shape;
import java.util.List;
import java.util.stream.LongStream;

/** Boxes of object detection. */
public sealed interface Boxes extends Op.Composite {
  /** Intersection over union of each box of lhs with each of rhs; boxes lie along the last axis. */
  record BoxIou(Format format) implements Boxes {
    /** What the four numbers of a box are. */
    public enum Format {
      /** Left, top, right, bottom. */
      CORNER,
      /** Middle x and y, width, height. */
      CENTER
    }

    static final OpSchema<BoxIou> SCHEMA =
        define(new BoxIou(Format.CORNER), "_contrib_box_iou")
            .inputs("lhs", "rhs")
            .gradientIs("as in MXNet, matching boxes is not differentiated")
            .sample(new BoxIou(Format.CORNER), Shape.of(2, 4), Shape.of(3, 4))
            .sample(new BoxIou(Format.CENTER), 0.5, 2, Shape.of(2, 4), Shape.of(3, 4));

    private static Shape result(Shape a, Shape b) {
      return Shape.of(
          LongStream.concat(LongStream.of(a.remove(-1).dims()), LongStream.of(b.remove(-1).dims()))
              .toArray());
    }

    @Override
    public void infer(Infer s) {
      for (int i = 0; i < 2; i++) {
        if (s.in(i).hasRank()) {
          s.in(i, s.in(i).with(-1, 4), "a box is four numbers along the last axis");
        }
      }
      if (s.in(0).hasRank() && s.in(1).hasRank()) {
        s.out(0, result(s.in(0), s.in(1)), "each box of lhs meets each of rhs");
      }
    }

    @Override
    public boolean ownGradient() {
      return true;
    }

    @Override
    public void vjp(Vjp g) {
      g.none(0, "as in MXNet, matching boxes is not differentiated");
      g.none(1, "as in MXNet, matching boxes is not differentiated");
    }

    /** Low and high end of a box along x (0) or y (1), from its arguments beginning at first. */
    private Scalar end(int first, int axis, boolean high) {
      Scalar low = Scalar.arg(first + axis);
      Scalar second = Scalar.arg(first + 2 + axis);
      return switch (format) {
        case CORNER -> high ? second : low;
        case CENTER -> low.plus(second.times(high ? 0.5 : -0.5));
      };
    }

    private Scalar extent(int first, int axis) {
      return positive(end(first, axis, true).minus(end(first, axis, false)));
    }

    private Scalar overlap(int axis) {
      Scalar high = end(0, axis, true).with(Fn2.MIN, end(4, axis, true));
      Scalar low = end(0, axis, false).with(Fn2.MAX, end(4, axis, false));
      return positive(high.minus(low));
    }

    private static Scalar positive(Scalar x) {
      return x.with(Fn2.MAX, Scalar.of(0));
    }

    @Override
    public List<Tensor> expand(Expansion e) {
      long rows = e.shape(0).remove(-1).size();
      long columns = e.shape(1).remove(-1).size();
      Tensor[] numbers = new Tensor[8];
      for (int i = 0; i < 4; i++) {
        numbers[i] = e.in(0).sliceAxis(-1, i, i + 1).reshapeTo(Shape.of(rows, 1));
        numbers[4 + i] = e.in(1).sliceAxis(-1, i, i + 1).reshapeTo(Shape.of(1, columns));
      }
      Scalar common = overlap(0).times(overlap(1));
      Scalar union =
          extent(0, 0).times(extent(0, 1)).plus(extent(4, 0).times(extent(4, 1))).minus(common);
      Scalar iou = union.with(Fn2.GT, Scalar.of(0)).choose(common.over(union), Scalar.of(0));
      return List.of(
          Ops.call(new Fused(iou, 8), numbers).reshapeTo(result(e.shape(0), e.shape(1))));
    }
  }

  /**
   * The anchors of every position of a feature map: one for each size with the first ratio, then
   * one for each further ratio with the first size; left, top, right, bottom in units of the image.
   */
  record MultiBoxPrior(
      List<Double> sizes,
      List<Double> ratios,
      boolean clip,
      List<Double> steps,
      List<Double> offsets)
      implements Boxes {
    static final OpSchema<MultiBoxPrior> SCHEMA =
        define(
                new MultiBoxPrior(
                    List.of(1.0), List.of(1.0), false, List.of(-1.0, -1.0), List.of(0.5, 0.5)),
                "_contrib_MultiBoxPrior")
            .inputs("data")
            .sample(
                new MultiBoxPrior(
                    List.of(0.5, 0.25),
                    List.of(1.0, 2.0),
                    true,
                    List.of(-1.0, -1.0),
                    List.of(0.5, 0.5)),
                Shape.of(1, 3, 2, 3));

    public MultiBoxPrior {
      sizes = List.copyOf(sizes);
      ratios = List.copyOf(ratios);
      steps = List.copyOf(steps);
      offsets = List.copyOf(offsets);
    }

    private int anchors() {
      return sizes.size() + ratios.size() - 1;
    }

    @Override
    public void infer(Infer s) {
      Shape x = s.in(0);
      if (sizes.isEmpty() || ratios.isEmpty() || steps.size() != 2 || offsets.size() != 2) {
        throw s.error(
            "sizes " + sizes + ", ratios " + ratios + ", steps " + steps + ", offsets " + offsets,
            "there is a size and a ratio, and steps and offsets are pairs (y, x)",
            "give at least one size and ratio, and two steps and offsets");
      }
      if (x.isKnown()) {
        if (x.rank() != 4) {
          throw s.error(
              "data of rank " + x.rank(),
              "the anchors belong to a feature map (batch, channels, height, width)",
              "pass the feature map");
        }
        s.out(
            0,
            Shape.of(1, Shape.times(Shape.times(x.dim(2), x.dim(3)), anchors()), 4),
            "each position has its anchors");
      }
    }

    @Override
    public boolean ownGradient() {
      return true;
    }

    @Override
    public void vjp(Vjp g) {
      g.none(0, "only the shape of the input is read");
    }

    /** Half the extent of each anchor along x (0) or y (1). */
    private double half(int anchor, int axis, double aspect) {
      boolean bySize = anchor < sizes.size();
      double size = sizes.get(bySize ? anchor : 0);
      double root = Math.sqrt(ratios.get(bySize ? 0 : anchor - sizes.size() + 1));
      return axis == 0 ? size * aspect * root / 2 : size / root / 2;
    }

    private Scalar halves(int axis, double aspect) {
      Scalar chosen = Scalar.of(half(anchors() - 1, axis, aspect));
      for (int i = anchors() - 2; i >= 0; i--) {
        Scalar here = new Scalar.Iota(2).with(Fn2.EQ, Scalar.of(i));
        chosen = here.choose(Scalar.of(half(i, axis, aspect)), chosen);
      }
      return chosen;
    }

    private Scalar middle(int iota, int pair, long extent) {
      double step = steps.get(pair) > 0 ? steps.get(pair) : 1.0 / extent;
      return new Scalar.Iota(iota).plus(offsets.get(pair)).times(step);
    }

    @Override
    public List<Tensor> expand(Expansion e) {
      Shape x = e.shape(0);
      double aspect = (double) x.dim(2) / x.dim(3);
      Scalar corner = new Scalar.Iota(3);
      Scalar alongX = corner.with(Fn2.MOD, Scalar.of(2)).with(Fn2.EQ, Scalar.of(0));
      Scalar middle = alongX.choose(middle(1, 1, x.dim(3)), middle(0, 0, x.dim(2)));
      Scalar half = alongX.choose(halves(0, aspect), halves(1, aspect));
      Scalar sign = corner.with(Fn2.LT, Scalar.of(2)).choose(Scalar.of(-1), Scalar.of(1));
      Scalar edge = middle.plus(sign.times(half));
      Scalar element = clip ? edge.with(Fn2.MAX, Scalar.of(0)).with(Fn2.MIN, Scalar.of(1)) : edge;
      Shape grid = Shape.of(x.dim(2), x.dim(3), anchors(), 4);
      Tensor made = Ops.call(new Creation.Filled(grid, e.in(0).dtype(), element), e.in(0));
      return List.of(made.reshapeTo(Shape.of(1, grid.size() / 4, 4)));
    }
  }
}
