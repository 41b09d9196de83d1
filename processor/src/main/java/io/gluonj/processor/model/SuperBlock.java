package io.gluonj.processor.model;

import java.util.List;

/**
 * A superclass that is itself a {@code @Block}.
 *
 * @param isPublic whether it, and so its generated class, is public
 * @param definesForward whether its generated class has a forward method
 * @param fields the fields it declares itself
 */
public record SuperBlock(
    TypeRef type, boolean isPublic, boolean definesForward, List<FieldDeclaration> fields) {

  /** Copies {@code fields}. */
  public SuperBlock {
    fields = List.copyOf(fields);
  }
}
