package io.gluonj.graph;

import io.gluonj.tensor.SymbolNode;
import java.util.List;

/** Shape inference over a whole graph under construction, until nothing more can be learnt. */
final class Inference {
  private Inference() {}

  static void complete(List<SymbolNode> nodes) {
    boolean changed = true;
    while (changed) {
      changed = false;
      for (SymbolNode node : nodes) {
        changed |= node.infer().changed();
      }
    }
  }
}
