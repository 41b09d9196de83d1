package io.gluonj.backend;

import io.gluonj.graph.Graph;
import io.gluonj.graph.Node;
import io.gluonj.tensor.Origin;
import io.gluonj.types.AnomalyException;
import io.gluonj.types.Device;
import io.gluonj.types.TensorType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Runs kernels one after another and reads what each operator computed, so that the first NaN or
 * infinity is found where it comes from. Slow: every result is copied to the host.
 *
 * <p>An operator is to blame for a NaN if none of its inputs has one, for an infinity if all its
 * inputs are finite: infinities in masks may be passed on.
 */
final class WatchedSchedule implements Schedule {
  /**
   * An operator of the graph.
   *
   * @param name of its schema, with the name it was given
   * @param inputs names of its inputs
   * @param kernels how many kernels compute it
   */
  private record Watched(
      Node.Apply node, String name, List<String> inputs, List<TensorType> types, int kernels) {}

  /**
   * What an array holds.
   *
   * @param first position of the first element that is no finite number, or -1
   * @param least of the finite elements
   * @param most of the finite elements
   */
  private record Found(long nans, long infinities, long first, double least, double most) {
    boolean finite() {
      return nans + infinities == 0;
    }

    @Override
    public String toString() {
      if (finite()) {
        return least > most ? "no elements" : "elements from " + least + " to " + most;
      }
      return (nans == 0 ? "" : nans + " NaN")
          + (nans == 0 || infinities == 0 ? "" : " and ")
          + (infinities == 0 ? "" : infinities + " infinite")
          + ", the first at position "
          + first;
    }
  }

  private final Device device;
  private final Backend backend;
  private final Graph graph;
  private final String function;
  private final boolean shared;
  private final List<Watched> operators = new ArrayList<>();
  private final List<Kernel> kernels = new ArrayList<>();

  /**
   * Watches a function.
   *
   * @param function what messages call it
   * @param shared whether it was compiled for another place than the one that calls it
   */
  WatchedSchedule(Device device, Graph graph, String function, boolean shared) {
    this.device = device;
    this.backend = Backends.of(device);
    this.graph = graph;
    this.function = function;
    this.shared = shared;
  }

  /** Adds what computes the next operator. */
  void add(Program.Task task, List<Schedule.Step> steps) {
    Node.Apply node = (Node.Apply) graph.nodes().get(task.id());
    List<TensorType> in = node.inputs().stream().map(graph::type).toList();
    List<String> names = node.op().schema().inputNames(node.op(), in.size());
    String name = steps.isEmpty() ? node.op().schema().name() : steps.getFirst().label();
    operators.add(new Watched(node, name, names, in, steps.size()));
    steps.forEach(step -> kernels.add(step.kernel()));
  }

  @Override
  public void run(long[][] addresses) {
    int at = 0;
    for (Watched operator : operators) {
      for (int k = 0; k < operator.kernels(); k++) {
        kernels.get(at + k).run(addresses[at + k]);
      }
      if (operator.kernels() > 0) { // all kernels of an operator take the same operands
        check(operator, addresses[at]);
      }
      at += operator.kernels();
    }
  }

  private void check(Watched operator, long[] addresses) {
    List<TensorType> in = operator.types();
    List<TensorType> out = operator.node().types();
    for (int k = 0; k < out.size(); k++) {
      if (!out.get(k).dtype().isFloating()) {
        continue;
      }
      Found found = read(out.get(k), addresses[in.size() + k]);
      if (!found.finite()) {
        judge(operator, k, found, addresses);
      }
    }
  }

  private void judge(Watched operator, int output, Found found, long[] addresses) {
    var inputs = new ArrayList<Found>();
    for (int i = 0; i < operator.types().size(); i++) {
      inputs.add(read(operator.types().get(i), addresses[i]));
    }
    for (int i = 0; i < inputs.size(); i++) {
      if (inputs.get(i).nans() > 0) { // earlier operators were checked, so it came from outside
        throw new AnomalyException(
            "%s was called with NaN: %s, which is read by %s%s, has %s"
                .formatted(
                    function, input(operator, i), operator.name(), place(operator), inputs.get(i)),
            "no operator of " + function + " computed it before",
            "look at the data, or at the parameters after the last step (a learning rate that is too"
                + " high makes them NaN)");
      }
    }
    boolean passedOn = inputs.stream().anyMatch(f -> !f.finite());
    if (found.nans() == 0 && passedOn) {
      return;
    }
    List<String> read =
        IntStream.range(0, inputs.size())
            .mapToObj(i -> input(operator, i) + " has " + inputs.get(i))
            .toList();
    throw new AnomalyException(
        "%s%s computed from good input what is no finite number: output %d of type %s has %s"
            .formatted(
                operator.name(),
                place(operator),
                output,
                operator.node().types().get(output),
                found),
        read.isEmpty() ? "its attributes say so" : String.join("; ", read),
        "keep its inputs in the range where it is defined (a small number added before a logarithm,"
            + " a root or a division; a lower learning rate; clipped gradients)");
  }

  private static String input(Watched operator, int i) {
    String name = i < operator.inputs().size() ? operator.inputs().get(i) : Integer.toString(i);
    return "input '" + name + "' of type " + operator.types().get(i);
  }

  private String place(Watched operator) {
    String origin = (shared ? Origin.here() : operator.node().origin()).toString();
    return origin.isEmpty() ? "" : " " + origin;
  }

  private Found read(TensorType type, long address) {
    long nans = 0;
    long infinities = 0;
    long first = -1;
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment host = host(arena, type, address);
      for (long i = 0; i < type.shape().size(); i++) {
        double value = type.dtype().read(host, i);
        if (Double.isFinite(value)) {
          least = Math.min(least, value);
          most = Math.max(most, value);
        } else {
          first = first < 0 ? i : first;
          nans += Double.isNaN(value) ? 1 : 0;
          infinities += Double.isNaN(value) ? 0 : 1;
        }
      }
    }
    return new Found(nans, infinities, first, least, most);
  }

  private MemorySegment host(Arena arena, TensorType type, long address) {
    MemorySegment host = arena.allocate(Math.max(1, type.bytes()), 64);
    if (type.bytes() > 0) {
      backend.download(device, address, host.asSlice(0, type.bytes()));
    }
    return host;
  }
}
