package io.gluonj.gluon;

import io.gluonj.graph.Graph;
import io.gluonj.graph.Node;
import io.gluonj.graph.Value;
import io.gluonj.initializer.Zero;
import io.gluonj.io.SymbolModel;
import io.gluonj.tensor.NDArray;
import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Symbol;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.Device;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A block read from files: the computation of a {@code -symbol.json} with the parameters of a
 * {@code .params}, as MXNet and {@link HybridBlock#export} write them. It can be run, hybridized,
 * trained on and exported again like a block that was written by hand.
 */
public final class SymbolBlock extends HybridBlock {
  static {
    BlockDefinitions.register(SymbolBlock.class, new Definition());
  }

  private final Graph graph;
  private final List<String> inputNames;
  private final Map<String, Parameter> parameters = new LinkedHashMap<>();

  private SymbolBlock(SymbolModel model, Device device) {
    this.graph = model.graph();
    this.inputNames = model.inputNames();
    for (Node.Variable variable : graph.variables()) {
      NDArray value = model.params().get(variable.name());
      if (value != null) {
        parameters.put(variable.name(), parameter(variable, value, device));
      }
    }
    prefix("");
  }

  /**
   * Reads an exported model (Gluon: {@code SymbolBlock.imports}). The names of the inputs need not
   * be given: an input is a variable without a stored value.
   *
   * @param symbol the {@code -symbol.json}
   * @param params the {@code .params} of the same export
   * @param device where the parameters go
   * @throws io.gluonj.types.FileFormatException if a file is corrupt
   * @throws io.gluonj.types.InvalidArgumentException if the files do not belong together
   */
  public static SymbolBlock imports(Path symbol, Path params, Device device) {
    try (SymbolModel model = SymbolModel.load(symbol, params, Map.of(), device)) {
      return new SymbolBlock(model, device);
    }
  }

  private static Parameter parameter(Node.Variable variable, NDArray value, Device device) {
    ParamSpec spec = ParamSpec.of(value.shape()).dtype(value.dtype());
    boolean trained = variable.role() != Symbol.Role.AUXILIARY;
    Parameter parameter = new Parameter(variable.name(), trained ? spec : spec.notDifferentiable());
    parameter.initialize(new Zero(), device);
    parameter.setData(value);
    return parameter;
  }

  /** The names of the inputs in the order in which {@code call} takes them. */
  public List<String> inputNames() {
    return inputNames;
  }

  /** Calls every operator of the graph, on arrays or on symbols. */
  private List<Tensor> run(List<Tensor> inputs, ForwardParams params) {
    Map<Value, Tensor> values = new HashMap<>();
    for (int id = 0; id < graph.nodes().size(); id++) {
      switch (graph.nodes().get(id)) {
        case Node.Variable variable -> {
          int input = inputNames.indexOf(variable.name());
          values.put(
              new Value(id, 0), input >= 0 ? inputs.get(input) : params.get(variable.name()));
        }
        case Node.Apply node -> {
          List<Tensor> in = node.inputs().stream().map(values::get).toList();
          List<? extends Tensor> out = Ops.callAll(node.op(), node.name(), in);
          for (int k = 0; k < out.size(); k++) {
            values.put(new Value(id, k), out.get(k));
          }
        }
      }
    }
    return graph.outputs().stream().map(values::get).toList();
  }

  private static final class Definition implements BlockDefinition<SymbolBlock> {
    @Override
    public String hint() {
      return "symbolblock";
    }

    @Override
    public int inputs() {
      return -1;
    }

    @Override
    public boolean hybrid() {
      return true;
    }

    @Override
    public void bind(SymbolBlock block, Members members) {
      block.parameters.forEach((name, p) -> members.param(name, p, ParamSpec.of(p.shape())));
    }

    @Override
    public List<Tensor> forward(SymbolBlock block, List<Tensor> inputs, ForwardParams params) {
      return block.run(inputs, params);
    }
  }
}
