package io.gluonj.op;

import static io.gluonj.op.OpSchema.define;

import io.gluonj.op.Slicing.Range;
import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.Shape;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.LongStream;

/**
 * How patches of one feature map fit to displaced patches of another (Dosovitskiy et al., FlowNet,
 * ICCV 2015; MXNet: {@code Correlation}): the mean over a patch and all channels of the products,
 * or of the absolute differences. Inputs (batch, channels, height, width), both padded with zeros;
 * result (batch, displacements, height, width), vertical displacements outermost.
 *
 * @param kernelSize extent of a patch, odd
 * @param maxDisplacement largest displacement, in elements
 * @param stride1 between patches of the first map
 * @param stride2 between displacements
 * @param isMultiply whether products are meant, else absolute differences
 */
public record Correlation(
    long kernelSize,
    long maxDisplacement,
    long stride1,
    long stride2,
    long padSize,
    boolean isMultiply)
    implements Op.Composite {
  /** No map is as large, and displacements of that number squared can be counted. */
  private static final long MOST = 1 << 15;

  static final OpSchema<Correlation> SCHEMA =
      define(new Correlation(1, 1, 1, 1, 0, true), "Correlation")
          .inputs("data1", "data2")
          .countedInFilesAs(op -> 3)
          .sample(new Correlation(1, 1, 1, 1, 1, true), Shape.of(2, 2, 3, 4), Shape.of(2, 2, 3, 4))
          .sample(new Correlation(3, 2, 2, 2, 3, true), Shape.of(1, 2, 4, 5), Shape.of(1, 2, 4, 5))
          .sample(new Correlation(1, 1, 2, 5, 1, true), Shape.of(1, 2, 4, 4), Shape.of(1, 2, 4, 4))
          .sample(
              new Correlation(1, 3, 2, 2, 3, false), Shape.of(1, 2, 4, 3), Shape.of(1, 2, 4, 3));

  private long reach() {
    return maxDisplacement / stride2;
  }

  private long grid() {
    return 2 * reach() + 1;
  }

  private long border() {
    return maxDisplacement + (kernelSize - 1) / 2;
  }

  /** The number of patches along an axis. */
  private long patches(long extent) {
    return Math.ceilDiv(extent + 2 * padSize - 2 * border(), stride1);
  }

  @Override
  public void infer(Infer s) {
    if (kernelSize < 1
        || kernelSize % 2 == 0
        || maxDisplacement < 0
        || stride1 < 1
        || stride2 < 1
        || padSize < 0
        || LongStream.of(kernelSize, maxDisplacement, stride1, stride2, padSize).max().orElse(0)
            >= MOST) {
      throw s.error(
          "kernel_size %d, max_displacement %d, strides %d and %d, pad_size %d"
              .formatted(kernelSize, maxDisplacement, stride1, stride2, padSize),
          "a patch has a middle, positions go forward, and all numbers are less than " + MOST,
          "use an odd kernel_size, strides of at least 1, and no negative or huge numbers");
    }
    s.in(0, s.in(1), "both maps have the same shape");
    s.in(1, s.in(0), "both maps have the same shape");
    Shape data = s.in(0);
    if (!data.isKnown()) {
      return;
    }
    if (data.rank() != 4 || patches(data.dim(2)) < 1 || patches(data.dim(3)) < 1) {
      throw s.error(
          "maps of shape " + data,
          "they are (batch, channels, height, width), and with padding wider than the border of "
              + border()
              + " on each side that displaced patches need",
          "raise pad_size, or lower max_displacement");
    }
    s.out(
        0,
        Shape.of(data.dim(0), grid() * grid(), patches(data.dim(2)), patches(data.dim(3))),
        "there is a value for each displacement of each patch");
  }

  /** The values along an axis that patches cover, when moved from {@code from} on. */
  private Range covered(long extent, long from, long moves) {
    return new Range(from, 1, (patches(extent) - 1) * stride1 + kernelSize + moves * stride2);
  }

  /** The values of the first map that count: of patches of one element every stride-th. */
  private Range patched(long extent) {
    return kernelSize == 1
        ? new Range(maxDisplacement, stride1, patches(extent))
        : covered(extent, maxDisplacement, 0);
  }

  private Tensor part(Tensor data, Shape shape, LongFunction<Range> along) {
    long p = padSize;
    Op pad = new Pad(Pad.Mode.CONSTANT, List.of(0L, 0L, 0L, 0L, p, p, p, p), 0);
    Tensor padded = p == 0 ? data : Ops.call(pad, data);
    return Ops.call(
        new Slicing.Part(
            List.of(
                new Range(0, 1, shape.dim(0)),
                new Range(0, 1, shape.dim(1)),
                along.apply(shape.dim(2)),
                along.apply(shape.dim(3)))),
        padded);
  }

  @Override
  public List<Tensor> expand(Expansion e) {
    Shape data = e.shape(0);
    long stride = kernelSize == 1 ? stride1 : 1;
    long from = maxDisplacement - reach() * stride2;
    Tensor first = part(e.in(0), data, this::patched);
    Tensor second = part(e.in(1), data, extent -> covered(extent, from, grid() - 1));
    var plan = new Displaced.Plan(isMultiply, grid(), stride, stride2);
    Tensor matches = Ops.call(new Displaced.Match(plan), first, second);
    Shape y = matches.shape();
    Tensor maps = matches.reshapeTo(Shape.of(y.dim(0), y.dim(1) * y.dim(2), y.dim(3), y.dim(4)));
    Tensor sums = kernelSize == 1 ? maps : Ops.call(new SumPool(patch()), maps);
    return List.of(sums.div((double) kernelSize * kernelSize * data.dim(1)));
  }

  private Window patch() {
    return Window.of(
        List.of(kernelSize, kernelSize),
        List.of(stride1, stride1),
        List.of(1L, 1L),
        List.of(0L, 0L));
  }
}
