package io.gluonj.backend.cuda;

import io.gluonj.codegen.ConvolutionPlan.Place;
import io.gluonj.codegen.GpuKernels;
import java.util.ArrayList;
import java.util.List;

/** Puts a kernel together of several that follow each other on the device's stream. */
final class KernelSteps {
  private static final long ALIGNMENT = 256;

  /** Something to enqueue. */
  interface Work {
    /** Enqueues it for operands at these addresses. */
    void enqueue(long[] addresses);
  }

  private record Step(Work work, List<Place> places) {}

  private final List<Step> steps = new ArrayList<>();
  private long scratchBytes;

  /** An operand of the whole: the operator's inputs, then its outputs. */
  static Place operand(int index) {
    return new Place(index, 0);
  }

  /** Takes scratch memory, which no other step gets. */
  Place scratch(long bytes) {
    Place place = new Place(GpuKernels.SCRATCH, scratchBytes);
    scratchBytes += Math.ceilDiv(bytes, ALIGNMENT) * ALIGNMENT;
    return place;
  }

  /** Adds work for operands at these places. */
  KernelSteps work(Work work, List<Place> places) {
    steps.add(new Step(work, List.copyOf(places)));
    return this;
  }

  /** Adds a kernel, with the scratch memory it needs. */
  KernelSteps add(CudaKernel kernel, List<Place> places) {
    var all = new ArrayList<>(places);
    if (kernel.scratchBytes() > 0) {
      all.add(scratch(kernel.scratchBytes()));
    }
    return work(kernel::run, all);
  }

  /** The whole; the builder is not used any more. */
  CudaKernel kernel() {
    return new Sequence(List.copyOf(steps), scratchBytes);
  }

  private record Sequence(List<Step> steps, long scratchBytes) implements CudaKernel {
    @Override
    public void run(long[] addresses) {
      for (Step step : steps) {
        long[] resolved = new long[step.places().size()];
        for (int i = 0; i < resolved.length; i++) {
          Place place = step.places().get(i);
          long base =
              place.operand() == GpuKernels.SCRATCH
                  ? addresses[addresses.length - 1]
                  : addresses[place.operand()];
          resolved[i] = base + place.offset();
        }
        step.work().enqueue(resolved);
      }
    }
  }
}
