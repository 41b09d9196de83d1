package io.gluonj.cli.tour;

import static io.gluonj.nn.Activation.RELU;

import com.google.gson.JsonParser;
import io.gluonj.nn.Dense;
import io.gluonj.nn.HybridSequential;
import io.gluonj.tensor.Symbol;
import io.gluonj.types.Device;
import java.util.List;

/** A net called with a symbol. It has never seen an array, nor been initialized. */
public record TracedGraph(Symbol output, String json) implements Finding {

  static TracedGraph run(Device device) {
    HybridSequential net = new HybridSequential().add(new Dense(16).activation(RELU), new Dense(2));
    Symbol output = net.call(Symbol.var("data"));
    return new TracedGraph(output, output.toJson());
  }

  @Override
  public String title() {
    return "A net called with a symbol, and its graph as JSON";
  }

  @Override
  public List<String> lines() {
    return List.of("net.call(Symbol.var(\"data\")) gives " + output, json);
  }

  /** Number of nodes in the JSON: data, two layers with two parameters each, the rectifier. */
  public int nodes() {
    return JsonParser.parseString(json).getAsJsonObject().getAsJsonArray("nodes").size();
  }

  @Override
  public boolean consistent() {
    return nodes() == 8;
  }
}
