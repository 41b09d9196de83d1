package io.gluonj.backend.cuda;

import io.gluonj.codegen.ConvolutionPlan.Place;
import io.gluonj.op.LoopNest;
import io.gluonj.op.Op;
import io.gluonj.op.OverImages;
import io.gluonj.op.Transpose;
import io.gluonj.types.TensorType;
import java.util.ArrayList;
import java.util.List;

/** Computes an operator over channels-last images by the kernels for channels-first ones. */
final class ChannelsLastSteps {
  /** Makes the kernel of an operator. */
  interface Library {
    CudaKernel kernel(Op.Library op, List<TensorType> in, List<TensorType> out);
  }

  private final CudaCompiler compiler;
  private final Library library;

  ChannelsLastSteps(CudaCompiler compiler, Library library) {
    this.compiler = compiler;
    this.library = library;
  }

  /** Adds reorders of the images and the kernel between them. */
  void add(KernelSteps steps, OverImages op, List<TensorType> in, List<TensorType> out) {
    var places = new ArrayList<Place>();
    var inside = new ArrayList<TensorType>();
    var back = new ArrayList<Runnable>();
    for (int i = 0; i < in.size() + out.size(); i++) {
      TensorType type = i < in.size() ? in.get(i) : out.get(i - in.size());
      Place border = KernelSteps.operand(i);
      if (!op.isImages(i) || type.shape().rank() < 3) {
        places.add(border);
        inside.add(type);
        continue;
      }
      TensorType first =
          new TensorType(OverImages.inOrder(type.shape(), true, false), type.dtype());
      Place reordered = steps.scratch(first.bytes());
      if (i < in.size()) {
        steps.add(
            reorder(type, first, OverImages.reorder(type.shape().rank(), false)),
            List.of(border, reordered));
      } else {
        back.add(() ->
            steps.add(
                reorder(first, type, OverImages.reorder(type.shape().rank(), true)),
                List.of(reordered, border)));
      }
      places.add(reordered);
      inside.add(first);
    }
    steps.add(
        library.kernel(
            op.inOrder(false),
            inside.subList(0, in.size()),
            inside.subList(in.size(), inside.size())),
        places);
    back.forEach(Runnable::run);
  }

  private CudaKernel reorder(TensorType from, TensorType to, Transpose transpose) {
    List<LoopNest> nests = transpose.nests(List.of(from), List.of(to));
    return compiler.loops(nests.getFirst(), 1);
  }
}
