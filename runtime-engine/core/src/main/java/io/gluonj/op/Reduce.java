package io.gluonj.op;

import static io.gluonj.op.OpSchema.define;

import io.gluonj.op.LoopNest.Reduction;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Reductions over axes. No axis means all; {@code exclude} means all but the named ones. A
 * reduction of everything has shape (1,), as in MXNet.
 */
public sealed interface Reduce extends Op.Structural {
  List<Integer> axis();

  boolean keepdims();

  boolean exclude();

  /** How values are combined. */
  Reduction reduction();

  /** What the combined value becomes, given how many elements it combines. */
  default Scalar epilogue(long count) {
    return Scalar.arg(0);
  }

  static Op sum(boolean keepdims, int... axes) {
    return new Sum(boxed(axes), keepdims, false);
  }

  static Op mean(boolean keepdims, int... axes) {
    return new Mean(boxed(axes), keepdims, false);
  }

  static Op max(boolean keepdims, int... axes) {
    return new Max(boxed(axes), keepdims, false);
  }

  static Op min(boolean keepdims, int... axes) {
    return new Min(boxed(axes), keepdims, false);
  }

  private static List<Integer> boxed(int... axes) {
    return Arrays.stream(axes).boxed().toList();
  }

  /** Which axes of a shape are reduced. */
  private boolean[] reduced(Shape in) {
    boolean[] named = new boolean[in.rank()];
    axis().forEach(a -> named[in.axis(a)] = true);
    for (int i = 0; i < named.length; i++) {
      named[i] = axis().isEmpty() || named[i] != exclude();
    }
    return named;
  }

  /** The axes of a shape that are reduced, in order. */
  default List<Integer> axes(Shape in) {
    boolean[] reduced = reduced(in);
    return IntStream.range(0, in.rank()).filter(i -> reduced[i]).boxed().toList();
  }

  /** The same reduction over other axes. */
  default Reduce over(List<Integer> axes) {
    return switch (this) {
      case Sum _ -> new Sum(axes, keepdims(), false);
      case Mean _ -> new Mean(axes, keepdims(), false);
      case Prod _ -> new Prod(axes, keepdims(), false);
      case Max _ -> new Max(axes, keepdims(), false);
      case Min _ -> new Min(axes, keepdims(), false);
    };
  }

  private Shape kept(Shape in, boolean[] reduced) {
    return Shape.of(
        IntStream.range(0, in.rank()).mapToLong(i -> reduced[i] ? 1 : in.dim(i)).toArray());
  }

  @Override
  default void infer(Infer s) {
    if (!s.in(0).hasRank()) {
      return;
    }
    Shape in = s.in(0);
    boolean[] reduced = reduced(in);
    long[] rest =
        IntStream.range(0, in.rank()).filter(i -> !reduced[i]).mapToLong(in::dim).toArray();
    Shape dropped = rest.length == 0 ? Shape.of(1) : Shape.of(rest);
    s.out(
        0,
        keepdims() && in.rank() > 0 ? kept(in, reduced) : dropped,
        "the reduced axes " + (keepdims() ? "become 1" : "are dropped"));
  }

  @Override
  default List<LoopNest> nests(List<TensorType> in, List<TensorType> out) {
    Shape shape = in.getFirst().shape();
    boolean[] reduced = reduced(shape);
    long count = shape.size() / Math.max(1, out.getFirst().shape().size());
    return List.of(
        Nests.reduce(in.getFirst(), out.getFirst(), reduced, reduction(), epilogue(count)));
  }

  /** A tensor of the result's shape, repeated to the input's. */
  private Tensor spread(Tensor result, Shape in) {
    return BroadcastTo.exactly(in, result.reshapeTo(kept(in, reduced(in))));
  }

  /** Sum over the given axes, or over all. */
  record Sum(List<Integer> axis, boolean keepdims, boolean exclude) implements Reduce {
    static final OpSchema<Sum> SCHEMA =
        define(new Sum(List.of(), false, false), "sum", "sum_axis")
            .inputs("data")
            .method("sum", "axis")
            .onnx("ReduceSum")
            .sample(new Sum(List.of(), false, false), Shape.of(2, 3))
            .sample(new Sum(List.of(0, 2), true, false), Shape.of(2, 3, 4))
            .sample(new Sum(List.of(1), false, true), Shape.of(2, 3, 4));

    @Override
    public Reduction reduction() {
      return Reduction.SUM;
    }

    @Override
    public void vjp(Vjp g) {
      g.grad(0, () -> ((Reduce) this).spread(g.dy(), g.in(0).shape()));
    }
  }

  /** Arithmetic mean over the given axes, or over all. */
  record Mean(List<Integer> axis, boolean keepdims, boolean exclude) implements Reduce {
    static final OpSchema<Mean> SCHEMA =
        define(new Mean(List.of(), false, false), "mean")
            .inputs("data")
            .method("mean", "axis")
            .onnx("ReduceMean")
            .sample(new Mean(List.of(), false, false), Shape.of(2, 3))
            .sample(new Mean(List.of(-1), true, false), Shape.of(2, 3, 4));

    @Override
    public Reduction reduction() {
      return Reduction.SUM;
    }

    @Override
    public Scalar epilogue(long count) {
      return Scalar.arg(0).over(Scalar.of((double) count));
    }

    @Override
    public void vjp(Vjp g) {
      double share = (double) g.out(0).shape().size() / Math.max(1, g.in(0).shape().size());
      g.grad(0, () -> ((Reduce) this).spread(g.dy().mul(share), g.in(0).shape()));
    }
  }

  /** Product; its gradient needs inputs other than 0. */
  record Prod(List<Integer> axis, boolean keepdims, boolean exclude) implements Reduce {
    static final OpSchema<Prod> SCHEMA =
        define(new Prod(List.of(), false, false), "prod")
            .inputs("data")
            .onnx("ReduceProd")
            .sample(new Prod(List.of(1), false, false), 0.5, 2, Shape.of(2, 3));

    @Override
    public Reduction reduction() {
      return Reduction.PROD;
    }

    @Override
    public void vjp(Vjp g) {
      g.grad(0, () -> ((Reduce) this).spread(g.dy().mul(g.out(0)), g.in(0).shape()).div(g.in(0)));
    }
  }

  /** Maximum; equal maxima all receive the gradient, as in MXNet. */
  record Max(List<Integer> axis, boolean keepdims, boolean exclude) implements Reduce {
    static final OpSchema<Max> SCHEMA =
        define(new Max(List.of(), false, false), "max", "max_axis")
            .inputs("data")
            .method("max", "axis")
            .onnx("ReduceMax")
            .sample(new Max(List.of(), false, false), Shape.of(2, 3))
            .sample(new Max(List.of(1), true, false), Shape.of(2, 3, 4));

    @Override
    public Reduction reduction() {
      return Reduction.MAX;
    }

    @Override
    public void vjp(Vjp g) {
      toExtremum(g);
    }
  }

  /** Minimum; equal minima all receive the gradient, as in MXNet. */
  record Min(List<Integer> axis, boolean keepdims, boolean exclude) implements Reduce {
    static final OpSchema<Min> SCHEMA =
        define(new Min(List.of(), false, false), "min", "min_axis")
            .inputs("data")
            .method("min", "axis")
            .onnx("ReduceMin")
            .sample(new Min(List.of(), false, false), Shape.of(2, 3))
            .sample(new Min(List.of(1), true, false), Shape.of(2, 3, 4));

    @Override
    public Reduction reduction() {
      return Reduction.MIN;
    }

    @Override
    public void vjp(Vjp g) {
      toExtremum(g);
    }
  }

  /** Gives the gradient to the elements equal to the result. */
  default void toExtremum(Vjp g) {
    Shape in = g.in(0).shape();
    g.grad(0, () -> g.in(0).equal(spread(g.out(0), in)).mul(spread(g.dy(), in)));
  }
}
