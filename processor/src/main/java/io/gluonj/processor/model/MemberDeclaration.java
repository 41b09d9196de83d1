package io.gluonj.processor.model;

import io.gluonj.processor.diag.Origin;

/**
 * An annotated member and the class it is in.
 *
 * @param signature the member, for messages
 * @param inBlock whether its class has {@code @Block}
 */
public record MemberDeclaration(
    Kind kind, String signature, TypeRef owner, boolean inBlock, Origin origin) {

  /** Which annotation it has. */
  public enum Kind {
    PARAM,
    FORWARD
  }
}
