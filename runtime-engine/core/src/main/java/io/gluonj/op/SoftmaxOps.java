package io.gluonj.op;

import static io.gluonj.op.OpSchema.define;

import io.gluonj.op.OpSchema.SampleInput;
import io.gluonj.op.Scalar.Fn;
import io.gluonj.op.Scalar.Fn2;
import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.DType;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.util.List;
import java.util.Optional;

/**
 * The softmax family; {@code temperature} divides the input first. With {@code useLength} a second
 * input says how many elements along the axis count; the others become 0.
 */
public sealed interface SoftmaxOps extends Op.Composite {
  int axis();

  Optional<Double> temperature();

  boolean useLength();

  @Override
  default void infer(Infer s) {
    s.same();
    if (s.in(0).hasRank()) {
      s.in(0).axis(axis());
      if (useLength()) {
        s.in(1, s.in(0).remove(axis()), "there is one length for each distribution");
      }
    }
    s.dtype(0, s.dtype(0));
  }

  @Override
  default boolean ownGradient() {
    return true;
  }

  /** {@code value} of the arguments where a position counts, else 0; the length is the last one. */
  private Tensor counted(Scalar value, Optional<Tensor> length, Tensor... arguments) {
    if (length.isEmpty()) {
      return Ops.call(new Fused(value, arguments.length), arguments);
    }
    Shape shape = arguments[0].shape();
    int at = shape.axis(axis());
    Tensor[] all = java.util.Arrays.copyOf(arguments, arguments.length + 1);
    all[arguments.length] = length.get().cast(arguments[0].dtype()).reshapeTo(shape.with(at, 1));
    Scalar counts = new Scalar.Iota(at).with(Fn2.LT, Scalar.arg(arguments.length));
    return Ops.call(new Fused(counts.choose(value, Scalar.of(0)), all.length), all);
  }

  /** The input, scaled, minus its maximum along the axis among what counts. */
  private Tensor shifted(Tensor x, Optional<Tensor> length) {
    Tensor scaled = temperature().map(t -> x.div(t)).orElse(x);
    Tensor candidates = scaled;
    if (length.isPresent()) {
      Shape shape = x.shape();
      int at = shape.axis(axis());
      Scalar counts = new Scalar.Iota(at).with(Fn2.LT, Scalar.arg(1));
      Scalar masked = counts.choose(Scalar.arg(0), Scalar.of(Double.NEGATIVE_INFINITY));
      Tensor lengths = length.get().cast(x.dtype()).reshapeTo(shape.with(at, 1));
      candidates = Ops.call(new Fused(masked, 2), scaled, lengths);
    }
    return scaled.sub(Ops.call(Reduce.max(true, axis()), candidates));
  }

  private Tensor sum(Tensor x) {
    return Ops.call(Reduce.sum(true, axis()), x);
  }

  private Tensor scaledBack(Tensor dx) {
    return temperature().map(t -> dx.div(t)).orElse(dx);
  }

  private Optional<Tensor> length(List<Tensor> in) {
    return useLength() ? Optional.of(in.get(1)) : Optional.empty();
  }

  private static Optional<Tensor> length(Vjp g) {
    if (g.inputs() == 1) {
      return Optional.empty();
    }
    g.none(1, "a length is a count");
    return Optional.of(g.in(1));
  }

  /** A sample's length input. */
  private static SampleInput lengths(long... dims) {
    return new SampleInput(new TensorType(Shape.of(dims), DType.INT32), 1, 4);
  }

  /** {@code exp(x) / sum(exp(x))} along an axis. */
  record Softmax(int axis, Optional<Double> temperature, boolean useLength) implements SoftmaxOps {
    static final OpSchema<Softmax> SCHEMA =
        define(new Softmax(-1, Optional.empty()), "softmax")
            .inputs("data")
            .inputUnless(op -> !op.useLength(), "length")
            .method("softmax", "axis")
            .onnx("Softmax")
            .omittedIfDefault("use_length")
            .only("dtype", "None")
            .sample(new Softmax(-1, Optional.empty()), Shape.of(2, 5))
            .sample(new Softmax(1, Optional.of(2.0)), Shape.of(2, 3, 4))
            .sample(
                new Softmax(1, Optional.empty(), true),
                new SampleInput(TensorType.float32(3, 4), -2, 2),
                lengths(3));

    public Softmax(int axis, Optional<Double> temperature) {
      this(axis, temperature, false);
    }

    @Override
    public List<Tensor> expand(Expansion e) {
      SoftmaxOps self = this;
      Optional<Tensor> length = self.length(e.inputs());
      Tensor exp = self.counted(Scalar.arg(0).map(Fn.EXP), length, self.shifted(e.in(0), length));
      return List.of(self.counted(Scalar.arg(0).over(Scalar.arg(1)), length, exp, self.sum(exp)));
    }

    @Override
    public void vjp(Vjp g) {
      SoftmaxOps self = this;
      length(g);
      g.grad(0, () -> self.scaledBack(g.dy().sub(self.sum(g.dy().mul(g.out(0)))).mul(g.out(0))));
    }
  }

  /** {@code log(softmax(x))} without overflow. */
  record LogSoftmax(int axis, Optional<Double> temperature, boolean useLength)
      implements SoftmaxOps {
    static final OpSchema<LogSoftmax> SCHEMA =
        define(new LogSoftmax(-1, Optional.empty()), "log_softmax")
            .inputs("data")
            .inputUnless(op -> !op.useLength(), "length")
            .method("logSoftmax", "axis")
            .onnx("LogSoftmax")
            .omittedIfDefault("use_length")
            .only("dtype", "None")
            .sample(new LogSoftmax(-1, Optional.empty()), Shape.of(2, 5))
            .sample(new LogSoftmax(0, Optional.empty()), Shape.of(2, 5))
            .sample(
                new LogSoftmax(1, Optional.empty(), true),
                new SampleInput(TensorType.float32(3, 4), -2, 2),
                lengths(3));

    public LogSoftmax(int axis, Optional<Double> temperature) {
      this(axis, temperature, false);
    }

    @Override
    public List<Tensor> expand(Expansion e) {
      SoftmaxOps self = this;
      Optional<Tensor> length = self.length(e.inputs());
      Tensor shifted = self.shifted(e.in(0), length);
      Tensor sum = self.sum(self.counted(Scalar.arg(0).map(Fn.EXP), length, shifted));
      Scalar value = Scalar.arg(0).minus(Scalar.arg(1).map(Fn.LOG));
      return List.of(self.counted(value, length, shifted, sum));
    }

    @Override
    public void vjp(Vjp g) {
      SoftmaxOps self = this;
      Optional<Tensor> length = length(g);
      g.grad(
          0,
          () -> {
            Tensor dy = self.counted(Scalar.arg(0), length, g.dy());
            Scalar share = Scalar.arg(0).minus(Scalar.arg(1).map(Fn.EXP).times(Scalar.arg(2)));
            return self.scaledBack(self.counted(share, length, dy, g.out(0), self.sum(dy)));
          });
    }
  }

  /** {@code softmax(-x)}. */
  record Softmin(int axis, Optional<Double> temperature, boolean useLength) implements SoftmaxOps {
    static final OpSchema<Softmin> SCHEMA =
        define(new Softmin(-1, Optional.empty(), false), "softmin")
            .inputs("data")
            .inputUnless(op -> !op.useLength(), "length")
            .omittedIfDefault("use_length")
            .only("dtype", "None")
            .sample(new Softmin(-1, Optional.empty(), false), Shape.of(2, 5));

    @Override
    public boolean ownGradient() {
      return false;
    }

    @Override
    public void vjp(Vjp g) {
      throw new IllegalStateException("softmin is differentiated by its expansion");
    }

    @Override
    public List<Tensor> expand(Expansion e) {
      Op softmax = new Softmax(axis, temperature, useLength);
      Tensor turned = e.in(0).neg();
      return List.of(useLength ? Ops.call(softmax, turned, e.in(1)) : Ops.call(softmax, turned));
    }
  }
}
