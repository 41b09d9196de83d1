package io.gluonj.io;

import io.gluonj.graph.Graph;
import io.gluonj.op.Op;
import io.gluonj.tensor.Symbol;
import io.gluonj.types.DType;
import io.gluonj.types.FileFormatException;
import io.gluonj.types.InvalidArgumentException;
import io.gluonj.types.Shape;
import io.gluonj.types.ShapeException;
import io.gluonj.types.TensorType;
import io.gluonj.types.UnsupportedOpException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * MXNet's {@code -symbol.json}: a graph with operators by name and attributes as text, without
 * values. Written in the exact layout of MXNet 1.9.
 *
 * <p>A graph that was read can be written again. Attributes that only steer MXNet's kernels are
 * dropped, and so are those of operator nodes between double underscores.
 */
public final class SymbolJson {
  private SymbolJson() {}

  /**
   * Writes the part of a graph that its outputs need.
   *
   * @throws UnsupportedOpException if a node's operator has no name in MXNet
   */
  public static String toJson(Graph graph) {
    return new SymbolWriter(graph).write();
  }

  /** Writes the graph of some symbols. */
  public static String toJson(Symbol... outputs) {
    return toJson(Graph.of(List.of(), List.of(outputs)));
  }

  /**
   * Reads a graph. Its variables come in MXNet's order; those named in {@code inputs} are data,
   * those that operators change are auxiliary, the others parameters. Without {@code inputs},
   * variables of undeclared shape are data.
   *
   * @param inputs shapes of float32 inputs by name; the other shapes are inferred from them
   * @throws FileFormatException if the text is no symbol JSON
   * @throws UnsupportedOpException if nodes have operators or attributes that are not supported;
   *     the message lists all of them
   * @throws InvalidArgumentException if an input is named that the graph does not have
   * @throws ShapeException if the shapes do not fit the graph
   */
  public static Graph fromJson(String json, Map<String, Shape> inputs) {
    var types = new TreeMap<String, TensorType>();
    inputs.forEach((name, shape) -> types.put(name, new TensorType(shape, DType.FLOAT32)));
    return fromJson(json, "symbol JSON", types, Map.of());
  }

  /**
   * Reads a graph of which more is known; see {@link #fromJson(String, Map)}.
   *
   * @param source what messages call the text, for example its file
   * @param inputs types of the variables that the caller passes
   * @param parameters types of the variables that have stored values; if empty, all but the inputs
   */
  public static Graph fromJson(
      String json,
      String source,
      Map<String, TensorType> inputs,
      Map<String, TensorType> parameters) {
    return new SymbolBuilder(SymbolParser.parse(json, source), source, inputs, parameters).build();
  }

  /**
   * The operator that a node of a file stands for.
   *
   * @param name MXNet's name
   * @param attributes as MXNet spells them
   * @param inputs how many the node has
   * @throws UnsupportedOpException if there is no such operator, or not with these attributes or
   *     inputs; the first line of the message says which
   */
  public static Op operator(String name, Map<String, String> attributes, int inputs) {
    var problems = new ArrayList<String>();
    return OperatorText.read(name, attributes, inputs, problems::add)
        .orElseThrow(() ->
            new UnsupportedOpException(
                name + ": " + String.join("; ", problems),
                "this version has no operator with this name, these attributes and inputs",
                "use an operator and attributes that it has"));
  }
}
