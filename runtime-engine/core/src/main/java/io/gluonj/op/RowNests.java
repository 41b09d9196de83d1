package io.gluonj.op;

import io.gluonj.op.LoopNest.Access;
import io.gluonj.op.LoopNest.Reduction;
import io.gluonj.op.RowNest.Stage;
import io.gluonj.op.RowNest.Write;
import io.gluonj.op.Scalar.Fn;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Builds the row nests that composite operators lower to where a device computes rows whole. */
public final class RowNests {
  private static final int DATA = 0;
  private static final int GAMMA = 1;
  private static final int BETA = 2;

  private RowNests() {}

  /** The row nest of an operator; empty where it has none. */
  public static Optional<RowNest> of(Op.Composite op, List<TensorType> in) {
    if (in.isEmpty()) {
      return Optional.empty();
    }
    List<TensorType> out = Infer.outputs(op, "", in);
    Shape x = in.getFirst().shape();
    if (op instanceof SoftmaxOps softmax) {
      return softmax.useLength()
          ? Optional.empty()
          : Optional.of(softmax(softmax, Rows.along(x, x.axis(softmax.axis())), in, out));
    }
    if (op instanceof Normalizations norm) {
      return switch (norm) {
        case Normalizations.LayerNorm(int axis, double eps, boolean _) -> {
          Rows rows = Rows.along(x, x.axis(axis));
          yield Optional.of(standardized(rows, rows.elements(), eps, in, out));
        }
        case Normalizations.InstanceNorm(double eps) -> {
          Rows rows = Rows.over(x, IntStream.range(2, x.rank()).boxed().toList());
          yield Optional.of(standardized(rows, rows.parallelAxis(1), eps, in, out));
        }
        case Normalizations.GroupNorm(int groups, double eps, boolean _) -> {
          Shape grouped = Shape.of(x.dim(0), groups, x.sizeFrom(1) / groups);
          Rows rows = Rows.along(grouped, 2);
          yield Optional.of(standardized(rows, rows.parallelAxis(1), eps, in, out));
        }
        case Normalizations.RmsNorm(int axis, double eps) ->
            Optional.of(scaled(Rows.along(x, x.axis(axis)), eps, in, out));
        case Normalizations.L2Normalization _ -> Optional.empty();
      };
    }
    return Optional.empty();
  }

  /**
   * A row-major tensor taken apart into rows.
   *
   * @param parallel extents of the axes that count rows
   * @param row extents of a row's axes
   * @param strides of the parallel axes, then of the row's
   */
  private record Rows(List<Long> parallel, List<Long> row, List<Long> strides) {
    static Rows along(Shape shape, int axis) {
      return over(shape, List.of(axis));
    }

    static Rows over(Shape shape, List<Integer> axes) {
      var parallel = new ArrayList<Long>();
      var strides = new ArrayList<Long>();
      for (int i = 0; i < shape.rank(); i++) {
        if (!axes.contains(i)) {
          parallel.add(shape.dim(i));
          strides.add(shape.strides()[i]);
        }
      }
      axes.forEach(axis -> strides.add(shape.strides()[axis]));
      return new Rows(parallel, axes.stream().map(shape::dim).toList(), strides);
    }

    double length() {
      return LoopNest.positions(row);
    }

    Access access(int operand, TensorType type) {
      return new Access(operand, type.dtype(), 0, strides);
    }

    /** Steps of a vector with one value for each element of a row of one axis. */
    List<Long> elements() {
      return Stream.concat(parallel.stream().map(_ -> 0L), Stream.of(1L)).toList();
    }

    /** Steps of a vector with one value for each position along a parallel axis. */
    List<Long> parallelAxis(int axis) {
      return IntStream.range(0, strides.size()).mapToObj(i -> i == axis ? 1L : 0L).toList();
    }

    /** A tensor with one value for each row. */
    Access each(int operand, TensorType type) {
      long[] steps = Shape.of(parallel.stream().mapToLong(d -> d).toArray()).strides();
      List<Long> all =
          IntStream.range(0, strides.size())
              .mapToObj(i -> i < steps.length ? steps[i] : 0L)
              .toList();
      return new Access(operand, type.dtype(), 0, all);
    }
  }

  private static RowNest softmax(
      SoftmaxOps op, Rows rows, List<TensorType> in, List<TensorType> out) {
    Scalar given =
        op instanceof SoftmaxOps.Softmin ? Scalar.arg(DATA).map(Fn.NEG) : Scalar.arg(DATA);
    Scalar x = op.temperature().map(t -> given.over(Scalar.of(t))).orElse(given);
    Scalar most = Scalar.arg(1);
    Scalar sum = Scalar.arg(2);
    Scalar shifted = x.minus(most);
    Scalar exp = shifted.map(Fn.EXP);
    boolean logarithm = op instanceof SoftmaxOps.LogSoftmax;
    Scalar value = logarithm ? shifted.minus(sum) : exp.over(sum);
    return new RowNest(
        rows.parallel(),
        rows.row(),
        List.of(rows.access(DATA, in.getFirst())),
        List.of(
            new Stage(Reduction.MAX, x, most),
            new Stage(Reduction.SUM, exp, logarithm ? sum.map(Fn.LOG) : sum)),
        List.of(new Write(rows.access(0, out.getFirst()), value)),
        List.of());
  }

  /**
   * Data minus its mean, over its standard deviation, times gamma plus beta.
   *
   * @param steps of gamma and beta
   */
  private static RowNest standardized(
      Rows rows, List<Long> steps, double eps, List<TensorType> in, List<TensorType> out) {
    Scalar mean = Scalar.arg(3);
    Scalar deviation = Scalar.arg(4);
    Scalar centered = Scalar.arg(DATA).minus(mean);
    Scalar length = Scalar.of(rows.length());
    Scalar value = centered.over(deviation).times(Scalar.arg(GAMMA)).plus(Scalar.arg(BETA));
    var results = new ArrayList<Write>();
    if (out.size() > 1) {
      results.add(new Write(rows.each(1, out.get(1)), mean));
      results.add(new Write(rows.each(2, out.get(2)), deviation));
    }
    return new RowNest(
        rows.parallel(),
        rows.row(),
        List.of(
            rows.access(DATA, in.get(DATA)),
            new Access(GAMMA, in.get(GAMMA).dtype(), 0, steps),
            new Access(BETA, in.get(BETA).dtype(), 0, steps)),
        List.of(
            new Stage(Reduction.SUM, Scalar.arg(DATA), mean.over(length)),
            new Stage(
                Reduction.SUM,
                centered.times(centered),
                deviation.over(length).plus(eps).map(Fn.SQRT))),
        List.of(new Write(rows.access(0, out.getFirst()), value)),
        results);
  }

  /** Data over its root mean square, times gamma. */
  private static RowNest scaled(Rows rows, double eps, List<TensorType> in, List<TensorType> out) {
    Scalar x = Scalar.arg(DATA);
    Scalar size = Scalar.arg(2);
    Scalar root = size.over(Scalar.of(rows.length())).plus(eps).map(Fn.SQRT);
    return new RowNest(
        rows.parallel(),
        rows.row(),
        List.of(
            rows.access(DATA, in.get(DATA)),
            new Access(GAMMA, in.get(GAMMA).dtype(), 0, rows.elements())),
        List.of(new Stage(Reduction.SUM, x.times(x), root)),
        List.of(new Write(rows.access(0, out.getFirst()), x.over(size).times(Scalar.arg(GAMMA)))),
        List.of());
  }
}
