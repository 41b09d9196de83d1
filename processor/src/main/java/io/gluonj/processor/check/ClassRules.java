package io.gluonj.processor.check;

import io.gluonj.processor.diag.Diag;
import io.gluonj.processor.model.BlockDeclaration;
import io.gluonj.processor.model.SuperBlock;
import java.util.Locale;
import java.util.regex.Pattern;

/** The rules for the class itself. */
final class ClassRules {
  private static final Pattern HINT = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");

  private final BlockDeclaration block;
  private final Findings findings;

  ClassRules(BlockDeclaration block, Findings findings) {
    this.block = block;
    this.findings = findings;
  }

  /** Whether it makes sense to look inside the class. */
  boolean check() {
    String name = block.type().display();
    if (!block.kind().equals("class") || block.base() == BlockDeclaration.Base.NONE) {
      findings.add(
          Diag.NOT_A_BLOCK,
          block.origin(),
          "kind",
          block.kind(),
          "class",
          name,
          "found",
          block.kind().equals("class")
              ? "class " + name + " extends " + block.superText()
              : block.kind() + " " + name);
      return false;
    }
    block
        .privateClass()
        .ifPresent(hidden ->
            findings.add(
                Diag.CLASS_PRIVATE,
                block.origin(),
                "class",
                name,
                "private",
                hidden,
                "generated",
                block.type().generatedName()));
    checkHint();
    checkSuper();
    return true;
  }

  /** The name hint, stated or derived from the class name as Gluon does. */
  String hint() {
    String stated = block.hint().value();
    return stated.isEmpty() ? block.type().simpleName().toLowerCase(Locale.ROOT) : stated;
  }

  private void checkHint() {
    String hint = block.hint().value();
    if (!hint.isEmpty() && !HINT.matcher(hint).matches()) {
      findings.add(
          Diag.HINT_SYNTAX,
          block.hint().origin(),
          "class",
          block.type().display(),
          "hint",
          hint,
          "suggestion",
          block.type().simpleName().toLowerCase(Locale.ROOT));
    }
  }

  private void checkSuper() {
    if (block.supers().isEmpty()) {
      return;
    }
    SuperBlock parent = block.supers().getFirst();
    if (!parent.isPublic() && !parent.type().packageName().equals(block.type().packageName())) {
      findings.add(
          Diag.SUPER_UNREACHABLE,
          block.origin(),
          "class",
          block.type().display(),
          "super",
          parent.type().display(),
          "package",
          parent.type().packageName(),
          "generated",
          parent.type().generatedName());
    }
  }
}
