package io.gluonj.processor.model;

import io.gluonj.processor.diag.Origin;
import java.util.List;

/**
 * A {@code @Forward} method as declared.
 *
 * @param signature name and argument types, for messages
 * @param checkedExceptions the checked exceptions it declares
 */
public record ForwardDeclaration(
    String name,
    String signature,
    boolean isPrivate,
    boolean isStatic,
    List<ArgumentDeclaration> arguments,
    ValueKind returnKind,
    String returnText,
    List<String> checkedExceptions,
    Origin origin) {

  /** Copies the lists. */
  public ForwardDeclaration {
    arguments = List.copyOf(arguments);
    checkedExceptions = List.copyOf(checkedExceptions);
  }
}
