package io.gluonj.gluon;

import io.gluonj.tensor.Tensor;
import io.gluonj.text.TextTable;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Descriptions of a tree of blocks: the nested form and the table. */
final class Summary {
  private Summary() {}

  /** Gluon's form: a line for each block, children indented. */
  static String tree(Block block) {
    String name = block.getClass().getSimpleName();
    String arguments = block.arguments();
    if (!arguments.isEmpty() || block.children().isEmpty()) {
      return name + "(" + arguments + ")";
    }
    return name
        + "(\n"
        + block.children().entrySet().stream()
            .map(e -> "  (" + e.getKey() + "): " + e.getValue().toString().replace("\n", "\n  "))
            .collect(Collectors.joining("\n"))
        + "\n)";
  }

  /** A line for each call of a block that is no mere container, and the totals. */
  static String of(Block block, Shape... inputs) {
    record Line(Block block, String shape) {}
    List<Line> lines = new ArrayList<>();
    Trace.Traced traced =
        Trace.run(
            block,
            Trace.float32(inputs),
            (visited, outputs) -> lines.add(new Line(visited, shapes(outputs))));
    Map<Parameter, Long> sizes = sizes(traced);
    var table = new TextTable("Layer (type)", "Output Shape", "Param #");
    for (int i = 0; i < inputs.length; i++) {
      table.row(inputs.length == 1 ? "Input" : "Input " + i, inputs[i].toString(), "0");
    }
    Set<Parameter> counted = new HashSet<>();
    for (Line line : lines) {
      if (!isContainer(line.block(), block)) {
        long count = 0;
        for (Parameter p : line.block().structure().parameters().values()) {
          count += counted.add(p) ? size(p, sizes) : 0;
        }
        table.row(label(line.block()), line.shape(), "%,d".formatted(count));
      }
    }
    return table + totals(block, sizes);
  }

  private static String label(Block block) {
    return block.path() + " (" + block.getClass().getSimpleName() + ")";
  }

  private static boolean isContainer(Block candidate, Block root) {
    return !candidate.equals(root)
        && !candidate.children().isEmpty()
        && candidate.structure().parameters().isEmpty();
  }

  private static String totals(Block block, Map<Parameter, Long> sizes) {
    long trainable = 0;
    long fixed = 0;
    for (Parameter p : block.collectParams()) {
      long size = size(p, sizes);
      if (p.gradReq() == io.gluonj.tensor.GradReq.NULL) {
        fixed += size;
      } else {
        trainable += size;
      }
    }
    return "Parameters: %,d in total, %,d trainable, %,d not trainable%n"
        .formatted(trainable + fixed, trainable, fixed)
        .replace(System.lineSeparator(), "\n");
  }

  private static Map<Parameter, Long> sizes(Trace.Traced traced) {
    Map<Parameter, Long> sizes = new HashMap<>();
    List<TensorType> types = traced.parameterTypes();
    for (int i = 0; i < types.size(); i++) {
      sizes.put(traced.parameters().get(i), types.get(i).shape().size());
    }
    return sizes;
  }

  /** Number of elements; 0 while the shape is unknown because the output does not depend on it. */
  private static long size(Parameter parameter, Map<Parameter, Long> sizes) {
    Long inferred = sizes.get(parameter);
    return inferred != null ? inferred : parameter.shape().isKnown() ? parameter.shape().size() : 0;
  }

  private static String shapes(List<Tensor> outputs) {
    return outputs.stream().map(o -> o.shape().toString()).collect(Collectors.joining(", "));
  }
}
