package io.gluonj.op;

import static io.gluonj.op.OpSchema.define;

import io.gluonj.op.LoopNest.Bounds;
import io.gluonj.op.OpSchema.SampleInput;
import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.util.List;
import java.util.Optional;

/**
 * Takes one element along {@code axis} (default the last) for each index: {@code y[i] = x[i,
 * index[i]]}.
 *
 * @param mode what happens to an index outside the axis
 */
public record Pick(Optional<Integer> axis, boolean keepdims, Mode mode) implements Op.Composite {
  /** Treatment of indices that are out of range. */
  public enum Mode {
    /** To the nearest valid one. */
    CLIP,
    /** Modulo the extent. */
    WRAP;

    Bounds bounds() {
      return switch (this) {
        case CLIP -> Bounds.CLIP;
        case WRAP -> Bounds.WRAP;
      };
    }
  }

  static final OpSchema<Pick> SCHEMA =
      define(new Pick(Optional.of(-1), false, Mode.CLIP), "pick")
          .inputs("data", "index")
          .method("pick", "axis")
          .sample(
              new Pick(Optional.of(-1), false, Mode.CLIP),
              new SampleInput(TensorType.float32(4, 3), -2, 2),
              new SampleInput(TensorType.float32(4), 0, 2.99))
          .sample(
              new Pick(Optional.of(0), true, Mode.WRAP),
              new SampleInput(TensorType.float32(4, 3), -2, 2),
              new SampleInput(TensorType.float32(3), 0, 7.99));

  @Override
  public void infer(Infer s) {
    Shape x = s.in(0);
    if (!x.hasRank()) {
      return;
    }
    int at = x.axis(axis.orElse(-1));
    Picked.requireElements(s, at);
    Shape dropped = x.remove(at);
    Shape kept = x.with(at, 1);
    boolean indexKept = s.in(1).hasRank() && s.in(1).rank() == x.rank();
    s.in(1, indexKept ? kept : dropped, "there is one index for each position beside axis " + at);
    Shape squeezed = dropped.rank() == 0 ? Shape.of(1) : dropped;
    s.out(0, keepdims ? kept : squeezed, "one element is taken along axis " + at);
    s.dtype(0, s.dtype(0));
  }

  @Override
  public List<Tensor> expand(Expansion e) {
    Shape x = e.shape(0);
    int at = x.axis(axis.orElse(-1));
    Shape apart = Shape.of(x.sizeTo(at), x.dim(at), x.sizeFrom(at + 1));
    Tensor picked =
        Ops.call(
            new Picked(mode.bounds()),
            e.in(0).reshapeTo(apart),
            e.in(1).reshapeTo(apart.remove(1)));
    Shape dropped = x.remove(at);
    Shape squeezed = dropped.rank() == 0 ? Shape.of(1) : dropped;
    return List.of(picked.reshapeTo(keepdims ? x.with(at, 1) : squeezed));
  }
}
