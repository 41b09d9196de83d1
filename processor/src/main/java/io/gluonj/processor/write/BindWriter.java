package io.gluonj.processor.write;

import com.palantir.javapoet.CodeBlock;
import io.gluonj.processor.model.BlockModel;
import io.gluonj.processor.model.ChildModel;
import io.gluonj.processor.model.ParamModel;

/** Writes the body of {@code bind}: the registration of parameters and children, in order. */
final class BindWriter {
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
    CodeBlock registration =
        CodeBlock.of(
            "members.$L($S, block.$L,$W$L)",
            RuntimeNames.PARAM,
            param.name(),
            param.name(),
            SpecWriter.write(param));
    CodeBlock statement =
        param.assigned() ? CodeBlock.of("block.$L = $L", param.name(), registration) : registration;
    param
        .condition()
        .ifPresent(field -> code.beginControlFlow("if ($L)", Expressions.write(field)));
    code.addStatement("$L", statement);
    param.condition().ifPresent(field -> code.endControlFlow());
  }
}
