package io.gluonj.io;

import io.gluonj.graph.Graph;
import io.gluonj.io.SymbolFile.Entry;
import io.gluonj.io.SymbolFile.RawNode;
import io.gluonj.op.Op;
import io.gluonj.tensor.Origin;
import io.gluonj.tensor.Symbol;
import io.gluonj.types.DType;
import io.gluonj.types.FileFormatException;
import io.gluonj.types.InvalidArgumentException;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import io.gluonj.types.UnsupportedOpException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns the structure of a symbol JSON into a graph of this framework's operators. */
final class SymbolBuilder {
  /** Problems listed in one message; a file of another framework could have thousands. */
  private static final int LISTED = 50;

  private final SymbolFile file;
  private final String source;
  private final Map<String, TensorType> inputs;
  private final Map<String, TensorType> parameters;
  private final List<String> problems = new ArrayList<>();

  /**
   * Prepares.
   *
   * @param source what messages call the file
   * @param inputs types of variables that the caller passes
   * @param parameters types of variables that have values; may be empty if that is not known
   */
  SymbolBuilder(
      SymbolFile file,
      String source,
      Map<String, TensorType> inputs,
      Map<String, TensorType> parameters) {
    this.file = file;
    this.source = source;
    this.inputs = inputs;
    this.parameters = parameters;
  }

  Graph build() {
    List<Optional<Op>> ops = ops();
    Set<Integer> auxiliary = auxiliary(ops);
    checkVariables(auxiliary);
    Map<Entry, Symbol> symbols = new HashMap<>();
    for (int i = 0; i < file.nodes().size(); i++) {
      RawNode node = file.nodes().get(i);
      Op op = ops.get(i).orElse(null);
      if (op == null) {
        symbols.put(new Entry(i, 0), variable(node, auxiliary.contains(i)));
      } else {
        List<Symbol> in = node.inputs().stream().map(e -> output(symbols, e)).toList();
        List<Symbol> out = Symbol.apply(op, node.name(), Origin.NONE, in);
        for (int k = 0; k < op.visibleOutputs(); k++) {
          symbols.put(new Entry(i, k), out.get(k));
        }
      }
    }
    return Graph.of(List.of(), file.heads().stream().map(e -> output(symbols, e)).toList());
  }

  private Symbol output(Map<Entry, Symbol> symbols, Entry entry) {
    Symbol symbol = symbols.get(entry);
    if (symbol == null) {
      throw new FileFormatException(
          source
              + ": output "
              + entry.output()
              + " of node '"
              + file.nodes().get(entry.node()).name()
              + "' is used",
          "the node has no such output, or only a hidden one",
          "export the graph again");
    }
    return symbol;
  }

  /** The operators, empty for variables; everything that is not supported is reported at once. */
  private List<Optional<Op>> ops() {
    var ops = new ArrayList<Optional<Op>>();
    for (RawNode node : file.nodes()) {
      ops.add(node.isVariable() ? Optional.empty() : op(node));
    }
    if (!problems.isEmpty()) {
      throw new UnsupportedOpException(
          source
              + ": "
              + problems.size()
              + " of "
              + file.nodes().size()
              + " nodes cannot be read:\n    "
              + String.join("\n    ", problems.subList(0, Math.min(LISTED, problems.size())))
              + (problems.size() > LISTED
                  ? "\n    and " + (problems.size() - LISTED) + " more"
                  : ""),
          "this version has no operator with these names, attributes or inputs",
          "replace these layers in the original model and export it again");
    }
    return ops;
  }

  private Optional<Op> op(RawNode node) {
    var found = new ArrayList<String>();
    Optional<Op> op = Optional.empty();
    if (node.hasSubgraphs()) {
      found.add("subgraphs are not supported");
    } else {
      op = OperatorText.read(node.op(), node.attributes(), node.inputs().size(), found::add);
    }
    if (!found.isEmpty()) {
      problems.add(describe(node) + String.join("; ", found));
    }
    return op;
  }

  private static String describe(RawNode node) {
    return node.op() + " '" + node.name() + "': ";
  }

  /** Variables that operators change. */
  private Set<Integer> auxiliary(List<Optional<Op>> ops) {
    var found = new HashSet<Integer>();
    for (int i = 0; i < ops.size(); i++) {
      RawNode node = file.nodes().get(i);
      ops.get(i)
          .ifPresent(op ->
              op.updates().keySet().stream()
                  .map(input -> node.inputs().get(input).node())
                  .filter(id -> file.nodes().get(id).isVariable())
                  .forEach(found::add));
    }
    return found;
  }

  private void checkVariables(Set<Integer> auxiliary) {
    var names = new HashSet<String>();
    var free = new ArrayList<String>();
    for (int i = 0; i < file.nodes().size(); i++) {
      RawNode node = file.nodes().get(i);
      if (!node.isVariable()) {
        continue;
      }
      if (!node.inputs().isEmpty() || !names.add(node.name())) {
        throw new FileFormatException(
            source + ": variable '" + node.name() + "' has inputs or occurs twice",
            "a variable is one value from outside, known by its name",
            "export the graph again");
      }
      if (!auxiliary.contains(i) && !isParameter(node)) {
        free.add(node.name());
      }
    }
    for (String input : inputs.keySet()) {
      if (!names.contains(input)) {
        throw new InvalidArgumentException(
            source + ": input '" + input + "' was named",
            "the graph has no variable of that name" + Suggestions.forName(input, names),
            "the graph's inputs are " + free);
      }
    }
  }

  private boolean isParameter(RawNode node) {
    return parameters.isEmpty()
        ? node.attributes().containsKey("__shape__")
        : parameters.containsKey(node.name());
  }

  private Symbol variable(RawNode node, boolean auxiliary) {
    TensorType given = inputs.get(node.name());
    TensorType stored = parameters.get(node.name());
    boolean parameter =
        given == null && (isParameter(node) || (parameters.isEmpty() && !inputs.isEmpty()));
    Symbol.Role role =
        auxiliary ? Symbol.Role.AUXILIARY : parameter ? Symbol.Role.PARAMETER : Symbol.Role.DATA;
    TensorType type = given != null ? given : stored != null ? stored : declared(node);
    return Symbol.var(node.name(), type, role, node.attributes());
  }

  private TensorType declared(RawNode node) {
    return new TensorType(
        shape(node, node.attributes().get("__shape__")),
        type(node, node.attributes().get("__dtype__")));
  }

  private Shape shape(RawNode node, @Nullable String text) {
    if (text == null || text.equals("None")) {
      return Shape.unknown();
    }
    try {
      List<?> dims = (List<?>) PythonText.read(LONGS, text);
      return dims.isEmpty()
          ? Shape.unknown() // to MXNet a shape without axes is one that nobody knows
          : Shape.ofGluon(dims.stream().mapToLong(d -> (Long) d).toArray());
    } catch (IllegalArgumentException | InvalidArgumentException e) {
      throw bad(node, "__shape__", text, "a tuple of extents", e);
    }
  }

  private DType type(RawNode node, @Nullable String text) {
    if (text == null || text.equals("-1") || text.equals("None")) {
      return DType.FLOAT32;
    }
    for (DType type : DType.values()) {
      if (text.equals(Integer.toString(type.code()))) {
        return type;
      }
    }
    throw bad(node, "__dtype__", text, "the number of a known element type", null);
  }

  private FileFormatException bad(
      RawNode node, String key, String text, String expected, @Nullable Exception cause) {
    String what = source + ": variable '" + node.name() + "' has " + key + " '" + text + "'";
    String because = "the value is " + expected + ", as MXNet writes it";
    String fix = "export the graph again";
    return cause == null
        ? new FileFormatException(what, because, fix)
        : new FileFormatException(what, because, fix, cause);
  }

  private record Longs(List<Long> values) {}

  private static final java.lang.reflect.Type LONGS =
      Longs.class.getRecordComponents()[0].getGenericType();
}
