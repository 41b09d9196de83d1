package io.gluonj.codegen;

import io.gluonj.op.MaxPool;
import io.gluonj.op.SumPool;
import io.gluonj.types.DType;
import io.gluonj.types.Shape;
import java.util.List;
import java.util.function.Consumer;

/**
 * Pooling as GPU kernels, one thread for each element of the result, as {@link MaxPool} and {@link
 * SumPool} define it: NaN wins a maximum, the first of equal maxima does.
 *
 * <p>Gradients gather: an element of the data looks at the windows that cover it. So nothing is
 * added atomically, and equal inputs give equal bits.
 */
public final class GpuPooling {
  private static final String X = "%x";
  private static final String Y = "%y";
  private static final String POSITIONS = "%positions";
  private static final String DY = "%dy";
  private static final String DX = "%dx";

  private GpuPooling() {}

  /**
   * Kernels of {@link MaxPool}: operands are data, maxima and positions.
   *
   * @param data shape of the data
   * @param type of data and maxima
   */
  public static GpuKernels max(MaxPool op, Shape data, DType type) {
    GpuWindow window = new GpuWindow(op.window(), data);
    return overResults(
        "max_pool",
        window,
        type,
        List.of(Y, POSITIONS),
        code ->
            (plane, result) -> {
              GpuCode.Local best =
                  code.local(code.compute().ir(), code.constant(Double.NEGATIVE_INFINITY));
              GpuCode.Local at = code.local(code.index(), "0");
              String base = code.times(plane, window.inPlane());
              window.taps(
                  code,
                  result,
                  (x, tap, inside) ->
                      code.when(
                          inside,
                          () -> {
                            String value = code.load(type, X, code.add(base, x));
                            String ir = code.compute().ir();
                            String more =
                                code.value("fcmp ogt " + ir + " " + value + ", " + code.get(best));
                            String nan = code.value("fcmp uno " + ir + " " + value + ", " + value);
                            code.when(
                                code.value("or i1 " + more + ", " + nan),
                                () -> {
                                  code.set(best, value);
                                  code.set(at, tap);
                                });
                          }));
              String to = code.add(code.times(plane, window.outPlane()), result);
              code.store(type, Y, to, code.get(best));
              int bits = 8 * op.positionType().bytes();
              String position = code.resize(code.get(at), code.indexBits(), bits);
              code.storeInteger(bits, POSITIONS, to, position);
            });
  }

  /**
   * Kernels of {@link MaxPool.Grad}: operands are dy, positions and dx.
   *
   * @param type of dy and dx
   */
  public static GpuKernels maxGrad(MaxPool.Grad op, DType type) {
    GpuWindow window = new GpuWindow(op.window(), op.data());
    int bits = 8 * new MaxPool(op.window()).positionType().bytes();
    return overData(
        "max_pool_grad",
        window,
        type,
        List.of(DY, POSITIONS),
        code ->
            (plane, x) -> {
              GpuCode.Local sum = code.sum();
              String base = code.times(plane, window.outPlane());
              window.windows(
                  code,
                  x,
                  (result, tap, inside) ->
                      code.when(
                          inside,
                          () -> {
                            String from = code.add(base, result);
                            String won =
                                code.resize(
                                    code.loadInteger(bits, POSITIONS, from),
                                    bits,
                                    code.indexBits());
                            code.when(
                                code.compare("eq", won, tap),
                                () -> code.accumulate(sum, code.load(type, DY, from)));
                          }));
              String to = code.add(code.times(plane, window.inPlane()), x);
              code.store(type, DX, to, code.get(sum));
            });
  }

  /**
   * Kernels of {@link SumPool}: operands are data and sums.
   *
   * @param data shape of the data
   * @param type of data and sums
   */
  public static GpuKernels sum(SumPool op, Shape data, DType type) {
    GpuWindow window = new GpuWindow(op.window(), data);
    return overResults(
        "sum_pool",
        window,
        type,
        List.of(Y),
        code ->
            (plane, result) -> {
              GpuCode.Local sum = code.sum();
              String base = code.times(plane, window.inPlane());
              window.taps(
                  code,
                  result,
                  (x, tap, inside) ->
                      code.when(
                          inside,
                          () -> code.accumulate(sum, code.load(type, X, code.add(base, x)))));
              String to = code.add(code.times(plane, window.outPlane()), result);
              code.store(type, Y, to, code.get(sum));
            });
  }

  /**
   * Kernels of {@link SumPool.Grad}: operands are dy and dx.
   *
   * @param type of dy and dx
   */
  public static GpuKernels sumGrad(SumPool.Grad op, DType type) {
    GpuWindow window = new GpuWindow(op.window(), op.data());
    return overData(
        "sum_pool_grad",
        window,
        type,
        List.of(DY),
        code ->
            (plane, x) -> {
              GpuCode.Local sum = code.sum();
              String base = code.times(plane, window.outPlane());
              window.windows(
                  code,
                  x,
                  (result, tap, inside) ->
                      code.when(
                          inside,
                          () -> code.accumulate(sum, code.load(type, DY, code.add(base, result)))));
              String to = code.add(code.times(plane, window.inPlane()), x);
              code.store(type, DX, to, code.get(sum));
            });
  }

  /** What one thread does for a position within a plane. */
  private interface Task {
    void at(String plane, String position);
  }

  /** What one thread does, once it is known where its code goes. */
  private interface Body {
    Task in(GpuCode code);
  }

  private static GpuKernels overResults(
      String name, GpuWindow window, DType type, List<String> writes, Body body) {
    return kernels(name, window, window.outPlane(), type, List.of(X), writes, body);
  }

  private static GpuKernels overData(
      String name, GpuWindow window, DType type, List<String> reads, Body body) {
    return kernels(name, window, window.inPlane(), type, reads, List.of(DX), body);
  }

  private static GpuKernels kernels(
      String name,
      GpuWindow window,
      long plane,
      DType type,
      List<String> reads,
      List<String> writes,
      Body body) {
    long planes = window.data().sizeTo(2);
    long count = planes * plane;
    if (count == 0) {
      return new GpuKernels("", List.of(), 0);
    }
    Grid grid = Grid.of(count);
    long extent = planes * Math.max(window.inPlane(), window.outPlane()) + grid.size();
    GpuModule module = new GpuModule();
    Consumer<GpuCode> whole =
        code -> {
          Task task = body.in(code);
          code.each(grid, i -> task.at(code.over(i, plane), code.modulo(i, plane)));
        };
    module.kernel(name, reads, writes, GpuCode.computing(type), extent, whole);
    return new GpuKernels(module.ir(), List.of(grid.launch(name, reads.size() + writes.size())), 0);
  }
}
