package io.gluonj.processor.write;

import io.gluonj.processor.model.BlockModel;
import io.gluonj.processor.model.ChildModel;
import io.gluonj.processor.model.MemberModel;
import io.gluonj.processor.model.ParamModel;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes the Javadoc of a generated class: what it registers, in a sentence. */
final class Summary {
  private static final int WIDTH = 96;

  private Summary() {}

  static String write(BlockModel model) {
    List<String> parts =
        List.of(
                part(model, ParamModel.class, "parameter", "parameters"),
                part(model, ChildModel.class, "child", "children"))
            .stream()
            .filter(part -> !part.isEmpty())
            .toList();
    String subject = "Plumbing of {@link " + model.type().display() + "}";
    String inherited =
        model
            .superBlock()
            .map(parent -> "what {@link " + parent.generatedName() + "} registers")
            .orElse("");
    List<String> all =
        inherited.isEmpty()
            ? parts
            : Stream.concat(Stream.of(inherited), parts.stream())
                .toList();
    return wrap(all.isEmpty() ? subject + "." : subject + ": " + String.join("; ", all) + ".");
  }

  private static String part(
      BlockModel model, Class<? extends MemberModel> type, String one, String several) {
    List<String> names =
        model.members().stream().filter(type::isInstance).map(Summary::describe).toList();
    return names.isEmpty()
        ? ""
        : names.stream()
            .collect(Collectors.joining(", ", (names.size() == 1 ? one : several) + " ", ""));
  }

  private static String describe(MemberModel member) {
    return switch (member) {
      case ParamModel param ->
          param.shape().isEmpty()
              ? "{@code " + param.name() + "}"
              : "{@code " + param.name() + " " + param.shapeText() + "}";
      case ChildModel child -> "{@code " + child.name() + "}";
    };
  }

  private static String wrap(String text) {
    StringBuilder lines = new StringBuilder();
    int column = 0;
    for (String word : text.split(" ")) {
      if (column > 0 && column + 1 + word.length() > WIDTH) {
        lines.append('\n');
        column = 0;
      }
      if (column > 0) {
        lines.append(' ');
        column++;
      }
      lines.append(word);
      column += word.length();
    }
    return lines.toString();
  }
}
