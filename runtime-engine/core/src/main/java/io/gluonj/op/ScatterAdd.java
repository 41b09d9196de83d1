package io.gluonj.op;

import io.gluonj.op.LoopNest.Bounds;
import io.gluonj.op.LoopNest.Index;
import io.gluonj.op.OpSchema.SampleInput;
import io.gluonj.tensor.Ops;
import io.gluonj.types.DType;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;

/**
 * The gradient of a lookup: from values (outer, n, inner) and an index (n) the tensor (outer, rows,
 * inner) in which slice {@code r} is the sum of the slices whose index is {@code r}. Slices are
 * added in the order of the index, so that results do not depend on threads.
 *
 * @param rows extent of the axis that was looked up; at least 1
 * @param bounds treatment of indices outside of it
 */
public record ScatterAdd(long rows, Bounds bounds) implements Op.Library {
  private static final int VALUES = 0;
  private static final int INDEX = 1;

  static final OpSchema<ScatterAdd> SCHEMA =
      OpSchema.internal(new ScatterAdd(1, Bounds.CLIP), "_scatter_add")
          .inputs("values", "index")
          .sample(
              new ScatterAdd(4, Bounds.CLIP),
              new SampleInput(TensorType.float32(2, 5, 3), -2, 2),
              new SampleInput(new TensorType(Shape.of(5), DType.INT32), -2, 6))
          .sample(
              new ScatterAdd(3, Bounds.WRAP),
              new SampleInput(TensorType.float32(1, 40, 1), -2, 2),
              new SampleInput(TensorType.float32(40), -7, 7))
          .sample(
              new ScatterAdd(3, Bounds.ZERO),
              new SampleInput(TensorType.float32(1, 6, 2), -2, 2),
              new SampleInput(new TensorType(Shape.of(6), DType.INT64), -1, 4));

  /** The slice that an index means; -1 for none. */
  public long row(double index) {
    return new Index(Scalar.of(0), 1, rows, bounds).offset((long) index);
  }

  @Override
  public void infer(Infer s) {
    Shape values = s.in(VALUES);
    if (!values.hasRank()) {
      return;
    }
    if (values.rank() != 3 || rows < 0 || (rows == 0 && values.dim(1) > 0)) {
      throw s.error(
          "values of shape " + values + " for " + rows + " rows",
          "values have the axes (outer, n, inner), and there is at least one row to add them to",
          "reshape the values");
    }
    s.in(INDEX, Shape.of(values.dim(1)), "there is one index for each slice");
    s.out(0, values.with(1, rows), "the slices are added up to rows");
    s.dtype(0, s.dtype(VALUES));
  }

  @Override
  public void vjp(Vjp g) {
    g.grad(VALUES, () -> Ops.call(new Lookups.Rows(bounds), g.dy(), g.in(INDEX)));
    g.none(INDEX, "the result is piecewise constant in the index");
  }

  @Override
  public void reference(Reference r) {
    Shape values = r.inShape(VALUES);
    int outer = (int) values.dim(0);
    int n = (int) values.dim(1);
    int inner = (int) values.dim(2);
    for (int o = 0; o < outer; o++) {
      for (int i = 0; i < n; i++) {
        int row = (int) row(r.in(INDEX)[i]);
        for (int c = 0; row >= 0 && c < inner; c++) {
          r.out(0)[(o * (int) rows + row) * inner + c] += r.in(VALUES)[(o * n + i) * inner + c];
        }
      }
    }
  }
}
