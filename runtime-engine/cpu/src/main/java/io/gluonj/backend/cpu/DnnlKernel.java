package io.gluonj.backend.cpu;

import io.gluonj.backend.HostMemory;
import io.gluonj.backend.Kernel;
import io.gluonj.dnnl.Arg;
import io.gluonj.dnnl.Execution;
import io.gluonj.dnnl.Primitive;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * oneDNN primitives in order over the operands of a kernel and its scratch memory. Memory objects
 * are bound to one run at a time, so there are as many sets of them as threads that run at once.
 */
final class DnnlKernel implements Kernel {
  /**
   * Where an argument lies.
   *
   * @param operand number of the operand, or {@link #SCRATCH}
   * @param offset in bytes
   */
  record Place(int operand, long offset, long bytes) {
    static final int SCRATCH = -1;
  }

  /** One argument of a primitive. */
  record Binding(Arg arg, Place place) {}

  /** One primitive and its arguments. */
  record Step(Primitive primitive, List<Binding> bindings) {
    Step {
      bindings = List.copyOf(bindings);
    }
  }

  private final List<Step> steps;
  private final long scratchBytes;
  private final Deque<List<Execution>> idle = new ConcurrentLinkedDeque<>();

  DnnlKernel(List<Step> steps, long scratchBytes) {
    this.steps = List.copyOf(steps);
    this.scratchBytes = scratchBytes;
  }

  @Override
  public long scratchBytes() {
    return scratchBytes;
  }

  /** Names of the implementations that oneDNN has chosen, in order. */
  List<String> implementations() {
    return steps.stream().map(s -> s.primitive().desc().implementation()).toList();
  }

  @Override
  public void run(long[] addresses) {
    List<Execution> executions = idle.pollFirst();
    if (executions == null) {
      executions = executions();
    }
    for (int i = 0; i < executions.size(); i++) {
      Execution execution = executions.get(i);
      for (Binding binding : steps.get(i).bindings()) {
        Place place = binding.place();
        long base =
            place.operand() == Place.SCRATCH
                ? addresses[addresses.length - 1]
                : addresses[place.operand()];
        execution.set(binding.arg(), HostMemory.view(base + place.offset(), place.bytes()));
      }
      execution.run();
    }
    idle.addFirst(executions);
  }

  private List<Execution> executions() {
    var created = new ArrayList<Execution>();
    steps.forEach(step -> created.add(step.primitive().execution()));
    return created;
  }

  @Override
  public String toString() {
    return "oneDNN " + implementations();
  }
}
