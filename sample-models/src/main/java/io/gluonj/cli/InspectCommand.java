package io.gluonj.cli;

import io.gluonj.gluon.HybridBlock;
import io.gluonj.graph.Graph;
import io.gluonj.samples.SampleModel;
import io.gluonj.tensor.Symbol;
import io.gluonj.types.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gluonj inspect}. */
@Command(
    name = "inspect",
    description = {
      "Prints the layers of a model with output shapes and numbers of parameters.",
      "Nothing is computed; shapes are inferred."
    })
final class InspectCommand implements Callable<Integer> {
  /** Forms in which a graph is printed. */
  enum GraphForm {
    TEXT,
    JSON
  }

  private final Terminal terminal;

  @Mixin ModelArgument model = new ModelArgument();

  @Option(
      names = "--input",
      paramLabel = "N,C,H,W",
      converter = Values.Extents.class,
      description = "Shape of one batch (default: 1,1,28,28).")
  @Nullable Shape input;

  @Option(
      names = "--graph",
      paramLabel = "FORM",
      converter = Values.GraphForms.class,
      description = "Print the graph instead: text, or json as MXNet reads it.")
  @Nullable GraphForm graph;

  @Option(names = "--generated", description = "Print the code the processor wrote instead.")
  boolean generated;

  InspectCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    SampleModel chosen = model.model();
    if (generated && graph != null) {
      throw new UsageException(
          "--generated and --graph were given together",
          "one thing is printed at a time",
          "call the command twice");
    }
    Shape shape = input == null ? chosen.input(1) : input;
    if (generated) {
      terminal.println(generatedCode(chosen).stripTrailing());
    } else if (graph != null) {
      terminal.println(graph(chosen.create(), shape, graph).stripTrailing());
    } else {
      String summary = chosen.create().summary(shape).stripTrailing();
      terminal.println(chosen.modelName() + ": " + chosen.summary());
      terminal.println(summary);
    }
    return ExitCode.OK;
  }

  private static String graph(HybridBlock net, Shape shape, GraphForm form) {
    Symbol data = Symbol.var("data", shape);
    Symbol output = net.call(data);
    return switch (form) {
      case TEXT -> Graph.of(List.of(data), List.of(output)).toString();
      case JSON -> output.toJson();
    };
  }

  private static String generatedCode(SampleModel model) throws IOException {
    String file = model.type().getSimpleName() + "_Gluon.java";
    try (InputStream in = model.type().getResourceAsStream(file)) {
      if (in == null) {
        throw new UsageException(
            "the generated code of " + model.modelName() + " is not there",
            "the build puts " + file + " beside the class, and this class path has no such file",
            "build with Maven: mvn package -DskipTests");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
