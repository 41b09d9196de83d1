package io.gluonj.backend.cpu;

import io.gluonj.backend.HostMemory;
import io.gluonj.backend.Kernel;
import io.gluonj.dnnl.Arg;
import io.gluonj.dnnl.Execution;
import io.gluonj.dnnl.Primitive;
import io.gluonj.dnnl.Reorder;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;

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

    boolean isReorder() {
      return primitive.desc().spec() instanceof Reorder;
    }

    @Nullable Place place(Arg arg) {
      return bindings.stream()
          .filter(b -> b.arg().equals(arg))
          .map(Binding::place)
          .findFirst()
          .orElse(null);
    }

    /** The same step with an argument in another place. */
    Step reading(Place now, Place before) {
      return new Step(
          primitive,
          bindings.stream()
              .map(b -> b.place().equals(before) ? new Binding(b.arg(), now) : b)
              .toList());
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

  /** Without the reorder of that operand, if there is one and nothing else reads it. */
  @Override
  public @Nullable Packed packed(int operand) {
    for (Step step : steps) {
      Place from = step.place(Arg.SRC);
      Place to = step.place(Arg.DST);
      if (step.isReorder()
          && from != null
          && to != null
          && from.operand() == operand
          && to.operand() == Place.SCRATCH) {
        return readers(operand) == 1 ? packed(step, from, to) : null;
      }
    }
    return null;
  }

  private Packed packed(Step reorder, Place from, Place to) {
    var packing =
        new DnnlKernel(
            List.of(
                new Step(
                    reorder.primitive(),
                    List.of(
                        new Binding(Arg.SRC, new Place(0, from.offset(), from.bytes())),
                        new Binding(Arg.DST, new Place(1, 0, to.bytes()))))),
            0);
    Place given = new Place(from.operand(), 0, to.bytes());
    List<Step> rest =
        steps.stream().filter(s -> !s.equals(reorder)).map(s -> s.reading(given, to)).toList();
    return new Packed(packing, to.bytes(), new DnnlKernel(rest, scratchBytes(rest)));
  }

  private long readers(int operand) {
    return steps.stream()
        .flatMap(s -> s.bindings().stream())
        .filter(b -> b.place().operand() == operand)
        .count();
  }

  private static long scratchBytes(List<Step> steps) {
    return steps.stream()
        .flatMap(s -> s.bindings().stream())
        .map(Binding::place)
        .filter(p -> p.operand() == Place.SCRATCH)
        .mapToLong(p -> p.offset() + p.bytes())
        .max()
        .orElse(0);
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
