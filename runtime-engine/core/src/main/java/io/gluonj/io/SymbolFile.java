package io.gluonj.io;

import java.util.List;
import java.util.Map;

/**
 * A symbol JSON as it stands in the file, before its operators are understood.
 *
 * @param nodes every node follows its inputs
 * @param heads the outputs
 */
record SymbolFile(List<RawNode> nodes, List<Entry> heads) {
  /** The operator of a variable. */
  static final String VARIABLE = "null";

  SymbolFile {
    nodes = List.copyOf(nodes);
    heads = List.copyOf(heads);
  }

  /** Output {@code output} of node {@code node}. */
  record Entry(int node, int output) {}

  /** A node; {@code attributes} joins the legacy keys attr and param. */
  record RawNode(
      String op,
      String name,
      Map<String, String> attributes,
      List<Entry> inputs,
      boolean hasSubgraphs) {
    boolean isVariable() {
      return op.equals(VARIABLE);
    }
  }
}
