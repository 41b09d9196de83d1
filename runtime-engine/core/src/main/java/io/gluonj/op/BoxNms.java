package io.gluonj.op;

import static io.gluonj.op.OpSchema.define;

import io.gluonj.op.Boxes.BoxIou.Format;
import io.gluonj.op.LoopNest.Bounds;
import io.gluonj.op.Scalar.Fn2;
import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Tensor;
import io.gluonj.tensor.TensorOps;
import io.gluonj.types.DType;
import io.gluonj.types.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Non-maximum suppression (MXNet: {@code _contrib_box_nms}). Data (…, n, width) has a box in each
 * row: its four numbers beginning at {@code coordStart}, its score and perhaps its class. Boxes are
 * ordered by falling score; each suppresses all later ones that it overlaps by more than {@code
 * overlapThresh}, of its own class unless {@code forceSuppress}. The result has the rows that
 * remain, then rows of -1. The gradient of a row goes to where it came from.
 *
 * @param validThresh boxes of this score and less do not count
 * @param topk how many boxes of the best scores count; all if not positive
 * @param idIndex the column of the class; none if negative
 * @param backgroundId a class whose boxes do not count; none if negative
 */
public record BoxNms(
    double overlapThresh,
    double validThresh,
    int topk,
    int coordStart,
    int scoreIndex,
    int idIndex,
    int backgroundId,
    boolean forceSuppress,
    Format inFormat,
    Format outFormat)
    implements Op.Composite {
  static final OpSchema<BoxNms> SCHEMA =
      define(
              new BoxNms(0.5, 0, -1, 2, 1, -1, -1, false, Format.CORNER, Format.CORNER),
              "_contrib_box_nms",
              "_contrib_box_non_maximum_suppression")
          .inputs("data")
          .countedInFilesAs(op -> 2)
          .sample(
              new BoxNms(0.1, -1, -1, 2, 1, 0, -1, true, Format.CORNER, Format.CORNER),
              Shape.of(2, 9, 6))
          .sample(
              new BoxNms(0.2, -1.5, 5, 1, 0, -1, -1, false, Format.CENTER, Format.CORNER),
              Shape.of(8, 6))
          .sample(
              new BoxNms(0.1, -2, -1, 0, 4, 5, 1, false, Format.CORNER, Format.CENTER),
              Shape.of(1, 2, 6, 6));

  @Override
  public void infer(Infer s) {
    s.same();
    Shape data = s.in(0);
    if (!data.isKnown()) {
      return;
    }
    if (data.rank() < 2) {
      throw s.error(
          "data of rank " + data.rank(),
          "each row of the last axis is a box",
          "reshape the data to (n, width)");
    }
    long width = data.dim(-1);
    boolean inside =
        coordStart >= 0
            && coordStart <= width - 4
            && scoreIndex >= 0
            && scoreIndex < width
            && idIndex < width;
    if (!inside) {
      throw s.error(
          "coord_start %d, score_index %d, id_index %d in rows of %d numbers"
              .formatted(coordStart, scoreIndex, idIndex, width),
          "four coordinates, a score and perhaps a class are columns of the data",
          "count columns from 0");
    }
  }

  @Override
  public List<Tensor> expand(Expansion e) {
    Shape data = e.shape(0);
    long n = data.dim(-2);
    long width = data.dim(-1);
    Shape shape = Shape.of(data.sizeTo(data.rank() - 2), n, width);
    Tensor rows = e.in(0).reshapeTo(shape);
    Tensor keys =
        Fused.of(valid().choose(Scalar.arg(0), Scalar.of(Double.NEGATIVE_INFINITY)), columns(rows));
    Tensor sorted = ordered(rows, keys);
    Scalar early = new Scalar.Iota(1).with(Fn2.LT, Scalar.of((double) (topk > 0 ? topk : n)));
    Tensor candidates = Fused.of(valid().times(early), columns(sorted));
    boolean grouped = idIndex >= 0 && !forceSuppress;
    Op zeros = new Creation.Filled(Shape.of(shape.dim(0), n), rows.dtype(), Scalar.of(0));
    Tensor group = grouped ? column(sorted, idIndex) : Ops.call(zeros, rows);
    Tensor boxes = converted(sorted.sliceAxis(2, coordStart, coordStart + 4L), inFormat, true);
    Tensor remains = Ops.call(new BoxSuppression(overlapThresh), boxes, group, candidates);
    Tensor first = ordered(sorted, remains);
    Tensor count = remains.sum(1).reshapeTo(Shape.of(shape.dim(0), 1, 1));
    Scalar there = new Scalar.Iota(1).with(Fn2.LT, Scalar.arg(1));
    Op cut = new Fused(there.choose(Scalar.arg(0), Scalar.of(-1)), 2);
    return List.of(Ops.call(cut, delivered(first), count).reshapeTo(data));
  }

  private static Tensor column(Tensor rows, int number) {
    return rows.sliceAxis(2, number, number + 1L).reshapeTo(rows.shape().remove(2));
  }

  /** The scores, then the classes if there are any. */
  private List<Tensor> columns(Tensor rows) {
    return idIndex < 0
        ? List.of(column(rows, scoreIndex))
        : List.of(column(rows, scoreIndex), column(rows, idIndex));
  }

  /** Whether a box counts, over its columns. */
  private Scalar valid() {
    Scalar scored = Scalar.arg(0).with(Fn2.GT, Scalar.of(validThresh));
    return idIndex < 0 || backgroundId < 0
        ? scored
        : scored.times(Scalar.arg(1).with(Fn2.NE, Scalar.of(backgroundId)));
  }

  /** Rows in the falling order of their keys; those of equal keys keep theirs. */
  private static Tensor ordered(Tensor rows, Tensor keys) {
    Shape shape = rows.shape();
    long n = shape.dim(1);
    Scalar place = new Scalar.Iota(0).times((double) n).plus(Scalar.arg(0));
    Tensor order = Ops.call(new Fused(place, 1), Ops.call(new ArgSort(false), keys));
    long all = shape.dim(0) * n;
    return Ops.call(
            new Lookups.Rows(Bounds.CLIP),
            rows.reshapeTo(Shape.of(1, all, shape.dim(2))),
            order.cast(DType.INT64).reshapeTo(Shape.of(all)))
        .reshapeTo(shape);
  }

  /** Boxes with the numbers of one format, from the other one if they have that. */
  private static Tensor converted(Tensor boxes, Format from, boolean toCorner) {
    if (toCorner == (from == Format.CORNER)) {
      return boxes;
    }
    Tensor a = boxes.sliceAxis(2, 0, 2);
    Tensor b = boxes.sliceAxis(2, 2, 4);
    return toCorner
        ? TensorOps.concat(2, a.sub(b.mul(0.5)), a.add(b.mul(0.5)))
        : TensorOps.concat(2, a.add(b).mul(0.5), b.sub(a));
  }

  private Tensor delivered(Tensor rows) {
    if (inFormat == outFormat) {
      return rows;
    }
    long width = rows.shape().dim(2);
    var parts = new ArrayList<Tensor>();
    if (coordStart > 0) {
      parts.add(rows.sliceAxis(2, 0, coordStart));
    }
    Tensor boxes = rows.sliceAxis(2, coordStart, coordStart + 4L);
    parts.add(converted(boxes, inFormat, outFormat == Format.CORNER));
    if (coordStart < width - 4) {
      parts.add(rows.sliceAxis(2, coordStart + 4L, width));
    }
    return parts.size() == 1 ? parts.getFirst() : TensorOps.concat(2, parts.toArray(Tensor[]::new));
  }
}
