package io.gluonj.backend;

import io.gluonj.graph.Graph;
import io.gluonj.graph.Node;
import io.gluonj.op.Fused;
import io.gluonj.op.LoopNest;
import io.gluonj.op.Nests;
import io.gluonj.op.Op;
import io.gluonj.types.Device;
import io.gluonj.types.MemoryOwner;
import io.gluonj.types.TensorType;
import java.util.ArrayList;
import java.util.List;

/**
 * A compiled graph for one device: kernels in order over a planned block of memory. Immutable; any
 * number of threads may run it at once, each with its own block.
 */
public final class Executable {
  /** Where the operands of a step lie; scratch memory follows the arena. */
  private record Operands(List<Program.Place> places, boolean scratch) {}

  /**
   * What the storage of a result counts as.
   *
   * @param block path of the block that applied the operator; empty if any block may run it
   */
  private record Owned(long bytes, MemoryOwner owner, String block) {}

  private final Device device;
  private final DeviceMemory memory;
  private final Program program;
  private final Schedule schedule;
  private final List<Operands> operands = new ArrayList<>();
  private final List<Owned> results;
  private final MemoryOwner intermediate;
  private final long scratchOffset;
  private final long blockBytes;

  private Executable(Device device, Graph graph, String name, boolean shared) {
    this.device = device;
    Backend backend = Backends.of(device);
    this.memory = backend.memory(device);
    this.program = Program.of(graph);
    this.results = program.results().stream().map(r -> owned(r, name, shared)).toList();
    this.intermediate = new MemoryOwner(MemoryOwner.Kind.INTERMEDIATE, name);
    var steps = new ArrayList<Schedule.Step>();
    long scratch = 0;
    for (int i = 0; i < program.steps().size(); i++) {
      Node.Apply node = program.steps().get(i);
      List<TensorType> in = node.inputs().stream().map(graph::type).toList();
      var places = new ArrayList<>(program.inputs().get(i));
      places.addAll(program.stepOutputs().get(i));
      for (Kernel kernel : lower(backend, node, in)) {
        scratch = Math.max(scratch, kernel.scratchBytes());
        steps.add(new Schedule.Step(kernel, label(node)));
        operands.add(new Operands(places, kernel.scratchBytes() > 0));
      }
    }
    this.schedule = backend.schedule(device, steps);
    this.scratchOffset = (program.arenaBytes() + 63) / 64 * 64;
    this.blockBytes = scratchOffset + scratch;
  }

  /** The operator, and the block it was applied in or the name it was given. */
  private static String label(Node.Apply node) {
    String operator = node.op().schema().name();
    return node.name().isEmpty() ? operator : operator + " '" + node.name() + "'";
  }

  private static Owned owned(Program.Result result, String name, boolean shared) {
    Node.Apply maker = result.maker();
    String operator = maker.op().schema().name();
    String label =
        shared
            ? name
            : maker.op() instanceof Fused
                ? "fused operators"
                : operator.startsWith("_") ? operator.substring(1) : operator;
    return new Owned(
        result.bytes(),
        new MemoryOwner(MemoryOwner.Kind.RESULT, label),
        shared ? "" : maker.origin().block());
  }

  /**
   * Compiles a graph of known types whose composite operators the backend runs whole.
   *
   * @param name what reports of memory call it
   * @param shared whether blocks other than the ones it was traced in may run it
   */
  public static Executable compile(Graph graph, Device device, String name, boolean shared) {
    return new Executable(device, graph, name, shared);
  }

  private List<Kernel> lower(Backend backend, Node.Apply node, List<TensorType> in) {
    List<TensorType> out = node.types();
    return switch (node.op()) {
      case Op.Pointwise op -> List.of(loops(backend, node, Nests.pointwise(op, in, out), in));
      case Op.Structural op ->
          op.nests(in, out).stream().map(nest -> loops(backend, node, nest, in)).toList();
      case Op.Library op -> List.of(backend.library(device, op, in, out));
      case Op.Custom op -> List.of(backend.custom(device, op, in, out));
      case Op.Composite op -> List.of(backend.composite(device, op, in, out));
    };
  }

  private Kernel loops(Backend backend, Node.Apply node, LoopNest nest, List<TensorType> in) {
    LoopNest checked = NestBounds.within(nest, in, node.types(), label(node));
    return backend.loops(device, checked, in.size());
  }

  /**
   * Runs.
   *
   * @param arguments storages of the graph's variables in calling order, on this device
   * @param caller path of the block that runs it, for reports of memory; may be empty
   * @return the graph's outputs, then the new values of its updated variables by position; each is
   *     retained for the caller, who releases it; an output that is an argument's content shares
   *     its storage
   */
  public List<Storage> run(List<Storage> arguments, String caller) {
    var held = new ArrayList<Storage>(arguments.size());
    var made = new ArrayList<Storage>(results.size());
    boolean done = false;
    Storage block = null;
    try {
      arguments.forEach(a -> held.add(a.retain()));
      for (Owned result : results) {
        String where = result.block().isEmpty() ? caller : result.block();
        made.add(memory.allocate(result.bytes(), result.owner(), where));
      }
      if (blockBytes > 0) {
        block = memory.allocate(blockBytes, intermediate, caller);
      }
      execute(arguments, made, block == null ? 0 : block.address());
      List<Storage> outputs = outputs(arguments, made);
      done = true;
      return outputs;
    } finally {
      held.forEach(Storage::release);
      if (block != null) {
        block.release();
      }
      if (!done) {
        made.forEach(Storage::release);
      }
    }
  }

  private void execute(List<Storage> arguments, List<Storage> results, long block) {
    long[][] addresses = new long[operands.size()][];
    for (int step = 0; step < addresses.length; step++) {
      Operands at = operands.get(step);
      int n = at.places().size();
      long[] of = new long[at.scratch() ? n + 1 : n];
      for (int i = 0; i < n; i++) {
        of[i] =
            switch (at.places().get(i)) {
              case Program.Place.Argument(int index) -> arguments.get(index).address();
              case Program.Place.Result(int index) -> results.get(index).address();
              case Program.Place.Arena(long offset) -> block + offset;
            };
      }
      if (at.scratch()) {
        of[n] = block + scratchOffset;
      }
      addresses[step] = of;
    }
    schedule.run(addresses);
  }

  private List<Storage> outputs(List<Storage> arguments, List<Storage> results) {
    var outputs = new ArrayList<Storage>();
    boolean[] given = new boolean[results.size()];
    for (Program.Place place : program.outputs()) {
      outputs.add(
          switch (place) {
            case Program.Place.Argument(int index) -> arguments.get(index).retain();
            case Program.Place.Result(int index) -> {
              Storage result = results.get(index);
              yield given[index] ? result.retain() : result;
            }
            case Program.Place.Arena _ ->
                throw new IllegalStateException("an output lies in the arena");
          });
      if (place instanceof Program.Place.Result(int index)) {
        given[index] = true;
      }
    }
    return outputs;
  }
}
