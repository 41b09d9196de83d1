package io.gluonj.processor.write;

import io.gluonj.processor.model.BlockModel;
import io.gluonj.processor.model.ChildModel;
import io.gluonj.processor.model.MemberModel;
import io.gluonj.processor.model.ParamModel;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes the Javadoc of a generated class: what it registers, in a sentence. */
final class Summary {
  private static final int WIDTH = 96;
  private static final Pattern TAG_OR_WORD = Pattern.compile("\\{@[^}]*}[^ ]*|[^ ]+");

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
        inherited.isEmpty() ? parts : Stream.concat(Stream.of(inherited), parts.stream()).toList();
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

  /** The pieces that may stand on different lines: a tag stays in one piece if it can. */
  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    for (String piece : TAG_OR_WORD.matcher(text).results().map(MatchResult::group).toList()) {
      words.addAll(piece.length() <= WIDTH ? List.of(piece) : List.of(piece.split(" ")));
    }
    return words;
  }

  private static String wrap(String text) {
    StringBuilder lines = new StringBuilder();
    int column = 0;
    for (String word : words(text)) {
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
