package io.gluonj.io;

import io.gluonj.graph.Graph;
import io.gluonj.graph.Node;
import io.gluonj.tensor.CompiledFunction;
import io.gluonj.tensor.NDArray;
import io.gluonj.tensor.Symbol;
import io.gluonj.types.Device;
import io.gluonj.types.FileFormatException;
import io.gluonj.types.InvalidArgumentException;
import io.gluonj.types.TensorType;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A model as MXNet exports it: a graph and the values of its parameters.
 *
 * @param graph its variables: data named by {@code inputNames}, parameters and auxiliary states
 * @param params values by variable name, without {@code arg:} and {@code aux:}
 * @param inputNames the variables that have no stored value, in MXNet's order
 */
public record SymbolModel(Graph graph, Map<String, NDArray> params, List<String> inputNames)
    implements AutoCloseable {
  public SymbolModel {
    params = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(params));
    inputNames = List.copyOf(inputNames);
  }

  /**
   * Loads an exported model. No list of names is needed: an input is a variable without a stored
   * value.
   *
   * @param symbol the {@code -symbol.json}
   * @param params the {@code .params} of the same export; keys with or without {@code arg:} and
   *     {@code aux:}
   * @param inputs types of the inputs; all of them, if the graph is to be compiled
   * @throws FileFormatException if a file is corrupt
   * @throws InvalidArgumentException if the files do not belong together; the message lists what is
   *     missing and what is superfluous
   */
  public static SymbolModel load(
      Path symbol, Path params, Map<String, TensorType> inputs, Device device) {
    String json = text(symbol);
    Map<String, NDArray> values = plainNames(params, ParamsFile.read(params, device));
    boolean done = false;
    try {
      var types = new LinkedHashMap<String, TensorType>();
      values.forEach((name, array) -> types.put(name, array.type()));
      Graph graph = SymbolJson.fromJson(json, symbol.toString(), inputs, types);
      List<String> free = checkedInputs(symbol, params, graph, values, inputs);
      done = true;
      return new SymbolModel(graph, values, free);
    } finally {
      if (!done) {
        values.values().forEach(NDArray::close);
      }
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (MalformedInputException e) {
      throw new FileFormatException(
          file + " is no text in UTF-8",
          "a symbol JSON is UTF-8 text",
          "pass the -symbol.json first and the .params second",
          e);
    } catch (IOException e) {
      throw new InvalidArgumentException(
          file + " cannot be read: " + e,
          "the file does not exist or the system refuses to open it",
          "check the path and its permissions",
          e);
    }
  }

  private static Map<String, NDArray> plainNames(Path file, Map<String, NDArray> stored) {
    var plain = new LinkedHashMap<String, NDArray>();
    stored.forEach((key, array) -> {
      String name = key.startsWith("arg:") || key.startsWith("aux:") ? key.substring(4) : key;
      if (plain.put(name, array) != null) {
        stored.values().forEach(NDArray::close);
        throw new FileFormatException(
            file + ": '" + name + "' is stored twice",
            "the prefixes arg: and aux: do not make two parameters of one name",
            "export the model again");
      }
    });
    return plain;
  }

  /** The graph's inputs, once every stored value has its place and every parameter a value. */
  private static List<String> checkedInputs(
      Path symbol,
      Path params,
      Graph graph,
      Map<String, NDArray> values,
      Map<String, TensorType> inputs) {
    var free = new ArrayList<String>();
    var missing = new ArrayList<String>();
    var unexpected = new ArrayList<>(values.keySet());
    for (Node.Variable variable : graph.variables()) {
      String name = variable.name();
      unexpected.remove(name);
      if (inputs.containsKey(name)) {
        free.add(name);
      } else if (!values.containsKey(name)) {
        boolean data = variable.role() == Symbol.Role.DATA;
        boolean declared = variable.attributes().containsKey("__shape__");
        (data && !declared ? free : missing).add(name);
      }
    }
    if (!missing.isEmpty() || !unexpected.isEmpty()) {
      var text = new StringBuilder(symbol + " and " + params + " do not belong together:");
      missing.forEach(n -> text.append("\n    missing     ").append(n).append(near(n, unexpected)));
      unexpected.forEach(n -> text.append("\n    unexpected  ").append(n).append(near(n, missing)));
      throw new InvalidArgumentException(
          text.toString(),
          "every parameter of the graph needs a value, and every value a parameter",
          "pass the two files of one export, or name variables that are inputs as such");
    }
    return free;
  }

  private static String near(String name, List<String> candidates) {
    return Suggestions.forName(name, candidates);
  }

  /**
   * A function for the graph on a device; {@link #arguments} makes what it is called with.
   *
   * @throws InvalidArgumentException if the types of the inputs were not all given
   */
  public CompiledFunction function(String name, Device device) {
    return new CompiledFunction(name, graph, device);
  }

  /** The stored values and the given inputs in the order in which the graph takes them. */
  public List<NDArray> arguments(Map<String, NDArray> inputs) {
    return graph.variables().stream().map(v -> argument(v.name(), inputs)).toList();
  }

  private NDArray argument(String name, Map<String, NDArray> inputs) {
    NDArray given = inputs.get(name);
    NDArray array = given != null ? given : params.get(name);
    if (array == null) {
      throw new InvalidArgumentException(
          "input '" + name + "' was not passed",
          "the graph's inputs are " + inputNames,
          "pass an array for each of them");
    }
    return array;
  }

  /** Frees the parameters. */
  @Override
  public void close() {
    params.values().forEach(NDArray::close);
  }
}
