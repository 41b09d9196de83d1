package io.gluonj.backend;

import io.gluonj.graph.Graph;
import io.gluonj.graph.Node;
import io.gluonj.graph.Value;
import io.gluonj.op.Op;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A graph of primitive operators with a place for every value: what an executable runs.
 *
 * @param preparation what is done before the first run, and again when a parameter has changed
 * @param steps what is done in each run, in order
 * @param outputs places of the graph's outputs, then of its updates' new values
 * @param results the storages made for results
 * @param arenaBytes size of the block that holds all intermediate values
 * @param preparedBytes size of the block that holds what steps read of the preparation
 */
record Program(
    List<Task> preparation,
    List<Task> steps,
    List<Place> outputs,
    List<Result> results,
    long arenaBytes,
    long preparedBytes) {
  private static final long ALIGNMENT = 64;

  /** Something to do. */
  sealed interface Task {
    /** Position of the application in the graph. */
    int id();

    /** Places of what is read, then of what is written. */
    List<Place> operands();

    /** An application. */
    record Apply(int id, List<Place> operands) implements Task {}

    /** Brings an input of an application into the form that its kernel takes. */
    record Pack(int id, int operand, List<Place> operands) implements Task {}
  }

  /** An input of an application that is packed. */
  record Packed(int id, int operand) {}

  /**
   * A storage made for a result.
   *
   * @param bytes its size
   * @param maker the step that writes it
   * @param replaced the argument whose new value it is, if the maker can write it in place: place
   *     by place, and nobody reads the old value later; else -1
   */
  record Result(long bytes, Node.Apply maker, int replaced) {}

  /** Where a value lives while the program runs. */
  sealed interface Place {
    /** In the storage of an argument. */
    record Argument(int index) implements Place {}

    /** In a storage of its own that outlives the run. */
    record Result(int index) implements Place {}

    /** In the arena, from {@code offset}. */
    record Arena(long offset) implements Place {}

    /** In the block of what has been prepared, from {@code offset}. */
    record Prepared(long offset) implements Place {}
  }

  /**
   * Places all values: results apart, aliases with their origin, the rest packed by lifetime.
   *
   * @param packed which inputs are packed, and how large they get
   * @param inPlace whether pointwise operators may write over what they read
   */
  static Program of(Graph graph, Constants constants, Map<Packed, Long> packed, boolean inPlace) {
    return new Builder(graph, constants, packed, inPlace).build();
  }

  private static final class Builder {
    private final Graph graph;
    private final Constants constants;
    private final Map<Packed, Long> packed;
    private final boolean inPlace;
    private final List<Value> wanted;
    private final Map<Value, Value> root = new HashMap<>();
    private final Map<Value, Place> place = new HashMap<>();
    private final List<Result> results = new ArrayList<>();
    private final ArenaPlan arena = new ArenaPlan();
    private final Set<Value> readBySteps = new HashSet<>();
    private long preparedBytes;

    Builder(Graph graph, Constants constants, Map<Packed, Long> packed, boolean inPlace) {
      this.graph = graph;
      this.constants = constants;
      this.packed = packed;
      this.inPlace = inPlace;
      this.wanted = new ArrayList<>(graph.outputs());
      graph.updates().entrySet().stream()
          .sorted(Map.Entry.comparingByKey())
          .forEach(u -> wanted.add(u.getValue()));
    }

    Program build() {
      Map<Value, Integer> lastUse = lifetimes();
      for (int i = 0; i < graph.inputs().size(); i++) {
        place.put(new Value(graph.inputs().get(i), 0), new Place.Argument(i));
      }
      for (Value value : wanted) {
        place.computeIfAbsent(root(value), v -> result(v, lastUse));
      }
      for (int id = 0; id < graph.nodes().size(); id++) {
        if (graph.nodes().get(id) instanceof Node.Apply node && !Constants.isAlias(node)) {
          placeOutputs(id, node, lastUse);
        }
      }
      return program();
    }

    private Program program() {
      var preparation = new ArrayList<Task>();
      var steps = new ArrayList<Task>();
      for (int id = 0; id < graph.nodes().size(); id++) {
        if (graph.nodes().get(id) instanceof Node.Apply node && !Constants.isAlias(node)) {
          var operands = new ArrayList<Place>();
          for (int i = 0; i < node.inputs().size(); i++) {
            Place from = place(node.inputs().get(i));
            Long bytes = packed.get(new Packed(id, i));
            if (bytes != null) {
              Place to = prepared(bytes);
              preparation.add(new Task.Pack(id, i, List.of(from, to)));
              operands.add(to);
            } else {
              operands.add(from);
            }
          }
          for (int k = 0; k < node.types().size(); k++) {
            operands.add(place(new Value(id, k)));
          }
          (constants.nodes().contains(id) ? preparation : steps).add(new Task.Apply(id, operands));
        }
      }
      return new Program(
          preparation,
          steps,
          wanted.stream().map(this::place).toList(),
          results,
          arena.bytes(),
          preparedBytes);
    }

    private Place prepared(long bytes) {
      long offset = preparedBytes;
      preparedBytes += Math.max(1, (bytes + ALIGNMENT - 1) / ALIGNMENT) * ALIGNMENT;
      return new Place.Prepared(offset);
    }

    /**
     * Position of the last step that reads each root. What is prepared in order before all steps
     * shares the arena with them by the same positions.
     */
    private Map<Value, Integer> lifetimes() {
      var last = new HashMap<Value, Integer>();
      for (int id = 0; id < graph.nodes().size(); id++) {
        if (graph.nodes().get(id) instanceof Node.Apply node) {
          int at = id;
          if (Constants.isAlias(node)) {
            root.put(new Value(id, 0), root(node.inputs().getFirst()));
          } else if (!constants.nodes().contains(id)) {
            for (int i = 0; i < node.inputs().size(); i++) {
              if (!packed.containsKey(new Packed(id, i))) {
                readBySteps.add(root(node.inputs().get(i)));
              }
            }
          }
          node.inputs().forEach(v -> last.merge(root(v), at, Math::max));
        }
      }
      return last;
    }

    private void placeOutputs(int id, Node.Apply node, Map<Value, Integer> lastUse) {
      for (int k = 0; k < node.types().size(); k++) {
        Value value = new Value(id, k);
        if (constants.nodes().contains(id) && readBySteps.contains(value)) {
          place.put(value, prepared(graph.type(value).bytes()));
        } else if (!place.containsKey(value)) {
          int until = Math.max(id, lastUse.getOrDefault(value, id));
          Place.Arena old = overwritten(id, node, value, lastUse);
          if (old == null) {
            place.put(value, new Place.Arena(arena.take(graph.type(value).bytes(), id, until)));
          } else {
            arena.extend(old.offset(), id, until);
            place.put(value, old);
          }
        }
      }
    }

    /** The place of an input that dies here, if this output can be written over it. */
    private Place.@Nullable Arena overwritten(
        int id, Node.Apply node, Value value, Map<Value, Integer> lastUse) {
      if (!inPlace || !(node.op() instanceof Op.Pointwise)) {
        return null;
      }
      for (Value input : node.inputs()) {
        Value old = root(input);
        if (place(old) instanceof Place.Arena at
            && lastUse.getOrDefault(old, -1) == id
            && readPlaceByPlace(node, old, value)
            && IntStream.range(0, value.output())
                .noneMatch(k -> at.equals(place.get(new Value(id, k))))) {
          return at;
        }
      }
      return null;
    }

    /** Whether a pointwise operator reads a value only at the places that it writes. */
    private boolean readPlaceByPlace(Node.Apply maker, Value old, Value next) {
      return maker.inputs().stream()
          .filter(in -> root(in).equals(old))
          .allMatch(in -> graph.type(in).equals(graph.type(next)));
    }

    private Place result(Value value, Map<Value, Integer> lastUse) {
      if (!(graph.nodes().get(value.node()) instanceof Node.Apply maker)) {
        throw new IllegalStateException(value + " is an argument, not a result");
      }
      results.add(new Result(graph.type(value).bytes(), maker, replaced(value, maker, lastUse)));
      return new Place.Result(results.size() - 1);
    }

    private int replaced(Value value, Node.Apply maker, Map<Value, Integer> lastUse) {
      if (!inPlace || !(maker.op() instanceof Op.Pointwise)) {
        return -1;
      }
      for (int i = 0; i < graph.inputs().size(); i++) {
        Value old = new Value(graph.inputs().get(i), 0);
        Value next = graph.updates().get(old.node());
        if (next != null
            && root(next).equals(value)
            && lastUse.getOrDefault(old, -1) == value.node()
            && wanted.stream().noneMatch(w -> root(w).equals(old))
            && readPlaceByPlace(maker, old, value)) {
          return i;
        }
      }
      return -1;
    }

    private Place place(Value value) {
      Place found = place.get(root(value));
      if (found == null) {
        throw new IllegalStateException(value + " has no place");
      }
      return found;
    }

    private Value root(Value value) {
      return root.getOrDefault(value, value);
    }
  }
}
