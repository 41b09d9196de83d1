package io.gluonj.processor.write;

import com.palantir.javapoet.CodeBlock;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Breaks expressions into lines of at most 100 columns, as google-java-format does. */
final class Layout {
  private static final int WIDTH = 100;
  private static final int CONTINUATION = 4;
  private static final Pattern QUALIFIER = Pattern.compile("\\b(?:[a-z_]\\w*\\.)+(?=[A-Z])");

  private final int statementIndent;

  private Layout(int statementIndent) {
    this.statementIndent = statementIndent;
  }

  /** {@code code} as a statement whose first line is indented by {@code indent} columns. */
  static CodeBlock statement(Code code, int indent) {
    return new Layout(indent).lines(code, indent, 1);
  }

  /** Lines for {@code code}, which starts at {@code indent} and is followed by {@code tail}. */
  private CodeBlock lines(Code code, int indent, int tail) {
    CodeBlock flat = flat(code);
    if (fits(flat, indent, tail)) {
      return flat;
    }
    int next = indent + CONTINUATION;
    return switch (code) {
      case Code.Text(CodeBlock text) -> text;
      case Code.Call(CodeBlock head, List<Code> arguments) ->
          CodeBlock.of("$L($L$L)", head, newLine(next), arguments(arguments, next, tail + 1));
      case Code.Chain(List<Code> parts) -> {
        int first = parts.size() > 1 ? next : indent;
        CodeBlock.Builder chain = CodeBlock.builder().add(lines(parts.getFirst(), first, 0));
        for (Code part : parts.subList(1, parts.size())) {
          chain.add(newLine(next)).add(lines(part, next, tail));
        }
        yield chain.build();
      }
      case Code.Assignment(CodeBlock target, Code value) ->
          CodeBlock.of("$L =$L$L", target, newLine(next), lines(value, next, tail));
    };
  }

  private CodeBlock arguments(List<Code> arguments, int indent, int tail) {
    CodeBlock line = joined(arguments.stream().map(Layout::flat), CodeBlock.of(", "));
    if (fits(line, indent, tail)) {
      return line;
    }
    return joined(
        arguments.stream().map(argument -> lines(argument, indent, tail)),
        CodeBlock.of(",$L", newLine(indent)));
  }

  // JavaPoet indents the further lines of a statement by one continuation itself.
  private CodeBlock newLine(int indent) {
    return CodeBlock.of("\n$L", " ".repeat(indent - statementIndent - CONTINUATION));
  }

  private static CodeBlock flat(Code code) {
    return switch (code) {
      case Code.Text(CodeBlock text) -> text;
      case Code.Call(CodeBlock head, List<Code> arguments) ->
          CodeBlock.of(
              "$L($L)", head, joined(arguments.stream().map(Layout::flat), CodeBlock.of(", ")));
      case Code.Chain(List<Code> parts) ->
          joined(parts.stream().map(Layout::flat), CodeBlock.of(""));
      case Code.Assignment(CodeBlock target, Code value) ->
          CodeBlock.of("$L = $L", target, flat(value));
    };
  }

  private static CodeBlock joined(Stream<CodeBlock> parts, CodeBlock separator) {
    return CodeBlock.join(parts.toList(), separator.toString());
  }

  /** Whether {@code code} fits once its types are imported. */
  private static boolean fits(CodeBlock code, int indent, int tail) {
    int width = QUALIFIER.matcher(code.toString()).replaceAll("").length();
    return indent + width + tail <= WIDTH;
  }
}
