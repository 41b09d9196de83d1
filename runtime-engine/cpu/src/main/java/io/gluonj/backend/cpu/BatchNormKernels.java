package io.gluonj.backend.cpu;

import io.gluonj.backend.Kernel;
import io.gluonj.dnnl.Arg;
import io.gluonj.dnnl.Attributes;
import io.gluonj.dnnl.BatchNormalization;
import io.gluonj.dnnl.DataType;
import io.gluonj.dnnl.MemoryDesc;
import io.gluonj.dnnl.NormalizationFlag;
import io.gluonj.dnnl.Propagation;
import io.gluonj.op.BatchNormTraining;
import io.gluonj.op.OverImages;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** Normalization by the batch's statistics, by oneDNN. */
final class BatchNormKernels {
  private BatchNormKernels() {}

  private static BatchNormalization.Forward spec(Layout layout, Shape data, double eps) {
    return new BatchNormalization.Forward(
        Propagation.TRAINING,
        layout.of(data),
        layout.of(data),
        (float) eps,
        Set.of(NormalizationFlag.USE_SCALE, NormalizationFlag.USE_SHIFT),
        Attributes.DEFAULT);
  }

  private static Kernel fastest(
      OverImages op,
      Shape data,
      List<TensorType> in,
      List<TensorType> out,
      Function<Layout, DnnlKernel> build) {
    List<Layout> layouts = data.rank() < 3 ? List.of(Layout.CHANNELS_FIRST) : Layout.candidates(op);
    List<Supplier<DnnlKernel>> candidates =
        layouts.stream().<Supplier<DnnlKernel>>map(layout -> () -> build.apply(layout)).toList();
    return Candidates.fastest(Problem.of(op, in, out), candidates, in, out);
  }

  private static MemoryDesc channels(Shape data) {
    return MemoryDesc.rowMajor(DataType.F32, data.dim(1));
  }

  static Kernel forward(BatchNormTraining op, List<TensorType> in, List<TensorType> out) {
    Shape data = Layout.logical(op, in.getFirst().shape());
    MemoryDesc plain = Layout.of(op).of(data);
    MemoryDesc channels = channels(data);
    return fastest(
        op,
        data,
        in,
        out,
        layout ->
            new DnnlPlan()
                .reads(Arg.SRC, 0, plain)
                .reads(Arg.SCALE, 1, channels)
                .reads(Arg.SHIFT, 2, channels)
                .writes(Arg.DST, 3, plain)
                .writes(Arg.MEAN, 4, channels)
                .writes(Arg.VARIANCE, 5, channels)
                .build(spec(layout, data, op.eps())));
  }

  static Kernel grad(BatchNormTraining.Grad op, List<TensorType> in, List<TensorType> out) {
    Shape data = Layout.logical(op, in.getFirst().shape());
    MemoryDesc plain = Layout.of(op).of(data);
    MemoryDesc channels = channels(data);
    return fastest(
        op,
        data,
        in,
        out,
        layout ->
            new DnnlPlan()
                .reads(Arg.SRC, 0, plain)
                .reads(Arg.MEAN, 1, channels)
                .reads(Arg.VARIANCE, 2, channels)
                .reads(Arg.SCALE, 3, channels)
                .reads(Arg.DIFF_DST, 4, plain)
                .writes(Arg.DIFF_SRC, 5, plain)
                .writes(Arg.DIFF_SCALE, 6, channels)
                .writes(Arg.DIFF_SHIFT, 7, channels)
                .build(
                    new BatchNormalization.Backward(
                        spec(layout, data, op.eps()),
                        layout.of(data),
                        layout.of(data),
                        layout.of(data))));
  }
}
