package io.gluonj.backend;

import io.gluonj.graph.Graph;
import io.gluonj.graph.Node;
import io.gluonj.op.Fused;
import io.gluonj.types.Device;
import io.gluonj.types.MemoryOwner;
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
  /** How a graph is run. */
  public enum Mode {
    /** All of it, each time. */
    PLAIN,
    /**
     * With parameters that stay the same over many runs: what depends on them alone is computed in
     * the first run, and again after one of them got new values.
     */
    PREPARED,
    /**
     * Operator by operator; the results of each are looked at for NaN and infinities, which {@link
     * #run} reports as an {@link io.gluonj.types.AnomalyException}.
     */
    WATCHED
  }

  /**
   * Where an operand of a step lies.
   *
   * @param base the argument, after those the result, then the block for intermediate values, last
   *     the block of what was prepared
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

  /** Kernels in order and where their operands lie. */
  @SuppressWarnings("ArrayRecordComponent") // it is never compared
  private record Part(Schedule schedule, Operand[][] operands) {
    void run(long[] bases) {
      long[][] addresses = new long[operands.length][];
      for (int step = 0; step < addresses.length; step++) {
        Operand[] at = operands[step];
        long[] of = new long[at.length];
        for (int i = 0; i < of.length; i++) {
          of[i] = bases[at[i].base()] + at[i].offset();
        }
        addresses[step] = of;
      }
      schedule.run(addresses);
    }
  }

  private final DeviceMemory memory;
  private final Part steps;
  private final Part preparation;
  private final @Nullable Prepared prepared;
  private final long preparedBytes;
  private final int variables;
  private final List<Owned> results;
  private final List<Output> outputs;
  private final MemoryOwner intermediate;
  private final long scratchOffset;
  private final long blockBytes;

  private Executable(Device device, Graph graph, String name, boolean shared, Mode mode) {
    this.memory = Backends.of(device).memory(device);
    Constants constants = mode == Mode.PREPARED ? Constants.of(graph) : Constants.none();
    var kernels = new Lowering(device, graph, constants);
    // who looks for anomalies wants to find what an operator read as it was
    boolean inPlace = mode != Mode.WATCHED && Backends.of(device).writesInPlace();
    Program program = Program.of(graph, constants, kernels.packed(), inPlace);
    this.variables = graph.inputs().size();
    this.results = program.results().stream().map(r -> owned(r, name, shared)).toList();
    this.intermediate = new MemoryOwner(MemoryOwner.Kind.INTERMEDIATE, name);
    this.scratchOffset = (program.arenaBytes() + 63) / 64 * 64;
    this.preparedBytes = program.preparedBytes();
    this.prepared = preparedBytes == 0 ? null : new Prepared(constants.variables());
    var watch = mode == Mode.WATCHED ? new WatchedSchedule(device, graph, name, shared) : null;
    this.steps = part(device, kernels, program.steps(), watch);
    this.preparation = part(device, kernels, program.preparation(), null);
    this.blockBytes = scratchOffset + kernels.scratchBytes();
    this.outputs = outputs(program);
  }

  private Part part(
      Device device, Lowering kernels, List<Program.Task> tasks, @Nullable WatchedSchedule watch) {
    var steps = new ArrayList<Schedule.Step>();
    var places = new ArrayList<Operand[]>();
    for (Program.Task task : tasks) {
      List<Schedule.Step> computing = kernels.steps(task);
      if (watch != null) {
        watch.add(task, computing);
      }
      for (Schedule.Step step : computing) {
        steps.add(step);
        places.add(operands(task, step.kernel().scratchBytes() > 0));
      }
    }
    Schedule schedule = watch != null ? watch : Backends.of(device).schedule(device, steps);
    return new Part(schedule, places.toArray(Operand[][]::new));
  }

  private Operand[] operands(Program.Task task, boolean scratch) {
    var operands = new ArrayList<Operand>();
    task.operands().forEach(p -> operands.add(operand(p)));
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
      case Program.Place.Prepared(long offset) ->
          new Operand(variables + results.size() + 1, offset);
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
            case Program.Place.Arena _, Program.Place.Prepared _ ->
                throw new IllegalStateException("an output lies among intermediate values");
          });
    }
    return List.copyOf(outputs);
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
  public static Executable compile(
      Graph graph, Device device, String name, boolean shared, Mode mode) {
    return new Executable(device, graph, name, shared, mode);
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
    long[] bases = new long[variables + results.size() + 2];
    for (int i = 0; i < variables; i++) {
      bases[i] = arguments[i].address();
    }
    @Nullable Storage[] made = new @Nullable Storage[results.size()];
    BitSet claimed = new BitSet();
    Storage block = null;
    Storage constants = null;
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
        bases[bases.length - 2] = block.address();
      }
      if (prepared != null) {
        constants = prepared.block(arguments, () -> prepare(bases, caller));
        bases[bases.length - 1] = constants.address();
      }
      steps.run(bases);
      unclaim(made, claimed);
      Storage[] outputs = outputs(arguments, made);
      done = true;
      return outputs;
    } finally {
      unclaim(made, claimed);
      if (block != null) {
        block.release();
      }
      if (constants != null) {
        constants.release();
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

  /** Does what precedes the steps, into a new block. */
  private Storage prepare(long[] bases, String caller) {
    Storage made = memory.allocate(preparedBytes, intermediate, caller);
    boolean done = false;
    try {
      bases[bases.length - 1] = made.address();
      preparation.run(bases);
      done = true;
      return made;
    } finally {
      if (!done) {
        made.release();
      }
    }
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
