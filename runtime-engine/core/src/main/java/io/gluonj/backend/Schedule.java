package io.gluonj.backend;

import java.util.List;

/**
 * Kernels in a fixed order, prepared to be run many times: what a compiled graph comes down to on a
 * device. Any number of threads may run one at once.
 */
public interface Schedule {
  /**
   * One kernel of a schedule.
   *
   * @param kernel what runs
   * @param label what messages and profiles call it: the operator and where it was applied
   * @param work what it has to do, for profiles
   */
  record Step(Kernel kernel, String label, Work work) {}

  /**
   * Runs all steps.
   *
   * @param addresses for each step what its kernel takes, see {@link Kernel#run}
   */
  void run(long[][] addresses);

  /** Runs each kernel when the one before has returned. */
  static Schedule inOrder(List<Step> steps) {
    Kernel[] kernels = steps.stream().map(Step::kernel).toArray(Kernel[]::new);
    return addresses -> {
      Profiler profiler = Profiler.active();
      for (int i = 0; i < kernels.length; i++) {
        if (profiler == null) {
          kernels[i].run(addresses[i]);
        } else {
          profiler.run(steps.get(i), addresses[i]);
        }
      }
    };
  }
}
