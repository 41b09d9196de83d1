package io.gluonj.op;

import io.gluonj.tensor.Ops;
import io.gluonj.types.Shape;
import java.util.List;

/**
 * Sum of each window; what lies in the padding counts as 0. oneDNN: {@code dnnl_pooling_forward} as
 * average including padding, times the kernel's volume.
 */
public record SumPool(Window window) implements OverImages {
  private static final Window K2 =
      Window.of(List.of(2L, 2L), List.of(2L, 2L), List.of(1L, 1L), List.of(0L, 0L));
  private static final Window UNEVEN =
      new Window(
          List.of(3L, 2L), List.of(2L, 2L), List.of(1L, 1L), List.of(1L, 0L), List.of(2L, 1L));

  static final OpSchema<SumPool> SCHEMA =
      OpSchema.internal(new SumPool(K2), "_sum_pool")
          .inputs("data")
          .sample(new SumPool(K2), Shape.of(2, 3, 4, 6))
          .sample(new SumPool(UNEVEN), Shape.of(2, 3, 4, 5));

  @Override
  public boolean channelsLast() {
    return window.channelsLast();
  }

  @Override
  public SumPool inOrder(boolean channelsLast) {
    return new SumPool(window.inOrder(channelsLast));
  }

  @Override
  public boolean isImages(int operand) {
    return operand <= 1;
  }

  @Override
  public void infer(Infer s) {
    Shape x = s.in(0);
    window.check(s, x);
    if (x.hasRank()) {
      s.out(0, window.output(x, window.channels(x)), "there is one sum for each window");
    }
  }

  @Override
  public void vjp(Vjp g) {
    Shape data = g.in(0).shape();
    g.grad(0, () -> Ops.call(new Grad(window, data), g.dy()));
  }

  @Override
  public void reference(Reference r) {
    window.forEach(r.inShape(0), r.outShape(0), (o, i, t) -> r.out(0)[o] += r.in(0)[i]);
  }

  /** Gives dy to every element of its window. oneDNN: {@code dnnl_pooling_backward}. */
  public record Grad(Window window, Shape data) implements OverImages {
    static final OpSchema<Grad> SCHEMA =
        OpSchema.internal(new Grad(K2, Shape.scalar()), "_sum_pool_grad")
            .inputs("dy")
            .sample(new Grad(K2, Shape.of(2, 3, 4, 6)), Shape.of(2, 3, 2, 3))
            .sample(new Grad(UNEVEN, Shape.of(2, 3, 4, 5)), Shape.of(2, 3, 3, 3));

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
      return operand <= 1;
    }

    @Override
    public void infer(Infer s) {
      window.check(s, data);
      s.in(0, window.output(data, window.channels(data)), "dy has the shape of the sums");
      s.out(0, data, "the gradient has the shape of the data");
    }

    @Override
    public void vjp(Vjp g) {
      g.grad(0, () -> Ops.call(new SumPool(window), g.dy()));
    }

    @Override
    public void reference(Reference r) {
      window.forEach(data, r.inShape(0), (o, i, t) -> r.out(0)[i] += r.in(0)[o]);
    }
  }
}
