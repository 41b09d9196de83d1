package io.gluonj.op;

import io.gluonj.op.OpSchema.SampleInput;
import io.gluonj.op.Scalar.Fn;
import io.gluonj.op.Scalar.Fn2;
import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.DType;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.util.Arrays;
import java.util.List;

/**
 * Maximum of each window, and where it lies: the second output is the row-major position of the
 * first maximum within the kernel, uint8 where the kernel has at most 256 elements, else int32.
 * oneDNN: {@code dnnl_pooling_forward}, whose workspace is that second output.
 */
public record MaxPool(Window window) implements OverImages {
  private static final Window K2 =
      Window.of(List.of(2L, 2L), List.of(2L, 2L), List.of(1L, 1L), List.of(0L, 0L));
  private static final Window K3S2P1 =
      Window.of(List.of(3L, 3L), List.of(2L, 2L), List.of(1L, 1L), List.of(1L, 1L));

  static final OpSchema<MaxPool> SCHEMA =
      OpSchema.internal(new MaxPool(K2), "_max_pool")
          .inputs("data")
          .sample(new MaxPool(K2), Shape.of(2, 3, 4, 6))
          .sample(new MaxPool(K3S2P1), Shape.of(2, 3, 5, 6));

  @Override
  public boolean channelsLast() {
    return window.channelsLast();
  }

  @Override
  public MaxPool inOrder(boolean channelsLast) {
    return new MaxPool(window.inOrder(channelsLast));
  }

  @Override
  public boolean isImages(int operand) {
    return operand <= 2;
  }

  /** Element type of the positions. */
  public DType positionType() {
    return window.volume() <= 256 ? DType.UINT8 : DType.INT32;
  }

  @Override
  public int outputs() {
    return 2;
  }

  @Override
  public void infer(Infer s) {
    Shape x = s.in(0);
    window.check(s, x);
    if (x.hasRank()) {
      s.out(0, window.output(x, window.channels(x)), "there is one maximum for each window");
    }
    s.out(1, s.out(0), "there is one position for each maximum");
    s.dtype(1, positionType());
  }

  @Override
  public void vjp(Vjp g) {
    Shape data = g.in(0).shape();
    g.grad(0, () -> Ops.call(new Grad(window, data), g.dy(), g.out(1)));
  }

  @Override
  public void reference(Reference r) {
    double[] y = r.out(0);
    Arrays.fill(y, Double.NEGATIVE_INFINITY);
    window.forEach(
        r.inShape(0),
        r.outShape(0),
        (o, i, t) -> {
          double x = r.in(0)[i];
          if (x > y[o] || Double.isNaN(x)) {
            y[o] = x;
            r.out(1)[o] = t;
          }
        });
  }

  /** Sends dy to the positions of the maxima. oneDNN: {@code dnnl_pooling_backward}. */
  public record Grad(Window window, Shape data) implements OverImages {
    static final OpSchema<Grad> SCHEMA =
        OpSchema.internal(new Grad(K2, Shape.scalar()), "_max_pool_grad")
            .inputs("dy", "positions")
            .sample(
                new Grad(K2, Shape.of(2, 3, 4, 6)),
                new SampleInput(TensorType.float32(2, 3, 2, 3), -2, 2),
                new SampleInput(new TensorType(Shape.of(2, 3, 2, 3), DType.UINT8), 0, 3.99));

    @Override
    public boolean channelsLast() {
      return window.channelsLast();
    }

    @Override
    public Grad inOrder(boolean channelsLast) {
      return new Grad(
          window.inOrder(channelsLast), OverImages.inOrder(data, channelsLast(), channelsLast));
    }

    @Override
    public boolean isImages(int operand) {
      return operand <= 2;
    }

    @Override
    public void infer(Infer s) {
      window.check(s, data);
      Shape result = window.output(data, window.channels(data));
      s.in(0, result, "dy has the shape of the maxima");
      s.in(1, result, "there is one position for each maximum");
      s.out(0, data, "the gradient has the shape of the data");
      s.dtype(0, s.dtype(0));
    }

    @Override
    public void vjp(Vjp g) {
      g.grad(
          0,
          () -> {
            if (!channelsLast()) {
              return gathered(g.dy(), g.in(1));
            }
            Transpose first = OverImages.reorder(data.rank(), false);
            Tensor taken =
                inOrder(false).gathered(Ops.call(first, g.dy()), Ops.call(first, g.in(1)));
            return Ops.call(OverImages.reorder(data.rank(), true), taken);
          });
      g.none(1, "positions are counts");
    }

    /**
     * The elements at the positions of the maxima of channels-first images; 0 where a window has
     * none within the data.
     */
    private Tensor gathered(Tensor head, Tensor positions) {
      Scalar tap = Scalar.arg(0);
      Scalar element = Scalar.of(0);
      Scalar inside = Scalar.of(1);
      long taps = window.volume();
      for (int i = 0; i < window.rank(); i++) {
        taps /= window.kernel().get(i);
        Scalar along = tap.plus(0.5).over(Scalar.of((double) taps)).map(Fn.FLOOR);
        tap = tap.minus(along.times((double) taps));
        Scalar x =
            new Scalar.Iota(i + 2)
                .times((double) window.stride().get(i))
                .plus(along.times((double) window.dilate().get(i)))
                .minus((double) window.padBegin().get(i));
        double extent = (double) data.dim(i + 2);
        element = element.times(extent).plus(x);
        inside =
            inside.times(x.with(Fn2.GE, Scalar.of(0))).times(x.with(Fn2.LT, Scalar.of(extent)));
      }
      long planes = data.sizeTo(2);
      Tensor taken =
          Ops.call(
              new Lookups.TakeAlong(),
              head.reshapeTo(Shape.of(planes, data.sizeFrom(2))),
              Fused.of(element, List.of(positions.cast(DType.INT64)))
                  .reshapeTo(Shape.of(planes, positions.shape().sizeFrom(2))));
      Scalar counted = inside.choose(Scalar.arg(1), Scalar.of(0));
      return Ops.call(
          new Fused(counted, 2), positions.cast(head.dtype()), taken.reshapeTo(positions.shape()));
    }

    @Override
    public void reference(Reference r) {
      window.forEach(
          data,
          r.inShape(0),
          (o, i, t) -> {
            if (r.in(1)[o] == t) {
              r.out(0)[i] += r.in(0)[o];
            }
          });
    }
  }
}
