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
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A compiled graph for one device: kernels in order over a planned block of memory. Immutable; any
 * number of threads may run it at once, each with its own block.
 */
public final class Executable {
  /**
   * Where an operand of a step lies.
   *
   * @param base the argument, after those the result, last the block for intermediate values
   * @param offset in it
   */
  private record Operand(int base, long offset) {}

  /**
   * What is returned.
   *
   * @param base the argument, or after those the result
   * @param shared whether somebody else uses it too: an argument's owner, or an earlier output
   */
  private record Output(int base, boolean shared) {}

  /**
   * What the storage of a result counts as.
   *
   * @param block path of the block that applied the operator; empty if any block may run it
   * @param replaced the argument whose storage it may be, or -1
   */
  private record Owned(long bytes, MemoryOwner owner, String block, int replaced) {}

  private final Device device;
  private final DeviceMemory memory;
  private final Schedule schedule;
  private final int variables;
  private final Operand[][] operands;
  private final List<Owned> results;
  private final List<Output> outputs;
  private final MemoryOwner intermediate;
  private final long scratchOffset;
  private final long blockBytes;

  private Executable(Device device, Graph graph, String name, boolean shared) {
    this.device = device;
    Backend backend = Backends.of(device);
    this.memory = backend.memory(device);
    Program program = Program.of(graph, backend.writesInPlace());
    this.variables = graph.inputs().size();
    this.results = program.results().stream().map(r -> owned(r, name, shared)).toList();
    this.intermediate = new MemoryOwner(MemoryOwner.Kind.INTERMEDIATE, name);
    this.scratchOffset = (program.arenaBytes() + 63) / 64 * 64;
    var steps = new ArrayList<Schedule.Step>();
    var places = new ArrayList<Operand[]>();
    long scratch = 0;
    for (int i = 0; i < program.steps().size(); i++) {
      Node.Apply node = program.steps().get(i);
      List<TensorType> in = node.inputs().stream().map(graph::type).toList();
      for (Kernel kernel : lower(backend, node, in)) {
        scratch = Math.max(scratch, kernel.scratchBytes());
        steps.add(new Schedule.Step(kernel, label(node), Work.of(node.op(), in, node.types())));
        places.add(operands(program, i, kernel.scratchBytes() > 0));
      }
    }
    this.operands = places.toArray(Operand[][]::new);
    this.schedule = backend.schedule(device, steps);
    this.blockBytes = scratchOffset + scratch;
    this.outputs = outputs(program);
  }

  private Operand[] operands(Program program, int step, boolean scratch) {
    var operands = new ArrayList<Operand>();
    program.inputs().get(step).forEach(p -> operands.add(operand(p)));
    program.stepOutputs().get(step).forEach(p -> operands.add(operand(p)));
    if (scratch) {
      operands.add(operand(new Program.Place.Arena(scratchOffset)));
    }
    return operands.toArray(Operand[]::new);
  }

  private Operand operand(Program.Place place) {
    return switch (place) {
      case Program.Place.Argument(int index) -> new Operand(index, 0);
      case Program.Place.Result(int index) -> new Operand(variables + index, 0);
      case Program.Place.Arena(long offset) -> new Operand(variables + results.size(), offset);
    };
  }

  private List<Output> outputs(Program program) {
    var outputs = new ArrayList<Output>();
    var given = new HashSet<Integer>();
    for (Program.Place place : program.outputs()) {
      outputs.add(
          switch (place) {
            case Program.Place.Argument(int index) -> new Output(index, true);
            case Program.Place.Result(int index) ->
                new Output(variables + index, !given.add(index));
            case Program.Place.Arena _ ->
                throw new IllegalStateException("an output lies in the arena");
          });
    }
    return List.copyOf(outputs);
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
        shared ? "" : maker.origin().block(),
        result.replaced());
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
      case Op.Dynamic op -> throw new IllegalStateException(op + " is never compiled");
    };
  }

  private Kernel loops(Backend backend, Node.Apply node, LoopNest nest, List<TensorType> in) {
    LoopNest checked = NestBounds.within(nest, in, node.types(), label(node));
    return backend.loops(device, checked, in.size());
  }

  /**
   * Runs.
   *
   * @param arguments storages of the graph's variables in calling order, on this device; retained
   *     by the caller until this returns
   * @param caller path of the block that runs it, for reports of memory; may be empty
   * @param replaces whether the updated variables' arrays and the caller are all who may see their
   *     old values, so that new ones may be written in their place where nobody else holds them;
   *     after an exception those arrays' values are not defined then
   * @return the graph's outputs, then the new values of its updated variables by position; each is
   *     retained for the caller, who releases it; an output that is an argument's content shares
   *     its storage
   */
  public Storage[] run(Storage[] arguments, String caller, boolean replaces) {
    long[] bases = new long[variables + results.size() + 1];
    for (int i = 0; i < variables; i++) {
      bases[i] = arguments[i].address();
    }
    @Nullable Storage[] made = new @Nullable Storage[results.size()];
    BitSet claimed = new BitSet();
    Storage block = null;
    boolean done = false;
    try {
      for (int i = 0; i < made.length; i++) {
        Owned result = results.get(i);
        if (replaces && result.replaced() >= 0 && arguments[result.replaced()].claim()) {
          claimed.set(i);
          made[i] = arguments[result.replaced()];
          bases[variables + i] = bases[result.replaced()];
          continue;
        }
        String where = result.block().isEmpty() ? caller : result.block();
        Storage storage = memory.allocate(result.bytes(), result.owner(), where);
        made[i] = storage;
        bases[variables + i] = storage.address();
      }
      if (blockBytes > 0) {
        block = memory.allocate(blockBytes, intermediate, caller);
        bases[bases.length - 1] = block.address();
      }
      schedule.run(addresses(bases));
      unclaim(made, claimed);
      Storage[] outputs = outputs(arguments, made);
      done = true;
      return outputs;
    } finally {
      unclaim(made, claimed);
      if (block != null) {
        block.release();
      }
      for (int i = 0; i < made.length && !done; i++) {
        Storage storage = made[i];
        if (storage != null) {
          storage.release();
        }
      }
    }
  }

  private static void unclaim(@Nullable Storage[] made, BitSet claimed) {
    claimed.stream().forEach(i -> Objects.requireNonNull(made[i]).unclaim());
    claimed.clear();
  }

  private long[][] addresses(long[] bases) {
    long[][] addresses = new long[operands.length][];
    for (int step = 0; step < addresses.length; step++) {
      Operand[] at = operands[step];
      long[] of = new long[at.length];
      for (int i = 0; i < of.length; i++) {
        of[i] = bases[at[i].base()] + at[i].offset();
      }
      addresses[step] = of;
    }
    return addresses;
  }

  private Storage[] outputs(Storage[] arguments, @Nullable Storage[] made) {
    Storage[] outputs = new Storage[this.outputs.size()];
    for (int i = 0; i < outputs.length; i++) {
      Output output = this.outputs.get(i);
      int at = output.base() - variables;
      Storage storage = at < 0 ? arguments[output.base()] : Objects.requireNonNull(made[at]);
      outputs[i] = output.shared() ? storage.retain() : storage;
    }
    return outputs;
  }
}
