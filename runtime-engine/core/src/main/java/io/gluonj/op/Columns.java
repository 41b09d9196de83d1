package io.gluonj.op;

import static io.gluonj.op.OpSchema.define;

import io.gluonj.op.Slicing.Range;
import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Windows of images (N, C, …) as columns of matrices (N, C * window, positions), and back. */
public sealed interface Columns extends Op.Composite {
  /** A window: MXNet's kernel, stride, dilate and pad, empty lists meaning ones and no padding. */
  record Geometry(List<Long> kernel, List<Long> stride, List<Long> dilate, List<Long> pad) {
    int axes() {
      return kernel.size();
    }

    long stride(int i) {
      return stride.isEmpty() ? 1 : stride.get(i);
    }

    long dilate(int i) {
      return dilate.isEmpty() ? 1 : dilate.get(i);
    }

    long pad(int i) {
      return pad.isEmpty() ? 0 : pad.get(i);
    }

    long window() {
      return kernel.stream().reduce(1L, Shape::times);
    }

    /** Positions along an axis of the given extent. */
    long positions(int i, long extent) {
      return (extent + 2 * pad(i) - dilate(i) * (kernel.get(i) - 1) - 1) / stride(i) + 1;
    }

    boolean isSound() {
      boolean sizes =
          List.of(stride, dilate, pad).stream().allMatch(l -> l.isEmpty() || l.size() == axes());
      return sizes
          && axes() > 0
          && kernel.stream().allMatch(k -> k > 0)
          && stride.stream().allMatch(k -> k > 0)
          && dilate.stream().allMatch(k -> k > 0)
          && pad.stream().allMatch(k -> k >= 0)
          && Stream.of(kernel, stride, dilate, pad)
              .flatMap(List::stream)
              .allMatch(k -> k <= Integer.MAX_VALUE);
    }

    /** What element {@code k} of the window (row-major) covers in padded images. */
    List<Range> covered(long k, Shape images) {
      var ranges = new ArrayList<Range>();
      ranges.add(new Range(0, 1, images.dim(0)));
      ranges.add(new Range(0, 1, images.dim(1)));
      long rest = k;
      for (int i = axes() - 1; i >= 0; i--) {
        long at = rest % kernel.get(i);
        rest /= kernel.get(i);
        ranges.add(2, new Range(at * dilate(i), stride(i), positions(i, images.dim(i + 2))));
      }
      return ranges;
    }

    Shape padded(Shape images) {
      Shape out = images;
      for (int i = 0; i < axes(); i++) {
        out = out.with(i + 2, images.dim(i + 2) + 2 * pad(i));
      }
      return out;
    }

    long allPositions(Shape images) {
      long all = 1;
      for (int i = 0; i < axes(); i++) {
        all = Shape.times(all, positions(i, images.dim(i + 2)));
      }
      return all;
    }

    void require(Infer s, Shape images) {
      boolean fits = isSound() && images.rank() == axes() + 2;
      for (int i = 0; fits && i < axes(); i++) {
        long reach = dilate(i) * (kernel.get(i) - 1) + 1;
        fits = images.dim(i + 2) + 2 * pad(i) >= reach;
      }
      if (!fits) {
        throw s.error(
            "images of shape " + images + " under " + this,
            "the window has one extent for each axis after batch and channels and fits inside",
            "change kernel, pad or the images");
      }
    }
  }

  Geometry geometry();

  /** Windows to columns. */
  record Im2col(List<Long> kernel, List<Long> stride, List<Long> dilate, List<Long> pad)
      implements Columns {
    static final OpSchema<Im2col> SCHEMA =
        define(new Im2col(List.of(), List.of(), List.of(), List.of()), "im2col")
            .inputs("data")
            .required("kernel")
            .sample(
                new Im2col(List.of(2L, 2L), List.of(2L, 1L), List.of(), List.of(1L, 1L)),
                Shape.of(1, 2, 3, 3));

    @Override
    public Geometry geometry() {
      return new Geometry(kernel, stride, dilate, pad);
    }

    @Override
    public void infer(Infer s) {
      if (s.in(0).isKnown()) {
        Shape x = s.in(0);
        geometry().require(s, x);
        s.out(
            0,
            Shape.of(
                x.dim(0), Shape.times(x.dim(1), geometry().window()), geometry().allPositions(x)),
            "each window is a column");
      }
    }

    @Override
    public List<Tensor> expand(Expansion e) {
      Geometry g = geometry();
      Shape x = e.shape(0);
      var widths = new ArrayList<>(List.of(0L, 0L, 0L, 0L));
      for (int i = 0; i < g.axes(); i++) {
        widths.addAll(List.of(g.pad(i), g.pad(i)));
      }
      Tensor wide = Ops.call(new Pad(Pad.Mode.CONSTANT, widths, 0), e.in(0));
      long positions = g.allPositions(x);
      var parts = new ArrayList<Tensor>();
      for (long k = 0; k < g.window(); k++) {
        parts.add(
            Ops.call(new Slicing.Part(g.covered(k, x)), wide)
                .reshapeTo(Shape.of(x.dim(0), x.dim(1), 1, positions)));
      }
      Tensor joined = Ops.call(new Concat(2), parts.toArray(Tensor[]::new));
      return List.of(joined.reshapeTo(Shape.of(x.dim(0), x.dim(1) * g.window(), positions)));
    }
  }

  /** Columns to images of {@code outputSize}; what several windows cover is added. */
  record Col2im(
      List<Long> outputSize,
      List<Long> kernel,
      List<Long> stride,
      List<Long> dilate,
      List<Long> pad)
      implements Columns {
    static final OpSchema<Col2im> SCHEMA =
        define(new Col2im(List.of(), List.of(), List.of(), List.of(), List.of()), "col2im")
            .inputs("data")
            .onnx("Col2Im")
            .required("output_size", "kernel")
            .sample(
                new Col2im(List.of(3L, 3L), List.of(2L, 2L), List.of(), List.of(), List.of(1L, 1L)),
                Shape.of(1, 8, 16));

    @Override
    public Geometry geometry() {
      return new Geometry(kernel, stride, dilate, pad);
    }

    private Shape images(Shape data) {
      Shape out = Shape.of(data.dim(0), data.dim(1) / geometry().window());
      for (long extent : outputSize) {
        out = out.insert(out.rank(), extent);
      }
      return out;
    }

    @Override
    public void infer(Infer s) {
      Shape x = s.in(0);
      if (!x.isKnown()) {
        return;
      }
      if (x.rank() != 3 || !geometry().isSound() || x.dim(1) % geometry().window() != 0) {
        throw s.error(
            "columns of shape " + x + " under " + geometry(),
            "they are (batch, channels * window, positions)",
            "pass what im2col returns for this window");
      }
      geometry().require(s, images(x));
      s.in(0, x.with(2, geometry().allPositions(images(x))), "there is a column for each window");
      s.out(0, images(x), "the size is an attribute");
    }

    @Override
    public List<Tensor> expand(Expansion e) {
      Geometry g = geometry();
      Shape images = images(e.shape(0));
      Shape wide = g.padded(images);
      Tensor windows =
          e.in(0)
              .reshapeTo(
                  Shape.of(images.dim(0), images.dim(1), g.window(), g.allPositions(images)));
      Tensor[] parts = new Tensor[(int) g.window()];
      for (int k = 0; k < parts.length; k++) {
        List<Range> covered = g.covered(k, images);
        Shape part = Shape.of(covered.stream().mapToLong(Range::count).toArray());
        Tensor values = windows.sliceAxis(2, k, k + 1).reshapeTo(part);
        parts[k] = Ops.call(new Slicing.IntoZeros(covered, wide), values);
      }
      var inner =
          new ArrayList<>(List.of(new Range(0, 1, wide.dim(0)), new Range(0, 1, wide.dim(1))));
      for (int i = 0; i < g.axes(); i++) {
        inner.add(new Range(g.pad(i), 1, images.dim(i + 2)));
      }
      return List.of(Ops.call(new Slicing.Part(inner), Ops.call(new Logic.AddN(), parts)));
    }
  }
}
