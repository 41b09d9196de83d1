package io.gluonj.processor.write;

import com.palantir.javapoet.CodeBlock;
import io.gluonj.processor.model.ForwardModel;
import io.gluonj.processor.model.ForwardModel.BoundParam;
import io.gluonj.processor.model.ValueKind;
import java.util.ArrayList;
import java.util.List;

/** Writes the statement that calls the block's forward method. */
final class ForwardWriter {
  private ForwardWriter() {}

  static CodeBlock write(ForwardModel.Own forward) {
    List<Code> arguments = new ArrayList<>();
    for (int i = 0; i < forward.inputs().size(); i++) {
      arguments.add(new Code.Text(input(forward.inputs().get(i), i)));
    }
    for (BoundParam param : forward.params()) {
      arguments.add(new Code.Text(param(param, forward.isImperative())));
    }
    Code call = new Code.Call(CodeBlock.of("block.$L", forward.method()), arguments);
    CodeBlock list = CodeBlock.of("return $T.$L", Types.LIST, result(forward));
    return Layout.statement(new Code.Call(list, List.of(call)), BindWriter.BODY);
  }

  /** What {@code inputs()} answers. */
  static int inputs(ForwardModel.Own forward) {
    return forward.inputs().getFirst().isSeveral()
        ? RuntimeNames.ANY_NUMBER_OF_INPUTS
        : forward.inputs().size();
  }

  private static CodeBlock input(ValueKind kind, int index) {
    return switch (kind) {
      case TENSOR -> CodeBlock.of("inputs.get($L)", index);
      case NDARRAY -> CodeBlock.of("($T) inputs.get($L)", RuntimeNames.NDARRAY, index);
      case TENSOR_LIST -> CodeBlock.of("inputs");
      case NDARRAY_LIST ->
          CodeBlock.of("inputs.stream().map($T.class::cast).toList()", RuntimeNames.NDARRAY);
      case TENSOR_ARRAY -> CodeBlock.of("inputs.toArray($T[]::new)", RuntimeNames.TENSOR);
      case NDARRAY_ARRAY -> CodeBlock.of("inputs.toArray($T[]::new)", RuntimeNames.NDARRAY);
      case OTHER -> throw new IllegalArgumentException("input " + index + " is no tensor");
    };
  }

  private static CodeBlock param(BoundParam param, boolean isImperative) {
    String method = param.isConditional() ? RuntimeNames.FIND : RuntimeNames.GET;
    return isImperative
        ? CodeBlock.of("($T) params.$L($S)", RuntimeNames.NDARRAY, method, param.name())
        : CodeBlock.of("params.$L($S)", method, param.name());
  }

  /** The method of {@code List} that makes the result a list. */
  private static String result(ForwardModel.Own forward) {
    return switch (forward.result()) {
      case TENSOR, NDARRAY, TENSOR_ARRAY, NDARRAY_ARRAY -> "of";
      case TENSOR_LIST, NDARRAY_LIST -> "copyOf";
      case OTHER -> throw new IllegalArgumentException("the result is no tensor");
    };
  }
}
