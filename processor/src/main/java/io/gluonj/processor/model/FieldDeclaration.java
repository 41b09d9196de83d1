package io.gluonj.processor.model;

import io.gluonj.processor.diag.Origin;
import java.util.Optional;

/**
 * A field as the user declared it.
 *
 * @param typeText the type as the user would read it
 * @param access who can reach it
 * @param isUnset whether it is final and the compiler knows that nothing assigns it
 * @param isMentioned whether the class mentions it; true where the compiler cannot tell
 */
public record FieldDeclaration(
    TypeRef owner,
    String name,
    FieldKind kind,
    String typeText,
    Access access,
    boolean isStatic,
    boolean isFinal,
    boolean isTransient,
    boolean isUnset,
    boolean isMentioned,
    Optional<ParamDeclaration> param,
    Origin origin) {

  /** Whether its value is part of the block: neither static nor transient. */
  public boolean isState() {
    return !isStatic && !isTransient;
  }
}
