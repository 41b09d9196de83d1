package io.gluonj.op;

import static io.gluonj.op.OpSchema.define;

import io.gluonj.tensor.Ops;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.util.List;
import java.util.stream.IntStream;

/** Permutes axes: output axis i is input axis {@code axes[i]}; without axes reverses them. */
public record Transpose(List<Integer> axes) implements Op.Structural {
  static final OpSchema<Transpose> SCHEMA =
      define(new Transpose(List.of()), "transpose")
          .inputs("data")
          .method("transpose", "axes")
          .onnx("Transpose")
          .sample(new Transpose(List.of()), Shape.of(2, 3))
          .sample(new Transpose(List.of(1, 2, 0)), Shape.of(2, 3, 4));

  public Transpose {
    axes = List.copyOf(axes);
  }

  private int[] permutation(int rank) {
    return axes.isEmpty()
        ? IntStream.range(0, rank).map(i -> rank - 1 - i).toArray()
        : axes.stream().mapToInt(a -> a < 0 ? a + rank : a).toArray();
  }

  private static Shape permuted(Shape shape, int[] order) {
    return Shape.of(IntStream.of(order).mapToLong(shape::dim).toArray());
  }

  private static int[] inverse(int[] order) {
    int[] inverse = new int[order.length];
    for (int i = 0; i < order.length; i++) {
      inverse[order[i]] = i;
    }
    return inverse;
  }

  @Override
  public void infer(Infer s) {
    Shape ranked = s.in(0).hasRank() ? s.in(0) : s.out(0);
    if (!ranked.hasRank()) {
      return;
    }
    int[] order = permutation(ranked.rank());
    if (IntStream.of(order).sorted().distinct().filter(a -> a >= 0 && a < ranked.rank()).count()
            != ranked.rank()
        || order.length != ranked.rank()) {
      throw s.error(
          "axes " + axes + " are no permutation",
          "each of the " + ranked.rank() + " axes must occur once",
          "list every axis once, or none to reverse them");
    }
    if (s.in(0).hasRank()) {
      s.out(0, permuted(s.in(0), order), "axes are permuted by " + axes);
    }
    if (s.out(0).hasRank()) {
      s.in(0, permuted(s.out(0), inverse(order)), "axes are permuted by " + axes);
    }
  }

  @Override
  public void vjp(Vjp g) {
    List<Integer> back =
        IntStream.of(inverse(permutation(g.in(0).shape().rank()))).boxed().toList();
    g.grad(0, () -> Ops.call(new Transpose(back), g.dy()));
  }

  @Override
  public List<LoopNest> nests(List<TensorType> in, List<TensorType> out) {
    long[] strides = in.getFirst().shape().strides();
    long[] permuted =
        IntStream.of(permutation(strides.length)).mapToLong(a -> strides[a]).toArray();
    return List.of(Nests.gather(in.getFirst(), out.getFirst(), 0, Nests.list(permuted)));
  }
}
