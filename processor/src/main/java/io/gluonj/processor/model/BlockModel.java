package io.gluonj.processor.model;

import io.gluonj.processor.diag.Origin;
import java.util.List;
import java.util.Optional;

/**
 * A block that passed all checks: all that is needed to write its generated class.
 *
 * @param superBlock the nearest superclass with {@code @Block}
 * @param members what it registers, in declaration order
 * @param generated the {@code Generated} annotation visible to it, if any
 */
public record BlockModel(
    TypeRef type,
    boolean isPublic,
    String hint,
    Optional<TypeRef> superBlock,
    List<MemberModel> members,
    ForwardModel forward,
    Optional<TypeRef> generated,
    Origin origin) {

  /** Copies {@code members}. */
  public BlockModel {
    members = List.copyOf(members);
  }
}
