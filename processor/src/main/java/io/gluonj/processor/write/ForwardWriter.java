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
    List<CodeBlock> arguments = new ArrayList<>();
    for (int i = 0; i < forward.inputs().size(); i++) {
      arguments.add(input(forward.inputs().get(i), i));
    }
    for (BoundParam param : forward.params()) {
      arguments.add(param(param, forward.isImperative()));
    }
    CodeBlock call =
        CodeBlock.of("block.$L($L)", forward.method(), CodeBlock.join(arguments, ",$W"));
    return CodeBlock.of("return $L", result(forward.result(), call));
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

  private static CodeBlock result(ValueKind kind, CodeBlock call) {
    return switch (kind) {
      case TENSOR, NDARRAY, TENSOR_ARRAY, NDARRAY_ARRAY ->
          CodeBlock.of("$T.of($L)", Types.LIST, call);
      case TENSOR_LIST, NDARRAY_LIST -> CodeBlock.of("$T.copyOf($L)", Types.LIST, call);
      case OTHER -> throw new IllegalArgumentException("the result is no tensor");
    };
  }
}
