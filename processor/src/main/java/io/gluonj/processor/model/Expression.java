package io.gluonj.processor.model;

import java.util.Optional;

/** An integer expression inside a shape. */
public sealed interface Expression {

  /** An integer literal, at least 0. */
  record Literal(long value) implements Expression {}

  /**
   * A field, as {@code name}.
   *
   * @param staticOwner the class to name it by, if it is static
   */
  record Field(String name, Optional<TypeRef> staticOwner) implements Expression {}

  /** An element of an array field, {@code array[index]}. */
  record Element(Field array, Expression index) implements Expression {}

  /** {@code left operator right}. */
  record Binary(Expression left, Operator operator, Expression right) implements Expression {}

  /** {@code (inner)}, as the user wrote it. */
  record Parenthesized(Expression inner) implements Expression {}

  /** The operators, which mean what they mean in Java. */
  enum Operator {
    PLUS("+"),
    MINUS("-"),
    TIMES("*"),
    DIVIDE("/");

    private final String symbol;

    Operator(String symbol) {
      this.symbol = symbol;
    }

    /** The operator as written. */
    public String symbol() {
      return symbol;
    }
  }
}
