package io.gluonj.op;

import static io.gluonj.op.OpSchema.define;

import io.gluonj.tensor.Tensor;
import io.gluonj.types.Shape;
import java.util.List;

/**
 * Sets elements to 0 with probability {@code p} and scales the others by {@code 1 / (1 - p)}, in
 * training mode only (Srivastava et al., JMLR 2014). Along {@code axes} one decision serves all
 * elements. The hidden second output is the mask.
 */
public record Dropout(double p, Mode mode, List<Integer> axes) implements Op.Composite {
  /** When elements are dropped. */
  public enum Mode {
    TRAINING,
    ALWAYS
  }

  static final OpSchema<Dropout> SCHEMA =
      define(new Dropout(0.5, Mode.TRAINING, List.of()), "Dropout")
          .inputs("data")
          .onnx("Dropout")
          .written("cudnn_off", "False")
          .omittedIfDefault("mode")
          .sample(new Dropout(0.5, Mode.TRAINING, List.of()), Shape.of(3, 4));

  public Dropout {
    axes = List.copyOf(axes);
  }

  @Override
  public int outputs() {
    return 2;
  }

  @Override
  public void infer(Infer s) {
    if (!(p >= 0 && p < 1)) {
      throw s.error(
          "p = " + p,
          "the share of dropped elements is at least 0 and below 1",
          "use 0.5 for half");
    }
    s.same();
    s.out(1, mask(s.in(0)), "the mask has one decision for each element");
  }

  private Shape mask(Shape data) {
    Shape shape = data;
    if (data.hasRank()) {
      for (int axis : axes) {
        shape = shape.with(axis, 1);
      }
    }
    return shape;
  }

  @Override
  public List<Tensor> expand(Expansion e) {
    Tensor x = e.in(0);
    if (p == 0 || (mode == Mode.TRAINING && !e.training())) {
      return List.of(x, x.onesLike());
    }
    Tensor kept = e.uniform(mask(e.shape(0))).greater(p).mul(1 / (1 - p)).cast(x.dtype());
    return List.of(x.mul(kept), kept);
  }
}
