package io.gluonj.io;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import io.gluonj.io.SymbolFile.Entry;
import io.gluonj.io.SymbolFile.RawNode;
import io.gluonj.types.FileFormatException;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reads the structure of a symbol JSON, token by token; nothing is trusted. */
final class SymbolParser {
  private static final Set<String> SKIPPED = Set.of("node_row_ptr", "attrs", "arg_nodes");

  /** Keys of nodes that only place or order them. */
  private static final Set<String> SKIPPED_OF_NODE = Set.of("control_deps", "backward_source_id");

  private final JsonReader in;
  private final String source;
  private final List<RawNode> nodes = new ArrayList<>();
  private final List<Entry> heads = new ArrayList<>();

  private SymbolParser(String json, String source) {
    this.in = new JsonReader(new StringReader(json));
    this.in.setStrictness(Strictness.STRICT);
    this.source = source;
  }

  /**
   * Parses.
   *
   * @param source what messages call the text
   * @throws FileFormatException if the text is no symbol JSON
   */
  static SymbolFile parse(String json, String source) {
    SymbolParser parser = new SymbolParser(json, source);
    try {
      return parser.file();
    } catch (IOException | IllegalStateException | NumberFormatException e) {
      throw new FileFormatException(
          source + ", at " + parser.in.getPath() + ": " + e.getMessage(),
          "this is not well-formed symbol JSON",
          "copy or export the file again",
          e);
    }
  }

  private SymbolFile file() throws IOException {
    var seen = new HashSet<String>();
    in.beginObject();
    while (in.hasNext()) {
      String key = once(seen, in.nextName());
      switch (key) {
        case "nodes" -> nodes();
        case "heads" -> entries(heads);
        case String k when SKIPPED.contains(k) -> in.skipValue();
        default -> throw fail("the key '" + key + "' is unknown");
      }
    }
    in.endObject();
    if (in.peek() != JsonToken.END_DOCUMENT) {
      throw fail("there is text after the end of the graph");
    }
    if (!seen.containsAll(Set.of("nodes", "heads", "arg_nodes"))) {
      throw fail("found only the keys " + seen + " of nodes, arg_nodes and heads");
    }
    if (heads.isEmpty()) {
      throw fail("heads is empty, so that the graph has no output");
    }
    for (int i = 0; i < nodes.size(); i++) {
      int limit = i;
      nodes.get(i).inputs().forEach(e -> check(e, limit));
    }
    heads.forEach(e -> check(e, nodes.size()));
    return new SymbolFile(nodes, heads);
  }

  private void check(Entry entry, int limit) {
    if (entry.node() < 0 || entry.node() >= limit || entry.output() < 0) {
      throw fail(
          "an entry refers to output "
              + entry.output()
              + " of node "
              + entry.node()
              + ", which does not precede it");
    }
  }

  private void nodes() throws IOException {
    in.beginArray();
    while (in.hasNext()) {
      nodes.add(node());
    }
    in.endArray();
  }

  private RawNode node() throws IOException {
    var seen = new HashSet<String>();
    String op = "";
    String name = "";
    boolean subgraphs = false;
    Map<String, String> attributes = new TreeMap<>();
    var inputs = new ArrayList<Entry>();
    in.beginObject();
    while (in.hasNext()) {
      String key = once(seen, in.nextName());
      switch (key) {
        case "op" -> op = in.nextString();
        case "name" -> name = in.nextString();
        case "attrs", "attr", "param" -> attributes(attributes);
        case "inputs" -> entries(inputs);
        case "subgraphs" -> {
          subgraphs = true;
          in.skipValue();
        }
        case String k when SKIPPED_OF_NODE.contains(k) -> in.skipValue();
        default -> throw fail("the key '" + key + "' of a node is unknown");
      }
    }
    in.endObject();
    if (!seen.containsAll(Set.of("op", "name", "inputs"))) {
      throw fail("node " + nodes.size() + " lacks op, name or inputs");
    }
    return new RawNode(op, name, Map.copyOf(attributes), List.copyOf(inputs), subgraphs);
  }

  private void attributes(Map<String, String> into) throws IOException {
    in.beginObject();
    while (in.hasNext()) {
      String key = in.nextName();
      if (into.putIfAbsent(key, in.nextString()) != null) {
        throw fail("attribute '" + key + "' is stated twice");
      }
    }
    in.endObject();
  }

  /** Entries of three numbers (node, output, version) or, in old files, of two. */
  private void entries(List<Entry> into) throws IOException {
    in.beginArray();
    while (in.hasNext()) {
      in.beginArray();
      into.add(new Entry(in.nextInt(), in.nextInt()));
      if (in.hasNext()) {
        int _ = in.nextInt();
      }
      in.endArray();
    }
    in.endArray();
  }

  private String once(Set<String> seen, String key) {
    if (!seen.add(key)) {
      throw fail("the key '" + key + "' occurs twice");
    }
    return key;
  }

  private FileFormatException fail(String what) {
    return new FileFormatException(
        source + ", at " + in.getPath() + ": " + what,
        "a symbol JSON has nodes, arg_nodes and heads, and each node op, name and inputs that"
            + " precede it",
        "export the file again");
  }
}
