package io.gluonj.processor.check;

import io.gluonj.processor.diag.Diag;
import io.gluonj.processor.model.Access;
import io.gluonj.processor.model.BlockDeclaration;
import io.gluonj.processor.model.ChildModel;
import io.gluonj.processor.model.FieldDeclaration;
import io.gluonj.processor.model.FieldKind;
import io.gluonj.processor.model.MemberModel;
import io.gluonj.processor.model.SuperBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The rules for the fields of a block: which are registered, and how. */
final class MemberRules {
  private final BlockDeclaration block;
  private final ParamRules params;
  private final Findings findings;

  MemberRules(BlockDeclaration block, Findings findings) {
    this.block = block;
    this.params = new ParamRules(block, new Scope(block), findings);
    this.findings = findings;
  }

  /** What the block registers, in declaration order; incomplete if there are findings. */
  List<MemberModel> check() {
    List<MemberModel> members = new ArrayList<>();
    for (FieldDeclaration field : block.fields()) {
      if (isMember(field)) {
        checkName(field);
        member(field).ifPresent(members::add);
      }
    }
    checkUnannotated();
    return members;
  }

  /** Whether the structural name of {@code field} is taken by a parameter or a child. */
  private static boolean isMember(FieldDeclaration field) {
    return field.param().isPresent()
        || (field.isState()
            && (field.kind().holdsChildren()
                || field.kind() == FieldKind.PARAMETER
                || field.kind() == FieldKind.HIDDEN_BLOCKS));
  }

  private Optional<? extends MemberModel> member(FieldDeclaration field) {
    if (field.param().isPresent()) {
      return params.check(field, field.param().get());
    }
    return switch (field.kind()) {
      case BLOCK -> child(field, "a block", false);
      case BLOCK_LIST, BLOCK_MAP, BLOCK_ARRAY -> child(field, "blocks", true);
      case PARAMETER -> reject(Diag.PARAM_UNANNOTATED, field, "");
      case HIDDEN_BLOCKS -> reject(Diag.CHILD_CONTAINER, field, "");
      case INTEGER, INTEGER_ARRAY, BOOLEAN, INITIALIZER, OTHER -> Optional.empty();
    };
  }

  private Optional<ChildModel> child(FieldDeclaration field, String what, boolean isSeveral) {
    return field.access() == Access.REACHABLE
        ? Optional.of(new ChildModel(field.name(), isSeveral))
        : reject(Diag.CHILD_PRIVATE, field, what);
  }

  private <T> Optional<T> reject(Diag diag, FieldDeclaration field, String what) {
    findings.add(
        diag,
        field.origin(),
        "field",
        field.name(),
        "type",
        field.typeText(),
        "what",
        what,
        "generated",
        block.type().generatedName());
    return Optional.empty();
  }

  private void checkName(FieldDeclaration field) {
    for (SuperBlock parent : block.supers()) {
      for (FieldDeclaration inherited : parent.fields()) {
        if (isMember(inherited) && inherited.name().equals(field.name())) {
          findings.add(
              Diag.NAME_DUPLICATE,
              field.origin(),
              "name",
              field.name(),
              "class",
              block.type().display(),
              "super",
              parent.type().display());
          return;
        }
      }
    }
  }

  // The runtime's own containers keep their children themselves; those of others may not know how.
  private void checkUnannotated() {
    for (FieldDeclaration field : block.unannotated()) {
      if (isMember(field) && !field.owner().packageName().startsWith("io.gluonj.")) {
        findings.add(
            Diag.SUPER_UNANNOTATED,
            block.origin(),
            "super",
            field.owner().display(),
            "class",
            block.type().display(),
            "field",
            field.name());
      }
    }
  }
}
