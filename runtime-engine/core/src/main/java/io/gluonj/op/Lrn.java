package io.gluonj.op;

import static io.gluonj.op.OpSchema.define;

import io.gluonj.op.Scalar.Fn2;
import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Local response normalization across channels (Krizhevsky et al., NIPS 2012): {@code x * (knorm +
 * alpha/nsize * sum of squares of the nsize channels around)^-beta}, channels along axis 1.
 */
public record Lrn(double alpha, double beta, double knorm, long nsize) implements Op.Composite {
  static final OpSchema<Lrn> SCHEMA =
      define(new Lrn(1e-4, 0.75, 2, 0), "LRN")
          .inputs("data")
          .onnx("LRN")
          .required("nsize")
          .countedInFilesAs(op -> 2)
          .sample(new Lrn(0.1, 0.75, 2, 3), Shape.of(1, 5, 2, 2));

  @Override
  public void infer(Infer s) {
    s.same();
    if (nsize < 1 || nsize % 2 == 0 || (s.in(0).hasRank() && s.in(0).rank() < 2)) {
      throw s.error(
          "nsize " + nsize,
          "the window lies around a channel (axis 1) and has an odd number of channels",
          "use an odd nsize and data with a channel axis");
    }
  }

  @Override
  public List<Tensor> expand(Expansion e) {
    Shape x = e.shape(0);
    // A window that reaches beyond all channels finds nothing there.
    long half = Math.min(nsize / 2, x.dim(1));
    var widths = new ArrayList<Long>();
    for (int i = 0; i < x.rank(); i++) {
      widths.addAll(i == 1 ? List.of(half, half) : List.of(0L, 0L));
    }
    Tensor wide = Ops.call(new Pad(Pad.Mode.CONSTANT, widths, 0), e.in(0).square());
    Tensor[] around = new Tensor[Math.toIntExact(2 * half + 1)];
    for (int k = 0; k < around.length; k++) {
      around[k] = wide.sliceAxis(1, k, k + x.dim(1));
    }
    Tensor sum = Ops.call(new Logic.AddN(), around);
    Scalar base = Scalar.arg(1).times(alpha / nsize).plus(knorm);
    Scalar y = Scalar.arg(0).times(base.with(Fn2.POW, Scalar.of(-beta)));
    return List.of(Ops.call(new Fused(y, 2), e.in(0), sum));
  }
}
