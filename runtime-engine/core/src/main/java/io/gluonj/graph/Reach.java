package io.gluonj.graph;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Which nodes of a graph come before and after which, where some have been merged into groups. */
final class Reach {
  private final List<BitSet> before = new ArrayList<>();
  private final List<BitSet> after = new ArrayList<>();

  Reach(Graph graph) {
    for (int id = 0; id < graph.nodes().size(); id++) {
      BitSet known = new BitSet();
      if (graph.nodes().get(id) instanceof Node.Apply node) {
        for (Value input : node.inputs()) {
          known.set(input.node());
          known.or(before.get(input.node()));
        }
      }
      before.add(known);
      after.add(new BitSet());
    }
    for (int id = 0; id < before.size(); id++) {
      int own = id;
      before.get(id).stream().forEach(earlier -> after.get(earlier).set(own));
    }
  }

  /** How many nodes come before one: less than before any node that follows it. */
  int depth(int id) {
    return before.get(id).cardinality();
  }

  /** Whether some nodes can be computed at once: no other one lies between two of them. */
  boolean convex(BitSet nodes) {
    BitSet between = union(before, nodes);
    between.and(union(after, nodes));
    between.andNot(nodes);
    return between.isEmpty();
  }

  private static BitSet union(List<BitSet> of, BitSet nodes) {
    BitSet all = new BitSet();
    nodes.stream().forEach(id -> all.or(of.get(id)));
    return all;
  }

  /** Makes nodes one: what comes before or after any of them does so with all. */
  void merge(BitSet nodes) {
    BitSet earlier = union(before, nodes);
    earlier.andNot(nodes);
    BitSet later = union(after, nodes);
    later.andNot(nodes);
    nodes.stream()
        .forEach(id -> {
          before.set(id, (BitSet) earlier.clone());
          after.set(id, (BitSet) later.clone());
        });
    later.stream()
        .forEach(id -> {
          before.get(id).or(earlier);
          before.get(id).or(nodes);
        });
    earlier.stream()
        .forEach(id -> {
          after.get(id).or(later);
          after.get(id).or(nodes);
        });
  }
}
