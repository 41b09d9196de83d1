package io.gluonj.backend;

import io.gluonj.graph.Graph;
import io.gluonj.graph.Node;
import io.gluonj.op.LoopNest;
import io.gluonj.op.Nests;
import io.gluonj.op.Op;
import io.gluonj.types.Device;
import io.gluonj.types.TensorType;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The kernels of a graph's applications, and those that pack what they read over and over. */
final class Lowering {
  private final Device device;
  private final Backend backend;
  private final Graph graph;
  private final Map<Integer, List<Kernel>> kernels = new HashMap<>();
  private final Map<Program.Packed, Kernel> packing = new HashMap<>();
  private final Map<Program.Packed, Long> packed = new HashMap<>();

  /** Compiles all kernels; those that read constants get them packed as they like. */
  Lowering(Device device, Graph graph, Constants constants) {
    this.device = device;
    this.backend = Backends.of(device);
    this.graph = graph;
    Map<Integer, List<Kernel>> lowered = lowered();
    for (int id = 0; id < graph.nodes().size(); id++) {
      List<Kernel> made = lowered.get(id);
      if (made != null && graph.nodes().get(id) instanceof Node.Apply node) {
        kernels.put(
            id,
            made.size() == 1 && !constants.nodes().contains(id)
                ? List.of(packed(id, node, made.getFirst(), constants))
                : made);
      }
    }
  }

  /** Kernels of all applications: those of loop nests by whichever thread has nothing to do. */
  private Map<Integer, List<Kernel>> lowered() {
    var loops = new LinkedHashMap<Integer, Supplier<List<Kernel>>>();
    var others = new LinkedHashMap<Integer, Node.Apply>();
    for (int id = 0; id < graph.nodes().size(); id++) {
      if (graph.nodes().get(id) instanceof Node.Apply node && !Constants.isAlias(node)) {
        if (node.op() instanceof Op.Pointwise || node.op() instanceof Op.Structural) {
          loops.put(id, () -> lower(node, types(node)));
        } else {
          others.put(id, node);
        }
      }
    }
    var shared = new SharedTasks<>(List.copyOf(loops.values()));
    if (backend.compilesInParallel()) {
      shared.offer();
    }
    var lowered = new HashMap<Integer, List<Kernel>>();
    boolean done = false;
    try {
      others.forEach((id, node) -> lowered.put(id, lower(node, types(node))));
      done = true;
    } finally {
      if (!done) {
        shared.abandon();
      }
    }
    Iterator<List<Kernel>> results = shared.results().iterator();
    loops.keySet().forEach(id -> lowered.put(id, results.next()));
    return lowered;
  }

  private Kernel packed(int id, Node.Apply node, Kernel kernel, Constants constants) {
    Kernel result = kernel;
    for (int i = 0; i < node.inputs().size(); i++) {
      if (constants.contains(graph, node.inputs().get(i))) {
        Kernel.@Nullable Packed other = result.packed(i);
        if (other != null) {
          packing.put(new Program.Packed(id, i), other.packing());
          packed.put(new Program.Packed(id, i), other.bytes());
          result = other.kernel();
        }
      }
    }
    return result;
  }

  /** Which inputs are packed, and how large they get. */
  Map<Program.Packed, Long> packed() {
    return packed;
  }

  /** The most scratch memory that any kernel needs, in bytes. */
  long scratchBytes() {
    long most = 0;
    for (List<Kernel> some : kernels.values()) {
      for (Kernel kernel : some) {
        most = Math.max(most, kernel.scratchBytes());
      }
    }
    for (Kernel kernel : packing.values()) {
      most = Math.max(most, kernel.scratchBytes());
    }
    return most;
  }

  /** What is run for a task. */
  List<Schedule.Step> steps(Program.Task task) {
    Node.Apply node = (Node.Apply) graph.nodes().get(task.id());
    List<TensorType> in = types(node);
    return switch (task) {
      case Program.Task.Apply(int id, List<Program.Place> _) ->
          Objects.requireNonNull(kernels.get(id)).stream()
              .map(kernel ->
                  new Schedule.Step(kernel, label(node), Work.of(node.op(), in, node.types())))
              .toList();
      case Program.Task.Pack(int id, int operand, List<Program.Place> _) -> {
        var key = new Program.Packed(id, operand);
        long bytes = in.get(operand).bytes() + Objects.requireNonNull(packed.get(key));
        yield List.of(
            new Schedule.Step(
                Objects.requireNonNull(packing.get(key)),
                "packing for " + label(node),
                new Work(bytes, 0)));
      }
    };
  }

  private List<TensorType> types(Node.Apply node) {
    return node.inputs().stream().map(graph::type).toList();
  }

  /** The operator, and the block it was applied in or the name it was given. */
  private static String label(Node.Apply node) {
    String operator = node.op().schema().name();
    return node.name().isEmpty() ? operator : operator + " '" + node.name() + "'";
  }

  private List<Kernel> lower(Node.Apply node, List<TensorType> in) {
    List<TensorType> out = node.types();
    return switch (node.op()) {
      case Op.Pointwise op -> List.of(loops(node, Nests.pointwise(op, in, out), in));
      case Op.Structural op -> op.nests(in, out).stream().map(n -> loops(node, n, in)).toList();
      case Op.Library op -> List.of(backend.library(device, op, in, out));
      case Op.Custom op -> List.of(backend.custom(device, op, in, out));
      case Op.Composite op -> List.of(backend.composite(device, op, in, out));
      case Op.Dynamic op -> throw new IllegalStateException(op + " is never compiled");
    };
  }

  private Kernel loops(Node.Apply node, LoopNest nest, List<TensorType> in) {
    LoopNest checked = NestBounds.within(nest, in, node.types(), label(node));
    return backend.loops(device, checked, in.size());
  }
}
