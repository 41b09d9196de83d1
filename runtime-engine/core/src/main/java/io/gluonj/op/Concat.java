package io.gluonj.op;

import static io.gluonj.op.OpSchema.define;

import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.util.ArrayList;
import java.util.List;

/** Joins any number of tensors along an axis. */
public record Concat(int dim) implements Op.Structural {
  static final OpSchema<Concat> SCHEMA =
      define(new Concat(1), "Concat", "concat")
          .variadic()
          .method("concat", "dim")
          .onnx("Concat")
          .sample(new Concat(1), Shape.of(2, 3), Shape.of(2, 1), Shape.of(2, 2))
          .sample(new Concat(0), Shape.of(2, 3), Shape.of(1, 3));

  @Override
  public void infer(Infer s) {
    Shape common = Shape.unknown();
    long total = 0;
    for (int i = 0; i < s.inputs(); i++) {
      Shape in = s.in(i);
      if (!in.hasRank()) {
        return;
      }
      total = in.dim(dim) == Shape.UNKNOWN || total < 0 ? -1 : total + in.dim(dim);
      Shape rest = in.with(dim, Shape.UNKNOWN);
      Shape both = common.unify(rest);
      if (both == null) {
        throw s.error(
            "input " + i + " has shape " + in + ", which does not fit " + common,
            "all extents but that of axis " + dim + " must be equal",
            "reshape the inputs or choose another axis");
      }
      common = both;
    }
    s.out(0, common.with(dim, total), "extents along axis " + dim + " add up");
  }

  @Override
  public void vjp(Vjp g) {
    long begin = 0;
    for (int i = 0; i < g.inputs(); i++) {
      long from = begin;
      long to = begin + g.in(i).shape().dim(dim);
      int axis = g.in(i).shape().axis(dim);
      g.grad(i, () -> g.dy().sliceAxis(axis, from, to));
      begin = to;
    }
  }

  @Override
  public List<LoopNest> nests(List<TensorType> in, List<TensorType> out) {
    long[] strides = out.getFirst().shape().strides();
    int axis = out.getFirst().shape().axis(dim);
    var nests = new ArrayList<LoopNest>();
    long begin = 0;
    for (int i = 0; i < in.size(); i++) {
      nests.add(
          Nests.scatter(i, in.get(i), out.getFirst(), begin * strides[axis], Nests.list(strides)));
      begin += in.get(i).shape().dim(axis);
    }
    return nests;
  }
}
