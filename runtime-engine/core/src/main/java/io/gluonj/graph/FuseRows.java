package io.gluonj.graph;

import io.gluonj.op.RowNest;
import io.gluonj.op.Scalar;
import io.gluonj.tensor.Symbol;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Merges reductions along the last axes of a shape, the pointwise operators on that shape around
 * them and those on what was reduced into one pass over rows: softmax, normalizations and their
 * gradients read and write memory once. Nothing is computed twice for it: a value that others read
 * becomes an output of the pass.
 */
public final class FuseRows {
  /** Shorter rows are too little for vectors, unless there are few values altogether. */
  private static final long SHORTEST = 8;

  /** With fewer rows than this threads and GPUs lack work, unless there is little to do. */
  private static final long FEWEST = 8;

  private static final long LITTLE = 1 << 14;

  private static final int MAX_INPUTS = 12;
  private static final int MAX_OUTPUTS = 6;

  /**
   * Terms of all expressions together; beyond it compile time grows without saving memory traffic.
   */
  private static final int MAX_SIZE = 500;

  private final Graph graph;
  private final Reach reach;
  private final List<List<Integer>> readers = new ArrayList<>();
  private final Set<Value> results = new HashSet<>();
  private final BitSet taken = new BitSet();

  private FuseRows(Graph graph) {
    this.graph = graph;
    this.reach = new Reach(graph);
    graph.nodes().forEach(n -> readers.add(new ArrayList<>()));
    for (int id = 0; id < graph.nodes().size(); id++) {
      if (graph.nodes().get(id) instanceof Node.Apply node) {
        for (Value input : node.inputs()) {
          readers.get(input.node()).add(id);
        }
      }
    }
    results.addAll(graph.outputs());
    results.addAll(graph.updates().values());
  }

  public static Graph apply(Graph graph) {
    if (IntStream.range(0, graph.nodes().size())
        .noneMatch(id -> RowGroup.around(graph, id).isPresent())) {
      return graph;
    }
    return new FuseRows(graph).run();
  }

  private Graph run() {
    Map<Integer, RowFusion> fusions = new HashMap<>();
    for (int id = 0; id < graph.nodes().size(); id++) {
      RowGroup group = taken.get(id) ? null : RowGroup.around(graph, id).orElse(null);
      if (group != null && pays(group)) {
        grow(group);
        if (saves(group)) {
          BitSet nodes = bits(group);
          reach.merge(nodes);
          taken.or(nodes);
          RowFusion fusion = RowFusion.of(group, needed(group));
          group.members().forEach(member -> fusions.put(member, fusion));
        }
      }
    }
    return fusions.isEmpty() ? graph : rebuild(fusions);
  }

  private static boolean pays(RowGroup group) {
    long size = group.space().size();
    return size > 0
        && (group.rowLength() >= SHORTEST || size <= LITTLE)
        && (group.rows() >= FEWEST || size <= LITTLE);
  }

  /** Whether there is a pass over the whole that the group does not need. */
  private boolean saves(RowGroup group) {
    long whole =
        group.members().stream()
            .map(group::node)
            .filter(n ->
                n.types().getFirst().shape().equals(group.space())
                    || graph.type(n.inputs().getFirst()).shape().equals(group.space()))
            .count();
    return whole > 1;
  }

  private static BitSet bits(RowGroup group) {
    BitSet nodes = new BitSet();
    group.members().forEach(nodes::set);
    return nodes;
  }

  /** Adds neighbours as long as there are any that fit. */
  private void grow(RowGroup group) {
    var refused = new HashSet<Integer>();
    boolean grown = true;
    while (grown) {
      grown = false;
      refused.clear();
      for (int id : neighbours(group)) {
        if (refused.add(id) && admit(group, id)) {
          grown = true;
        }
      }
    }
  }

  private List<Integer> neighbours(RowGroup group) {
    return group.members().stream()
        .flatMap(id ->
            Stream.concat(
                group.node(id).inputs().stream().map(Value::node), readers.get(id).stream()))
        .filter(id -> !group.members().contains(id) && !taken.get(id))
        .distinct()
        .sorted()
        .toList();
  }

  /** Adds a node, if what members read of it stays the same and limits are kept. */
  private boolean admit(RowGroup group, int id) {
    if (group.kind(id).isEmpty()) {
      return false;
    }
    BitSet nodes = bits(group);
    nodes.set(id);
    if (!reach.convex(nodes)) {
      return false;
    }
    group.members().add(id);
    boolean fits =
        readers.get(id).stream()
            .filter(group.members()::contains)
            .allMatch(reader -> group.kind(reader).isPresent());
    if (!fits || !small(RowFusion.of(group, needed(group)))) {
      group.members().remove(id);
      return false;
    }
    return true;
  }

  private static boolean small(RowFusion fusion) {
    RowNest nest = fusion.op().nest();
    return fusion.inputs().size() <= MAX_INPUTS
        && nest.stores().size() <= MAX_OUTPUTS
        && Stream.concat(nest.bodies().stream(), nest.results().stream().map(RowNest.Write::body))
                .mapToInt(FuseRows::size)
                .sum()
            <= MAX_SIZE;
  }

  private static int size(Scalar e) {
    return switch (e) {
      case Scalar.Arg _, Scalar.Const _, Scalar.Iota _, Scalar.Uniform _ -> 1;
      case Scalar.Unary(var _, Scalar x) -> 1 + size(x);
      case Scalar.Binary(var _, Scalar a, Scalar b) -> 1 + size(a) + size(b);
      case Scalar.Select(Scalar c, Scalar a, Scalar b) -> 1 + size(c) + size(a) + size(b);
    };
  }

  /** Members' values that are read outside. */
  private Set<Value> needed(RowGroup group) {
    var needed = new HashSet<Value>();
    for (int id : group.members()) {
      Value value = new Value(id, 0);
      if (results.contains(value)
          || readers.get(id).stream().anyMatch(r -> !group.members().contains(r))) {
        needed.add(value);
      }
    }
    return needed;
  }

  private void place(RowFusion fusion, Map<Value, Symbol> made) {
    fusion.same().forEach((value, other) -> made.put(value, made.get(other)));
    if (fusion.outputs().isEmpty()) {
      return;
    }
    Node.Apply last = (Node.Apply) graph.nodes().get(fusion.outputs().getLast().node());
    List<Symbol> in = fusion.inputs().stream().map(made::get).toList();
    List<Symbol> out = Rewrite.replace(last, fusion.op(), in);
    for (int k = 0; k < out.size(); k++) {
      made.put(fusion.outputs().get(k), out.get(k));
    }
  }

  /** Each node, or the group it is in, after all that it reads. */
  private Graph rebuild(Map<Integer, RowFusion> fusions) {
    Map<Value, Symbol> made = new HashMap<>();
    List<Integer> order =
        IntStream.range(0, graph.nodes().size())
            .boxed()
            .sorted(Comparator.comparingInt(reach::depth))
            .toList();
    var done = new HashSet<RowFusion>();
    for (int id : order) {
      switch (graph.nodes().get(id)) {
        case Node.Variable v ->
            made.put(new Value(id, 0), Symbol.var(v.name(), v.type(), v.role(), v.attributes()));
        case Node.Apply node -> {
          RowFusion fusion = fusions.get(id);
          if (fusion == null) {
            List<Symbol> out =
                Rewrite.keep(graph, node, node.inputs().stream().map(made::get).toList());
            IntStream.range(0, out.size()).forEach(k -> made.put(new Value(id, k), out.get(k)));
          } else if (done.add(fusion)) {
            place(fusion, made);
          }
        }
      }
    }
    var updates = new LinkedHashMap<Symbol, Symbol>();
    graph.updates().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(u -> updates.put(made.get(new Value(u.getKey(), 0)), made.get(u.getValue())));
    return Graph.of(
        graph.inputs().stream().map(i -> made.get(new Value(i, 0))).toList(),
        graph.outputs().stream().map(made::get).toList(),
        updates);
  }
}
