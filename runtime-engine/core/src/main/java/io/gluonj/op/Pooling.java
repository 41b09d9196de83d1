package io.gluonj.op;

import static io.gluonj.op.OpSchema.define;

import io.gluonj.op.Scalar.Fn2;
import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * MXNet's Pooling over one to three spatial axes. Convention {@code valid} rounds output extents
 * down, {@code full} up. A mean divides by the elements under the window including padding, or
 * without it if {@code countIncludePad} is false.
 */
public record Pooling(
    List<Long> kernel,
    Type poolType,
    boolean globalPool,
    Convention poolingConvention,
    List<Long> stride,
    List<Long> pad,
    Optional<Boolean> countIncludePad,
    Optional<String> layout)
    implements Op.Composite {
  /** What is computed of a window. */
  public enum Type {
    MAX,
    AVG,
    SUM
  }

  /** How output extents are rounded. */
  public enum Convention {
    VALID,
    FULL
  }

  static final OpSchema<Pooling> SCHEMA =
      define(
              new Pooling(
                  List.of(),
                  Type.MAX,
                  false,
                  Convention.VALID,
                  List.of(),
                  List.of(),
                  Optional.empty(),
                  Optional.empty()),
              "Pooling")
          .inputs("data")
          .ignored("cudnn_off", "p_value")
          .countedInFilesAs(p -> p.poolType() == Type.AVG ? 1 : 2)
          .sample(max(2, 2), Shape.of(2, 3, 4, 6))
          .sample(
              new Pooling(
                  List.of(3L, 2L),
                  Type.AVG,
                  false,
                  Convention.FULL,
                  List.of(2L, 2L),
                  List.of(1L, 0L),
                  Optional.of(false),
                  Optional.empty()),
              Shape.of(2, 3, 4, 5));

  public Pooling {
    kernel = List.copyOf(kernel);
    stride = List.copyOf(stride);
    pad = List.copyOf(pad);
  }

  private static Pooling max(long kernel, long stride) {
    return new Pooling(
        List.of(kernel, kernel),
        Type.MAX,
        false,
        Convention.VALID,
        List.of(stride, stride),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  /** The window over data of this rank or, where the convention needs it, of this shape. */
  private Window window(Shape data) {
    int n = data.rank() - 2;
    List<Long> ones = Window.orElse(List.of(), n, 1);
    List<Long> zeros = Window.orElse(List.of(), n, 0);
    if (globalPool) {
      var all = new ArrayList<Long>();
      for (int i = 0; i < n; i++) {
        all.add(data.dim(i + 2));
      }
      return Window.of(all, ones, ones, zeros);
    }
    List<Long> begin = Window.orElse(pad, n, 0);
    Window plain = Window.of(kernel, Window.orElse(stride, n, 1), ones, begin);
    if (poolingConvention == Convention.VALID || plain.rank() != n || !plain.isSound()) {
      return plain;
    }
    var end = new ArrayList<Long>();
    for (int i = 0; i < n; i++) {
      long step = plain.stride().get(i);
      long over = data.dim(i + 2) + 2 * begin.get(i) - kernel.get(i);
      end.add(begin.get(i) + Math.floorMod(-over, step));
    }
    return new Window(kernel, plain.stride(), ones, begin, end);
  }

  @Override
  public void infer(Infer s) {
    Layouts.requireChannelsFirst(layout, s);
    Shape x = s.in(0);
    if (!x.isKnown()) {
      return;
    }
    if (x.rank() < 3) {
      throw s.error(
          "data of rank " + x.rank(),
          "data is (batch, channels, spatial…)",
          "add the missing axes with reshape or expandDims");
    }
    Window window = window(x);
    window.check(s, x);
    s.out(0, window.output(x, x.dim(1)), "there is one result for each window");
  }

  @Override
  public List<Tensor> expand(Expansion e) {
    Shape x = e.shape(0);
    Window window = window(x);
    return List.of(
        switch (poolType) {
          case MAX -> Ops.callAll(new MaxPool(window), "", e.inputs()).getFirst();
          case SUM -> Ops.call(new SumPool(window), e.in(0));
          case AVG ->
              Ops.call(
                  new Fused(Scalar.arg(0).over(count(window, x)), 1),
                  Ops.call(new SumPool(window), e.in(0)));
        });
  }

  /** Number of elements a window's mean divides by, as a function of the window's position. */
  private Scalar count(Window window, Shape data) {
    boolean padded = countIncludePad.orElse(true);
    Scalar count = Scalar.of(1);
    for (int i = 0; i < window.rank(); i++) {
      long before = window.padBegin().get(i);
      long extent = data.dim(i + 2);
      boolean whole = window.padEnd().get(i) == before && (padded || before == 0);
      if (whole) {
        count = count.times((double) window.kernel().get(i));
        continue;
      }
      Scalar first =
          new Scalar.Iota(i + 2).times((double) window.stride().get(i)).minus((double) before);
      Scalar end = first.plus((double) window.kernel().get(i));
      end = end.with(Fn2.MIN, Scalar.of((double) (padded ? extent + before : extent)));
      Scalar begin = padded ? first : first.with(Fn2.MAX, Scalar.of(0));
      count = count.times(end.minus(begin));
    }
    return count;
  }
}
