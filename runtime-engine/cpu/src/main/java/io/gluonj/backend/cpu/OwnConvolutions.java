package io.gluonj.backend.cpu;

import io.gluonj.backend.cpu.Candidates.Candidate;
import io.gluonj.codegen.Contraction;
import io.gluonj.op.Conv;
import io.gluonj.op.ConvActivation;
import io.gluonj.types.DType;
import io.gluonj.types.TensorType;
import java.util.List;

/** Kernels of our own for convolutions, where there is hope that they are the fastest. */
final class OwnConvolutions {
  private static final String NAME = "own";

  /** Vectors are loaded along the channels; with fewer of them all is done one by one. */
  private static final long FEW_CHANNELS = 8;

  /** For more positions, as batches have, oneDNN was found to be at least as fast. */
  private static final long MANY_POSITIONS = 4000;

  /** Runs of less than this many elements leave most lanes of vectors empty. */
  private static final long SHORT = 5;

  private final CpuRuntime runtime;
  private final LoopKernels loops;

  OwnConvolutions(LoopKernels loops) {
    this.runtime = loops.runtime();
    this.loops = loops;
  }

  List<Candidate> forward(Conv op, List<TensorType> in, TensorType out) {
    return suits(op, in, out)
        ? promising(ConvContraction.of(op, Contraction.Finish.NOTHING, in, out), in)
        : List.of();
  }

  List<Candidate> activated(ConvActivation op, List<TensorType> in, TensorType out) {
    int residual = op.residual() ? op.residualInput() : Contraction.NONE;
    var finish = new Contraction.Finish(residual, op.relu());
    return suits(op.conv(), in, out)
        ? promising(ConvContraction.of(op.conv(), finish, in, out), in)
        : List.of();
  }

  List<Candidate> gradWeight(Conv.GradWeight op, List<TensorType> in) {
    boolean suits =
        isFloat32(in)
            && (op.channelsLast() || !op.bias())
            && ConvContraction.of(op, in).inRuns() >= SHORT;
    return suits
        ? List.of(new Candidate(NAME, () -> ConvGradWeightKernel.of(op, in, runtime, loops)))
        : List.of();
  }

  private static boolean suits(Conv op, List<TensorType> in, TensorType out) {
    long positions = out.shape().size() / out.shape().dim(-1);
    return isFloat32(in) && op.channelsLast() && op.groups() == 1 && positions <= MANY_POSITIONS;
  }

  private static boolean isFloat32(List<TensorType> in) {
    return in.stream().allMatch(type -> type.dtype() == DType.FLOAT32);
  }

  private List<Candidate> promising(ConvContraction found, List<TensorType> in) {
    return found.inRuns() < FEW_CHANNELS
        ? List.of()
        : List.of(
            new Candidate(NAME, () -> new ContractionKernel(runtime, found.contraction(), in)));
  }
}
