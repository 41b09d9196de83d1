package io.gluonj.processor.write;

import com.palantir.javapoet.CodeBlock;
import io.gluonj.processor.model.Dimension;
import io.gluonj.processor.model.Expression;
import io.gluonj.processor.model.ParamModel;
import java.util.ArrayList;
import java.util.List;

/** Writes the {@code ParamSpec} of a parameter, saying only what differs from the defaults. */
final class SpecWriter {
  private final List<Code> calls = new ArrayList<>();

  private SpecWriter() {}

  static Code write(ParamModel param) {
    SpecWriter writer = new SpecWriter();
    writer.shape(param.shape());
    writer.attributes(param);
    return new Code.Chain(writer.calls);
  }

  private void attributes(ParamModel param) {
    param.init().ifPresent(name -> call(RuntimeNames.INIT, CodeBlock.of("$S", name)));
    param.initFrom().ifPresent(field -> call(RuntimeNames.INIT, Expressions.write(field)));
    if (!param.gradReq().equals("write")) {
      call(RuntimeNames.GRAD_REQ, CodeBlock.of("$S", param.gradReq()));
    }
    if (param.lrMult() != 1) {
      call(RuntimeNames.LR_MULT, CodeBlock.of("$L", param.lrMult()));
    }
    if (param.wdMult() != 1) {
      call(RuntimeNames.WD_MULT, CodeBlock.of("$L", param.wdMult()));
    }
    if (!param.dtype().equals("float32")) {
      call(RuntimeNames.DTYPE, CodeBlock.of("$S", param.dtype()));
    }
    if (!param.differentiable()) {
      call(RuntimeNames.NOT_DIFFERENTIABLE);
    }
  }

  // shape(a, b).append(array).append(c): an array of dimensions is a call of its own.
  private void shape(List<Dimension> dimensions) {
    List<CodeBlock> group = new ArrayList<>();
    for (Dimension dimension : dimensions) {
      switch (dimension) {
        case Dimension.Unknown() ->
            group.add(CodeBlock.of("$T.$L", RuntimeNames.PARAM_SPEC, RuntimeNames.UNKNOWN));
        case Dimension.Known(Expression value) -> group.add(Expressions.write(value));
        case Dimension.Splice(Expression.Field array) -> {
          dimensions(group);
          group.clear();
          call(RuntimeNames.APPEND, Expressions.write(array));
        }
      }
    }
    dimensions(group);
  }

  private void dimensions(List<CodeBlock> group) {
    CodeBlock[] arguments = group.toArray(CodeBlock[]::new);
    if (calls.isEmpty()) {
      CodeBlock start = CodeBlock.of("$T.$L", RuntimeNames.PARAM_SPEC, RuntimeNames.SHAPE);
      calls.add(new Code.Call(start, texts(arguments)));
    } else if (!group.isEmpty()) {
      call(RuntimeNames.APPEND, arguments);
    }
  }

  private void call(String method, CodeBlock... arguments) {
    calls.add(new Code.Call(CodeBlock.of(".$L", method), texts(arguments)));
  }

  private static List<Code> texts(CodeBlock... arguments) {
    return List.of(arguments).stream().<Code>map(Code.Text::new).toList();
  }
}
