package io.gluonj.processor.write;

import com.palantir.javapoet.CodeBlock;
import io.gluonj.processor.model.Dimension;
import io.gluonj.processor.model.Expression;
import io.gluonj.processor.model.ParamModel;
import java.util.ArrayList;
import java.util.List;

/** Writes the {@code ParamSpec} of a parameter, saying only what differs from the defaults. */
final class SpecWriter {
  private SpecWriter() {}

  static CodeBlock write(ParamModel param) {
    CodeBlock.Builder code = CodeBlock.builder().add("$T", RuntimeNames.PARAM_SPEC);
    shape(code, param.shape());
    param.init().ifPresent(name -> code.add("$Z.$L($S)", RuntimeNames.INIT, name));
    param
        .initFrom()
        .ifPresent(field -> code.add("$Z.$L($L)", RuntimeNames.INIT, Expressions.write(field)));
    if (!param.gradReq().equals("write")) {
      code.add("$Z.$L($S)", RuntimeNames.GRAD_REQ, param.gradReq());
    }
    if (param.lrMult() != 1) {
      code.add("$Z.$L($L)", RuntimeNames.LR_MULT, param.lrMult());
    }
    if (param.wdMult() != 1) {
      code.add("$Z.$L($L)", RuntimeNames.WD_MULT, param.wdMult());
    }
    if (!param.dtype().equals("float32")) {
      code.add("$Z.$L($S)", RuntimeNames.DTYPE, param.dtype());
    }
    if (!param.differentiable()) {
      code.add("$Z.$L()", RuntimeNames.NOT_DIFFERENTIABLE);
    }
    return code.build();
  }

  // shape(a, b).append(array).append(c): an array of dimensions is a call of its own.
  private static void shape(CodeBlock.Builder code, List<Dimension> dimensions) {
    String method = RuntimeNames.SHAPE;
    List<CodeBlock> group = new ArrayList<>();
    for (Dimension dimension : dimensions) {
      switch (dimension) {
        case Dimension.Unknown() ->
            group.add(CodeBlock.of("$T.$L", RuntimeNames.PARAM_SPEC, RuntimeNames.UNKNOWN));
        case Dimension.Known(Expression value) -> group.add(Expressions.write(value));
        case Dimension.Splice(Expression.Field array) -> {
          if (method.equals(RuntimeNames.SHAPE) || !group.isEmpty()) {
            call(code, method, group);
            group.clear();
          }
          method = RuntimeNames.APPEND;
          call(code, method, List.of(Expressions.write(array)));
        }
      }
    }
    if (method.equals(RuntimeNames.SHAPE) || !group.isEmpty()) {
      call(code, method, group);
    }
  }

  private static void call(CodeBlock.Builder code, String method, List<CodeBlock> arguments) {
    code.add(".$L($L)", method, CodeBlock.join(arguments, ", "));
  }
}
