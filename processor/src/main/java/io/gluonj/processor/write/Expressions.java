package io.gluonj.processor.write;

import com.palantir.javapoet.CodeBlock;
import io.gluonj.processor.model.Expression;

/** Writes expressions over the fields of {@code block}. */
final class Expressions {
  private Expressions() {}

  static CodeBlock write(Expression expression) {
    return switch (expression) {
      case Expression.Literal(long value) ->
          CodeBlock.of(value > Integer.MAX_VALUE ? "$LL" : "$L", value);
      case Expression.Field field ->
          field
              .staticOwner()
              .map(owner -> CodeBlock.of("$T.$L", Types.of(owner), field.name()))
              .orElseGet(() -> CodeBlock.of("block.$L", field.name()));
      case Expression.Element(Expression.Field array, Expression index) ->
          CodeBlock.of("$L[$L]", write(array), write(index));
      case Expression.Binary(Expression left, Expression.Operator operator, Expression right) ->
          CodeBlock.of("$L $L $L", write(left), operator.symbol(), write(right));
      case Expression.Parenthesized(Expression inner) -> CodeBlock.of("($L)", write(inner));
    };
  }
}
