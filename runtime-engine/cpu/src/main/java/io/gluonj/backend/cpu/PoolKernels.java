package io.gluonj.backend.cpu;

import io.gluonj.backend.Kernel;
import io.gluonj.dnnl.Arg;
import io.gluonj.dnnl.Attributes;
import io.gluonj.dnnl.DataType;
import io.gluonj.dnnl.Eltwise;
import io.gluonj.dnnl.Pooling;
import io.gluonj.dnnl.PostOp;
import io.gluonj.dnnl.Propagation;
import io.gluonj.op.LoopNest;
import io.gluonj.op.LoopNest.Access;
import io.gluonj.op.LoopNest.Reduction;
import io.gluonj.op.LoopNest.Store;
import io.gluonj.op.MaxPool;
import io.gluonj.op.OverImages;
import io.gluonj.op.Scalar;
import io.gluonj.op.SumPool;
import io.gluonj.op.Window;
import io.gluonj.types.DType;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Pooling by oneDNN. The places of maxima are its workspace; sums are averages that count padding,
 * times the number of elements under the kernel.
 *
 * <p>Maxima are oneDNN's, as in MXNet: NaN never wins, and a window of nothing but NaN, negative
 * infinity or padding gives the least finite float. The definition differs there.
 */
final class PoolKernels {
  private static final long ALIGNMENT = 64;

  private PoolKernels() {}

  private static Pooling.Forward spec(
      Pooling.Kind kind,
      Layout layout,
      Window window,
      Shape data,
      Shape result,
      Attributes attributes) {
    return new Pooling.Forward(
        kind,
        Propagation.TRAINING,
        layout.of(data),
        layout.of(result),
        window.kernel(),
        new io.gluonj.dnnl.Window(
            window.stride(), window.dilate(), window.padBegin(), window.padEnd()),
        attributes);
  }

  private static Kernel fastest(
      OverImages op,
      List<TensorType> in,
      List<TensorType> out,
      Function<Layout, DnnlKernel> build) {
    List<Supplier<DnnlKernel>> candidates =
        Layout.candidates(op).stream()
            .<Supplier<DnnlKernel>>map(layout -> () -> build.apply(layout))
            .toList();
    return Candidates.fastest(Problem.of(op, in, out), candidates, in, out);
  }

  private static DataType positions(DType type) {
    return type == DType.UINT8 ? DataType.U8 : DataType.S32;
  }

  static Kernel max(MaxPool op, List<TensorType> in, List<TensorType> out) {
    Shape data = Layout.logical(op, in.getFirst().shape());
    Layout border = Layout.of(op);
    Shape result = Layout.logical(op, out.getFirst().shape());
    return fastest(
        op,
        in,
        out,
        layout ->
            new DnnlPlan()
                .reads(Arg.SRC, 0, border.of(data))
                .writes(Arg.DST, 1, border.of(result))
                .writes(Arg.WORKSPACE, 2, border.of(positions(op.positionType()), result))
                .build(
                    spec(Pooling.Kind.MAX, layout, op.window(), data, result, Attributes.DEFAULT)));
  }

  static Kernel maxGrad(MaxPool.Grad op, List<TensorType> in, List<TensorType> out) {
    Shape result = Layout.logical(op, in.getFirst().shape());
    Shape data = Layout.logical(op, op.data());
    Layout border = Layout.of(op);
    return fastest(
        op,
        in,
        out,
        layout ->
            new DnnlPlan()
                .reads(Arg.DIFF_DST, 0, border.of(result))
                .reads(Arg.WORKSPACE, 1, border.of(positions(in.get(1).dtype()), result))
                .writes(Arg.DIFF_SRC, 2, border.of(data))
                .build(backward(Pooling.Kind.MAX, layout, op.window(), data, result)));
  }

  private static Pooling.Backward backward(
      Pooling.Kind kind, Layout layout, Window window, Shape data, Shape result) {
    return new Pooling.Backward(
        spec(kind, layout, window, data, result, Attributes.DEFAULT),
        layout.of(data),
        layout.of(result));
  }

  static Kernel sum(SumPool op, List<TensorType> in, List<TensorType> out) {
    Shape data = Layout.logical(op, in.getFirst().shape());
    Layout border = Layout.of(op);
    Shape result = Layout.logical(op, out.getFirst().shape());
    Attributes times =
        Attributes.fused(new PostOp.Element(Eltwise.Kind.LINEAR, (float) op.window().volume(), 0));
    return fastest(
        op,
        in,
        out,
        layout ->
            new DnnlPlan()
                .reads(Arg.SRC, 0, border.of(data))
                .writes(Arg.DST, 1, border.of(result))
                .build(
                    spec(
                        Pooling.Kind.AVERAGE_WITH_PADDING,
                        layout,
                        op.window(),
                        data,
                        result,
                        times)));
  }

  static Kernel sumGrad(
      SumPool.Grad op, List<TensorType> in, List<TensorType> out, LoopKernels loops) {
    Shape result = Layout.logical(op, in.getFirst().shape());
    Shape data = Layout.logical(op, op.data());
    Layout border = Layout.of(op);
    Kernel average =
        fastest(
            op,
            in,
            out,
            layout ->
                new DnnlPlan()
                    .reads(Arg.DIFF_DST, 0, border.of(result))
                    .writes(Arg.DIFF_SRC, 1, border.of(data))
                    .build(
                        backward(
                            Pooling.Kind.AVERAGE_WITH_PADDING, layout, op.window(), data, result)));
    return new Scaled(loops.kernel(scale(result.size(), op.window().volume()), 1), average, in);
  }

  private static LoopNest scale(long size, long factor) {
    Access access = new Access(0, DType.FLOAT32, 0, List.of(1L));
    return new LoopNest(
        List.of(size),
        List.of(),
        List.of(access),
        List.of(new Store(access, Scalar.arg(0).times((double) factor), Scalar.arg(0))),
        Reduction.NONE);
  }

  /** A kernel of one input and one output whose input is scaled first. */
  private record Scaled(Kernel scale, Kernel kernel, long scaledBytes) implements Kernel {
    Scaled(Kernel scale, Kernel kernel, List<TensorType> in) {
      this(scale, kernel, (in.getFirst().bytes() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
    }

    @Override
    public long scratchBytes() {
      return scaledBytes + kernel.scratchBytes();
    }

    @Override
    public void run(long[] addresses) {
      long scratch = addresses[2];
      scale.run(new long[] {addresses[0], scratch});
      kernel.run(new long[] {scratch, addresses[1], scratch + scaledBytes});
    }
  }
}
