package io.gluonj.processor.model;

/** One entry of a shape. */
public sealed interface Dimension {

  /** {@code ?}: the first input determines it. */
  record Unknown() implements Dimension {}

  /** A number computed from the block's fields. */
  record Known(Expression value) implements Dimension {}

  /** {@code array...}: every element of an array field is a dimension. */
  record Splice(Expression.Field array) implements Dimension {}
}
