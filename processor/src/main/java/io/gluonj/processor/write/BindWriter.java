package io.gluonj.processor.write;

import com.palantir.javapoet.CodeBlock;
import io.gluonj.processor.model.BlockModel;
import io.gluonj.processor.model.ChildModel;
import io.gluonj.processor.model.ParamModel;
import java.util.List;

/** Writes the body of {@code bind}: the registration of parameters and children, in order. */
final class BindWriter {
  private static final int INDENT = 2;

  /** The indent of a statement in a method. */
  static final int BODY = 2 * INDENT;

  private BindWriter() {}

  static CodeBlock write(BlockModel model) {
    CodeBlock.Builder code = CodeBlock.builder();
    if (model.superBlock().isPresent()) {
      code.addStatement("base.$L(block, members)", RuntimeNames.BIND);
    }
    for (var member : model.members()) {
      switch (member) {
        case ChildModel child -> child(code, child);
        case ParamModel param -> param(code, param);
      }
    }
    return code.build();
  }

  private static void child(CodeBlock.Builder code, ChildModel child) {
    code.addStatement(
        "members.$L($S, block.$L)",
        child.isSeveral() ? RuntimeNames.CHILDREN : RuntimeNames.CHILD,
        child.name(),
        child.name());
  }

  private static void param(CodeBlock.Builder code, ParamModel param) {
    int indent = param.condition().isPresent() ? BODY + INDENT : BODY;
    Code registration =
        new Code.Call(
            CodeBlock.of("members.$L", RuntimeNames.PARAM),
            List.of(
                Code.text("$S", param.name()),
                Code.text("block.$L", param.name()),
                SpecWriter.write(param)));
    Code statement =
        param.assigned()
            ? new Code.Assignment(CodeBlock.of("block.$L", param.name()), registration)
            : registration;
    param
        .condition()
        .ifPresent(field -> code.beginControlFlow("if ($L)", Expressions.write(field)));
    code.addStatement("$L", Layout.statement(statement, indent));
    param.condition().ifPresent(field -> code.endControlFlow());
  }
}
