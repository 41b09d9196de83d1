package io.gluonj.processor.write;

import com.palantir.javapoet.CodeBlock;
import java.util.List;

/** An expression that knows where it may be broken into lines. */
sealed interface Code {

  /** Never broken. */
  record Text(CodeBlock text) implements Code {}

  /** {@code head(arguments)}. */
  record Call(CodeBlock head, List<Code> arguments) implements Code {}

  /** {@code first.second().third()}, of which each part after the first starts with a dot. */
  record Chain(List<Code> parts) implements Code {}

  /** {@code target = value}. */
  record Assignment(CodeBlock target, Code value) implements Code {}

  /** Text from a JavaPoet format. */
  static Code text(String format, Object... arguments) {
    return new Text(CodeBlock.of(format, arguments));
  }
}
