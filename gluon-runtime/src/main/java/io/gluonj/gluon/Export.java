package io.gluonj.gluon;

import io.gluonj.graph.Node;
import io.gluonj.io.ParamsFile;
import io.gluonj.io.SymbolJson;
import io.gluonj.io.WholeFile;
import io.gluonj.tensor.NDArray;
import io.gluonj.types.InvalidArgumentException;
import io.gluonj.types.TensorType;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes a block as MXNet's pair of files: the graph, and the parameters under full names. */
final class Export {
  private Export() {}

  static List<Path> write(HybridBlock block, List<TensorType> inputs, Path name, int epoch) {
    if (epoch < 0) {
      throw new InvalidArgumentException(
          "export of " + block.path() + " with epoch " + epoch,
          "the number becomes part of the file's name",
          "pass 0 or more");
    }
    block.collectParams(); // refuses names that stand for two parameters
    Trace.Traced traced = Trace.infer(block, inputs);
    String json = SymbolJson.toJson(traced.graph());
    Map<String, NDArray> arrays = new LinkedHashMap<>();
    List<Node.Variable> variables = traced.graph().variables();
    Path symbol = beside(name, "-symbol.json");
    Path params = beside(name, "-%04d.params".formatted(epoch));
    try {
      for (int i = 0; i < traced.parameters().size(); i++) {
        int at = inputs.size() + i;
        boolean changed = traced.graph().updates().containsKey(traced.graph().inputs().get(at));
        arrays.put(
            (changed ? "aux:" : "arg:") + variables.get(at).name(),
            ParameterFiles.stored(traced.parameters().get(i)));
      }
      ParamsFile.write(params, arrays);
    } finally {
      arrays.values().forEach(NDArray::close);
    }
    WholeFile.writeText(symbol, json);
    return List.of(symbol, params);
  }

  private static Path beside(Path name, String ending) {
    return name.resolveSibling(name.getFileName() + ending);
  }
}
