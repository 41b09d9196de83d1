package io.gluonj.op;

import static io.gluonj.op.OpSchema.define;

import io.gluonj.op.LoopNest.Reduction;
import io.gluonj.op.LoopNest.Store;
import io.gluonj.op.Scalar.Fn;
import io.gluonj.op.Scalar.Fn2;
import io.gluonj.types.DType;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.util.List;
import java.util.Optional;

/** Tensors made from attributes alone: an expression of the position. */
public sealed interface Creation extends Op.Structural {
  /** The result's type. */
  TensorType made();

  /** The element at a position, over {@code Iota}. */
  Scalar element();

  @Override
  default void infer(Infer s) {
    s.out(0, made().shape(), "the shape follows from the attributes");
    s.dtype(0, made().dtype());
    Arguments.checkAxes(element(), made().shape(), s);
  }

  @Override
  default void vjp(Vjp g) {
    for (int i = 0; i < g.inputs(); i++) {
      g.none(i, "the result does not depend on values");
    }
  }

  @Override
  default List<LoopNest> nests(List<TensorType> in, List<TensorType> out) {
    Shape space = out.getFirst().shape();
    var access = new LoopNest.Access(0, out.getFirst().dtype(), 0, Nests.list(space.strides()));
    return List.of(
        new LoopNest(
            Nests.list(space.dims()),
            List.of(),
            List.of(),
            List.of(new Store(access, element(), Scalar.arg(0))),
            Reduction.NONE));
  }

  private static TensorType type(List<Long> extents, DType dtype) {
    return new TensorType(Shape.of(extents.stream().mapToLong(d -> d).toArray()), dtype);
  }

  /** {@code start + step * floor(position / repeat)}. */
  static Scalar progression(double start, double step, int repeat) {
    Scalar position = new Scalar.Iota(0);
    Scalar count =
        repeat == 1 ? position : position.plus(0.5).over(Scalar.of(repeat)).map(Fn.FLOOR);
    return count.times(step).plus(start);
  }

  /** Any expression of the position. The input only places the node in a graph. */
  record Filled(Shape shape, DType dtype, Scalar body) implements Creation {
    static final OpSchema<Filled> SCHEMA =
        OpSchema.internal(new Filled(Shape.scalar(), DType.FLOAT32, Scalar.of(0)), "_filled")
            .inputs("like")
            .sample(
                new Filled(
                    Shape.of(2, 3),
                    DType.FLOAT32,
                    new Scalar.Iota(0).times(10).plus(new Scalar.Iota(1))),
                Shape.of(1));

    @Override
    public TensorType made() {
      return new TensorType(shape, dtype);
    }

    @Override
    public Scalar element() {
      return body;
    }
  }

  /** Zeros. */
  record Zeros(List<Long> shape, DType dtype) implements Creation {
    static final OpSchema<Zeros> SCHEMA =
        define(new Zeros(List.of(), DType.FLOAT32), "_zeros")
            .withoutOnnx("ConstantOfShape, with the shape as a constant")
            .ignored("ctx");

    @Override
    public TensorType made() {
      return type(shape, dtype);
    }

    @Override
    public Scalar element() {
      return Scalar.of(0);
    }
  }

  /** Ones. */
  record Ones(List<Long> shape, DType dtype) implements Creation {
    static final OpSchema<Ones> SCHEMA =
        define(new Ones(List.of(), DType.FLOAT32), "_ones")
            .withoutOnnx("ConstantOfShape, with the shape as a constant")
            .ignored("ctx");

    @Override
    public TensorType made() {
      return type(shape, dtype);
    }

    @Override
    public Scalar element() {
      return Scalar.of(1);
    }
  }

  /** One value everywhere. */
  record Full(List<Long> shape, DType dtype, double value) implements Creation {
    static final OpSchema<Full> SCHEMA =
        define(new Full(List.of(), DType.FLOAT32, 0), "_full")
            .withoutOnnx("ConstantOfShape, with the shape as a constant")
            .required("value")
            .ignored("ctx");

    @Override
    public TensorType made() {
      return type(shape, dtype);
    }

    @Override
    public Scalar element() {
      return Scalar.of(value);
    }
  }

  /**
   * Numbers from {@code start} to before {@code stop} in steps, each {@code repeat} times; from 0
   * to before {@code start} if there is no stop.
   */
  record Arange(double start, Optional<Double> stop, double step, int repeat, DType dtype)
      implements Creation {
    static final OpSchema<Arange> SCHEMA =
        define(new Arange(0, Optional.empty(), 1, 1, DType.FLOAT32), "_arange")
            .withoutOnnx("Range, with the bounds as constants")
            .required("start")
            .ignored("ctx")
            .only("infer_range", "False");

    @Override
    public void infer(Infer s) {
      if (step == 0 || repeat < 1) {
        throw s.error(
            "step " + step + ", repeat " + repeat,
            "the numbers advance by the step, each of them occurring repeat times",
            "use a step other than 0 and repeat at least 1");
      }
      Creation.super.infer(s);
    }

    @Override
    public TensorType made() {
      double first = stop.isPresent() ? start : 0;
      double last = stop.orElse(start);
      long count = (long) Math.max(0, Math.ceil((last - first) / step));
      return type(List.of(count * repeat), dtype);
    }

    @Override
    public Scalar element() {
      return progression(stop.isPresent() ? start : 0, step, repeat);
    }
  }

  /** {@code num} numbers evenly spaced from {@code start} to {@code stop}. */
  record Linspace(double start, double stop, long num, boolean endpoint, DType dtype)
      implements Creation {
    static final OpSchema<Linspace> SCHEMA =
        define(new Linspace(0, 0, 0, true, DType.FLOAT32), "_linspace")
            .withoutOnnx("a constant")
            .required("start", "stop", "num")
            .ignored("ctx", "step", "repeat", "infer_range");

    @Override
    public TensorType made() {
      return type(List.of(num), dtype);
    }

    @Override
    public Scalar element() {
      long gaps = Math.max(1, endpoint ? num - 1 : num);
      return progression(start, (stop - start) / gaps, 1);
    }
  }

  /** Ones on diagonal {@code k}, else zeros; {@code columns} 0 means square. */
  record Eye(long rows, long columns, long k, DType dtype) implements Creation {
    static final OpSchema<Eye> SCHEMA =
        define(new Eye(0, 0, 0, DType.FLOAT32), "_eye")
            .withoutOnnx("a constant")
            .spelled("rows", "N")
            .spelled("columns", "M")
            .required("N")
            .ignored("ctx");

    @Override
    public TensorType made() {
      return type(List.of(rows, columns == 0 ? rows : columns), dtype);
    }

    @Override
    public Scalar element() {
      return new Scalar.Iota(1).with(Fn2.EQ, new Scalar.Iota(0).plus((double) k));
    }
  }
}
