package io.gluonj.backend;

import io.gluonj.graph.Graph;
import io.gluonj.graph.Node;
import io.gluonj.graph.Value;
import io.gluonj.op.Op;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A graph of primitive operators with a place for every value: what an executable runs.
 *
 * @param steps applications in order
 * @param inputs places of each step's inputs
 * @param stepOutputs places of each step's outputs
 * @param outputs places of the graph's outputs, then of its updates' new values
 * @param results the storages made for results
 * @param arenaBytes size of the block that holds all intermediate values
 */
record Program(
    List<Node.Apply> steps,
    List<List<Place>> inputs,
    List<List<Place>> stepOutputs,
    List<Place> outputs,
    List<Result> results,
    long arenaBytes) {

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
  }

  /**
   * Places all values: results apart, aliases with their origin, the rest packed by lifetime.
   *
   * @param inPlace whether pointwise operators may write over what they read
   */
  static Program of(Graph graph, boolean inPlace) {
    return new Builder(graph, inPlace).build();
  }

  private static final class Builder {
    private final Graph graph;
    private final boolean inPlace;
    private final List<Value> wanted;
    private final Map<Value, Value> root = new HashMap<>();
    private final Map<Value, Place> place = new HashMap<>();
    private final List<Result> results = new ArrayList<>();
    private final ArenaPlan arena = new ArenaPlan();

    Builder(Graph graph, boolean inPlace) {
      this.graph = graph;
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
        if (graph.nodes().get(id) instanceof Node.Apply node && !isAlias(node)) {
          placeOutputs(id, node, lastUse);
        }
      }
      return program();
    }

    private Program program() {
      var steps = new ArrayList<Node.Apply>();
      var inputs = new ArrayList<List<Place>>();
      var outputs = new ArrayList<List<Place>>();
      for (int id = 0; id < graph.nodes().size(); id++) {
        if (graph.nodes().get(id) instanceof Node.Apply node && !isAlias(node)) {
          steps.add(node);
          inputs.add(node.inputs().stream().map(this::place).toList());
          var out = new ArrayList<Place>();
          for (int k = 0; k < node.types().size(); k++) {
            out.add(place(new Value(id, k)));
          }
          outputs.add(out);
        }
      }
      return new Program(
          steps,
          inputs,
          outputs,
          wanted.stream().map(this::place).toList(),
          results,
          arena.bytes());
    }

    /** Position of the last step that reads each root. */
    private Map<Value, Integer> lifetimes() {
      var last = new HashMap<Value, Integer>();
      for (int id = 0; id < graph.nodes().size(); id++) {
        if (graph.nodes().get(id) instanceof Node.Apply node) {
          int at = id;
          if (isAlias(node)) {
            root.put(new Value(id, 0), root(node.inputs().getFirst()));
          }
          node.inputs().forEach(v -> last.merge(root(v), at, Math::max));
        }
      }
      return last;
    }

    private void placeOutputs(int id, Node.Apply node, Map<Value, Integer> lastUse) {
      for (int k = 0; k < node.types().size(); k++) {
        Value value = new Value(id, k);
        if (!place.containsKey(value)) {
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

    private static boolean isAlias(Node.Apply node) {
      return node.op() instanceof Op.Structural s && s.alias();
    }
  }
}
