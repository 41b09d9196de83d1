package io.gluonj.backend.cuda;

import static io.gluonj.backend.cuda.HostLibraries.types;

import io.gluonj.op.ArgSort;
import io.gluonj.op.BatchNormTraining;
import io.gluonj.op.BoxSuppression;
import io.gluonj.op.Conv;
import io.gluonj.op.CtcPaths;
import io.gluonj.op.LoopNest;
import io.gluonj.op.LoopNest.Access;
import io.gluonj.op.LoopNest.Reduction;
import io.gluonj.op.MatMul;
import io.gluonj.op.MaxPool;
import io.gluonj.op.Op;
import io.gluonj.op.RoiPooling;
import io.gluonj.op.RowFused;
import io.gluonj.op.RowNest;
import io.gluonj.op.Scalar;
import io.gluonj.op.ScatterAdd;
import io.gluonj.op.SumPool;
import io.gluonj.op.Window;
import io.gluonj.types.DType;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Library operators at shapes of all kinds. */
final class LibraryCases {
  /** An operator with its operands. */
  record Case(Op.Library op, List<TensorType> in, List<TensorType> out) {
    /** Of a difference relative to 1 + |expected|. */
    double tolerance() {
      return switch (out.getFirst().dtype()) {
        case FLOAT64 -> 1e-11;
        case FLOAT16 -> 1e-2;
        case BFLOAT16 -> 6e-2;
        default -> 3e-5; // float32 sums of some hundred products of numbers below 1
      };
    }

    @Override
    public String toString() {
      return op + " of " + in;
    }
  }

  private static final List<DType> FLOATS =
      List.of(DType.FLOAT32, DType.FLOAT64, DType.FLOAT16, DType.BFLOAT16);

  private LibraryCases() {}

  static Stream<Case> all() {
    return Stream.of(
            products(),
            convolutions(),
            pools(),
            normalizations(),
            rows(),
            paths(),
            regions(),
            boxes())
        .flatMap(c -> c);
  }

  private static Shape matrix(long batch, long rows, long columns) {
    return batch == 0 ? Shape.of(rows, columns) : Shape.of(batch, rows, columns);
  }

  private static Case product(
      boolean ta, boolean tb, boolean bias, long batch, long m, long n, long k, DType type) {
    var in =
        new ArrayList<>(
            types(
                type,
                ta ? matrix(batch, k, m) : matrix(batch, m, k),
                tb ? matrix(batch, n, k) : matrix(batch, k, n)));
    if (bias) {
      in.add(new TensorType(Shape.of(n), type));
    }
    return new Case(new MatMul(ta, tb, bias), in, types(type, matrix(batch, m, n)));
  }

  static Stream<Case> products() {
    long[][] extents = {{0, 64, 10, 70}, {0, 1, 1, 1}, {0, 1, 7, 5}, {0, 5, 7, 1}, {3, 17, 5, 9}};
    Stream<Case> plain =
        Stream.of(extents)
            .flatMap(e ->
                Stream.of(0, 1, 2, 3)
                    .flatMap(t ->
                        Stream.of(false, true)
                            .map(bias ->
                                product(
                                    (t & 1) != 0,
                                    (t & 2) != 0,
                                    bias,
                                    e[0],
                                    e[1],
                                    e[2],
                                    e[3],
                                    DType.FLOAT32))));
    Stream<Case> typed =
        Stream.of(DType.FLOAT64, DType.FLOAT16, DType.BFLOAT16, DType.INT32)
            .map(type -> product(false, true, true, 2, 9, 5, 6, type));
    Stream<Case> empty =
        Stream.of(
            product(false, false, false, 0, 0, 3, 4, DType.FLOAT32),
            product(false, false, false, 0, 3, 4, 0, DType.FLOAT32),
            product(false, true, true, 2, 3, 4, 0, DType.FLOAT32),
            product(false, true, true, 2, 3, 4, 0, DType.INT32),
            product(false, true, true, 0, 3, 4, 5, DType.FLOAT32));
    Stream<Case> mixed =
        Stream.of(
            new Case(
                new MatMul(false, false, true),
                List.of(
                    new TensorType(Shape.of(3, 4), DType.FLOAT16),
                    new TensorType(Shape.of(4, 5), DType.FLOAT32),
                    new TensorType(Shape.of(5), DType.FLOAT64)),
                types(DType.FLOAT64, Shape.of(3, 5))));
    return Stream.of(plain, typed, empty, mixed).flatMap(c -> c);
  }

  private static List<Long> l(long... values) {
    return java.util.Arrays.stream(values).boxed().toList();
  }

  private static Window window(List<Long> kernel, List<Long> stride, List<Long> pad) {
    return Window.of(kernel, stride, kernel.stream().map(k -> 1L).toList(), pad);
  }

  private static Stream<Case> convolution(
      Window window, long groups, Shape data, long filters, DType type) {
    long[] dims = data.dims();
    dims[0] = filters;
    dims[1] = data.dim(1) / groups;
    for (int i = 0; i < window.rank(); i++) {
      dims[i + 2] = window.kernel().get(i);
    }
    Shape weight = Shape.of(dims);
    Shape result = window.output(data, filters);
    return Stream.of(
        new Case(
            new Conv(window, groups, true),
            types(type, data, weight, Shape.of(filters)),
            types(type, result)),
        new Case(new Conv(window, groups, false), types(type, data, weight), types(type, result)),
        new Case(
            new Conv.GradData(window, groups, data),
            types(type, weight, result),
            types(type, data)),
        new Case(
            new Conv.GradWeight(window, groups, weight),
            types(type, data, result),
            types(type, weight)));
  }

  static Stream<Case> convolutions() {
    Window three = window(l(3, 3), l(1, 1), l(1, 1));
    Window uneven = new Window(l(3, 2), l(2, 2), l(1, 1), l(1, 0), l(2, 1));
    return Stream.of(
            FLOATS.stream().flatMap(t -> convolution(three, 2, Shape.of(2, 4, 6, 5), 6, t)),
            convolution(
                window(l(5, 5), l(1, 1), l(0, 0)), 1, Shape.of(2, 1, 12, 12), 3, DType.FLOAT32),
            convolution(
                window(l(1, 1), l(1, 1), l(0, 0)), 1, Shape.of(2, 8, 5, 5), 4, DType.FLOAT32),
            convolution(
                window(l(3, 3), l(3, 3), l(0, 0)), 1, Shape.of(1, 2, 10, 11), 3, DType.FLOAT32),
            convolution(three, 4, Shape.of(2, 4, 6, 6), 4, DType.FLOAT32),
            convolution(window(l(3), l(2), l(1)), 1, Shape.of(2, 3, 17), 5, DType.FLOAT32),
            convolution(
                window(l(2, 3, 2), l(1, 2, 1), l(0, 1, 0)),
                1,
                Shape.of(2, 2, 4, 5, 3),
                3,
                DType.FLOAT32),
            convolution(
                Window.of(l(3, 3), l(1, 1), l(2, 2), l(2, 1)),
                1,
                Shape.of(2, 3, 9, 9),
                4,
                DType.FLOAT32),
            convolution(uneven, 1, Shape.of(2, 3, 8, 7), 4, DType.FLOAT32),
            convolution(three, 1, Shape.of(0, 2, 4, 4), 3, DType.FLOAT32))
        .flatMap(c -> c);
  }

  /** Without the gradient of the maximum, whose positions must be real ones. */
  static Stream<Case> pools() {
    Window two = window(l(2, 2), l(2, 2), l(0, 0));
    Window uneven = new Window(l(3, 2), l(2, 2), l(1, 1), l(1, 0), l(2, 1));
    Window line = window(l(3), l(2), l(1));
    Window large = window(l(17, 17), l(1, 1), l(0, 0));
    return Stream.of(
            pool(two, Shape.of(2, 3, 8, 7), DType.FLOAT32),
            pool(two, Shape.of(2, 3, 8, 7), DType.FLOAT64),
            pool(uneven, Shape.of(2, 3, 8, 7), DType.FLOAT32),
            pool(line, Shape.of(2, 3, 9), DType.FLOAT32),
            pool(large, Shape.of(1, 2, 18, 19), DType.FLOAT32),
            pool(two, Shape.of(0, 3, 8, 7), DType.FLOAT32))
        .flatMap(c -> c);
  }

  private static Stream<Case> pool(Window window, Shape data, DType type) {
    Shape result = window.output(data, data.dim(1));
    MaxPool max = new MaxPool(window);
    return Stream.of(
        new Case(
            max,
            types(type, data),
            List.of(new TensorType(result, type), new TensorType(result, max.positionType()))),
        new Case(new SumPool(window), types(type, data), types(type, result)),
        new Case(new SumPool.Grad(window, data), types(type, result), types(type, data)));
  }

  static Stream<Case> normalizations() {
    return Stream.of(
            Shape.of(8, 3),
            Shape.of(4, 5, 6, 6),
            Shape.of(3, 17, 5),
            Shape.of(1, 3),
            Shape.of(0, 3, 2, 2))
        .flatMap(x ->
            Stream.of(DType.FLOAT32, DType.FLOAT64)
                .flatMap(t -> {
                  Shape c = Shape.of(x.dim(1));
                  return Stream.of(
                      new Case(
                          new BatchNormTraining(1e-5, false), types(t, x, c, c), types(t, x, c, c)),
                      new Case(
                          new BatchNormTraining.Grad(1e-5, false),
                          types(t, x, c, c, c, x),
                          types(t, x, c, c)));
                }));
  }

  /** Indices are random numbers about 0, so that some lie outside the table. */
  static Stream<Case> rows() {
    Stream<Case> scatters =
        Stream.of(LoopNest.Bounds.values())
            .flatMap(bounds ->
                Stream.of(Shape.of(2, 40, 3), Shape.of(70, 5, 1), Shape.of(1, 0, 3))
                    .map(values ->
                        new Case(
                            new ScatterAdd(4, bounds),
                            List.of(
                                new TensorType(values, DType.FLOAT32),
                                new TensorType(Shape.of(values.dim(1)), DType.INT32)),
                            types(DType.FLOAT32, values.with(1, 4)))));
    Stream<Case> sorts =
        Stream.of(DType.FLOAT32, DType.INT32)
            .flatMap(type ->
                Stream.of(true, false)
                    .map(up ->
                        new Case(
                            new ArgSort(up),
                            types(type, Shape.of(3, 50)),
                            types(DType.INT64, Shape.of(3, 50)))));
    return Stream.of(scatters, sorts, Stream.of(fused())).flatMap(all -> all);
  }

  /** A pass over rows that reads a value of the row outside of the loops along it. */
  private static Case fused() {
    List<TensorType> in = types(DType.FLOAT32, Shape.of(3, 70), Shape.of(3, 1));
    Scalar value = Scalar.arg(0).times(Scalar.arg(1));
    Scalar sum = Scalar.arg(2);
    List<Long> whole = List.of(70L, 1L);
    List<Long> each = List.of(1L, 0L);
    RowNest nest =
        new RowNest(
            List.of(3L),
            List.of(70L),
            List.of(new Access(0, DType.FLOAT32, 0, whole), new Access(1, DType.FLOAT32, 0, each)),
            List.of(new RowNest.Stage(Reduction.SUM, value, sum.plus(Scalar.arg(1)))),
            List.of(new RowNest.Write(new Access(0, DType.FLOAT32, 0, whole), value.minus(sum))),
            List.of(
                new RowNest.Write(
                    new Access(1, DType.FLOAT32, 0, each), sum.times(Scalar.arg(1)))));
    return new Case(new RowFused(nest, in), in, in);
  }

  /**
   * Labels and lengths are from 0 to 6, for which there are not always enough classes and steps.
   */
  private static Stream<Case> paths() {
    return Stream.of(
        paths(Shape.of(9, 5, 7), 3, DType.FLOAT32),
        paths(Shape.of(6, 4, 8), 2, DType.FLOAT64),
        paths(Shape.of(5, 9, 5), 2, DType.FLOAT32));
  }

  private static Case paths(Shape weights, long width, DType type) {
    Shape batch = Shape.of(weights.dim(1));
    return new Case(
        new CtcPaths(0),
        List.of(
            new TensorType(weights, type),
            new TensorType(Shape.of(weights.dim(1), width), DType.INT32),
            new TensorType(batch, DType.INT32),
            new TensorType(batch, DType.INT32)),
        types(type, batch, weights));
  }

  /** Images and edges are from 0 to 6. */
  private static Stream<Case> regions() {
    return FLOATS.stream()
        .flatMap(type ->
            Stream.of(DType.INT32, type)
                .map(rois -> {
                  Shape result = Shape.of(9, 2, 3, 2);
                  return new Case(
                      new RoiPooling(l(3, 2), 0.7),
                      List.of(
                          new TensorType(Shape.of(5, 2, 4, 6), type),
                          new TensorType(Shape.of(9, 5), rois)),
                      List.of(new TensorType(result, type), new TensorType(result, DType.INT64)));
                }));
  }

  /** Edges, groups and candidates are from 0 to 6; the last list has more boxes than threads. */
  private static Stream<Case> boxes() {
    return Stream.of(
        boxes(3, 40, DType.FLOAT32),
        boxes(2, 25, DType.FLOAT64),
        boxes(2, 33, DType.FLOAT16),
        boxes(1, 1, DType.BFLOAT16),
        boxes(2, 300, DType.FLOAT32));
  }

  private static Case boxes(long batch, long n, DType type) {
    Shape each = Shape.of(batch, n);
    return new Case(
        new BoxSuppression(0.25),
        List.of(
            new TensorType(Shape.of(batch, n, 4), type),
            new TensorType(each, DType.INT32),
            new TensorType(each, DType.INT32)),
        types(type, each));
  }
}
