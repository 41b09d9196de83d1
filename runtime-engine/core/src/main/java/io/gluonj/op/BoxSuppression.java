package io.gluonj.op;

import io.gluonj.op.OpSchema.SampleInput;
import io.gluonj.types.DType;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;

/**
 * Which boxes remain if each, in their order, suppresses all later ones of its group that it
 * overlaps by more than a threshold (intersection over union). Inputs: boxes (batch, n, 4): left,
 * top, right, bottom; group (batch, n); candidates (batch, n), where 0 means that a box is none.
 * Result: (batch, n), 1 for boxes that remain, else 0.
 */
public record BoxSuppression(double threshold) implements Op.Library {
  private static final int BOXES = 0;
  private static final int GROUP = 1;
  private static final int CANDIDATES = 2;

  static final OpSchema<BoxSuppression> SCHEMA =
      OpSchema.internal(new BoxSuppression(0.5), "_box_suppression")
          .inputs("boxes", "group", "candidates")
          .sample(
              new BoxSuppression(0.2),
              new SampleInput(TensorType.float32(2, 20, 4), -2, 2),
              new SampleInput(
                  new TensorType(Shape.of(2, 20), DType.INT32), 0, 1.99),
              new SampleInput(
                  new TensorType(Shape.of(2, 20), DType.INT32), 0, 3.99));

  @Override
  public void infer(Infer s) {
    Shape boxes = s.in(BOXES);
    if (!boxes.hasRank()) {
      return;
    }
    if (boxes.rank() != 3) {
      throw s.error(
          "boxes of rank " + boxes.rank(), "they are (batch, n, 4)", "reshape the boxes");
    }
    s.in(BOXES, boxes.with(2, 4), "a box is four edges");
    Shape each = boxes.remove(2);
    s.in(GROUP, each, "each box has a group");
    s.in(CANDIDATES, each, "each box is a candidate or not");
    s.out(0, each, "each box remains or not");
    s.dtype(0, s.dtype(BOXES));
  }

  @Override
  public void vjp(Vjp g) {
    for (int i = 0; i < 3; i++) {
      g.none(i, "what remains is piecewise constant");
    }
  }

  @Override
  public void reference(Reference r) {
    int n = (int) r.inShape(BOXES).dim(1);
    for (int b = 0; b < r.inShape(BOXES).dim(0); b++) {
      int from = b * n;
      for (int i = from; i < from + n; i++) {
        r.out(0)[i] = r.in(CANDIDATES)[i] != 0 ? 1 : 0;
      }
      for (int i = from; i < from + n; i++) {
        for (int j = i + 1; j < from + n && r.out(0)[i] != 0; j++) {
          if (r.in(GROUP)[i] == r.in(GROUP)[j] && overlap(r.in(BOXES), i, j) > threshold) {
            r.out(0)[j] = 0;
          }
        }
      }
    }
  }

  /** Intersection over union of two boxes in a list. */
  public static double overlap(double[] boxes, int i, int j) {
    double common = 1;
    for (int axis = 0; axis < 2; axis++) {
      double low = Math.max(boxes[4 * i + axis], boxes[4 * j + axis]);
      double high = Math.min(boxes[4 * i + 2 + axis], boxes[4 * j + 2 + axis]);
      common *= Math.max(high - low, 0);
    }
    return common / (area(boxes, i) + area(boxes, j) - common);
  }

  private static double area(double[] boxes, int i) {
    double width = boxes[4 * i + 2] - boxes[4 * i];
    double height = boxes[4 * i + 3] - boxes[4 * i + 1];
    return width < 0 || height < 0 ? 0 : width * height;
  }
}
