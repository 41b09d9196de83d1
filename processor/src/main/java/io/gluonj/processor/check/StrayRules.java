package io.gluonj.processor.check;

import io.gluonj.processor.diag.Diag;
import io.gluonj.processor.diag.Finding;
import io.gluonj.processor.model.MemberDeclaration;
import java.util.Optional;

/** The rule that members with our annotations are in a class with {@code @Block}. */
public final class StrayRules {
  private StrayRules() {}

  /** What is wrong with the place of {@code member}. */
  public static Optional<Finding> check(MemberDeclaration member) {
    if (member.inBlock()) {
      return Optional.empty();
    }
    Diag diag =
        switch (member.kind()) {
          case PARAM -> Diag.PARAM_OUTSIDE_BLOCK;
          case FORWARD -> Diag.FORWARD_OUTSIDE_BLOCK;
        };
    return Optional.of(
        Finding.of(
            diag,
            member.origin(),
            "field",
            member.signature(),
            "method",
            member.signature(),
            "class",
            member.owner().display()));
  }
}
