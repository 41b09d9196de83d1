package io.gluonj.processor.model;

/** What the type of a field means to the processor. */
public enum FieldKind {
  PARAMETER,
  BLOCK,
  BLOCK_LIST,
  BLOCK_MAP,
  BLOCK_ARRAY,
  /** A container that holds blocks in a way in which they are not found. */
  HIDDEN_BLOCKS,
  INTEGER,
  INTEGER_ARRAY,
  BOOLEAN,
  INITIALIZER,
  OTHER;

  /** Whether such a field holds children of the block. */
  public boolean holdsChildren() {
    return switch (this) {
      case BLOCK, BLOCK_LIST, BLOCK_MAP, BLOCK_ARRAY -> true;
      case PARAMETER, HIDDEN_BLOCKS, INTEGER, INTEGER_ARRAY, BOOLEAN, INITIALIZER, OTHER -> false;
    };
  }
}
