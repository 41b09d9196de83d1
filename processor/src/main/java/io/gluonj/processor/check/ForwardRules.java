package io.gluonj.processor.check;

import io.gluonj.processor.diag.Diag;
import io.gluonj.processor.model.BlockDeclaration;
import io.gluonj.processor.model.FieldDeclaration;
import io.gluonj.processor.model.ForwardDeclaration;
import io.gluonj.processor.model.ForwardModel;
import io.gluonj.processor.model.ValueKind;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The rules for the forward method: that there is one, and how it is declared. */
final class ForwardRules {
  private final BlockDeclaration block;
  private final Findings findings;

  ForwardRules(BlockDeclaration block, Findings findings) {
    this.block = block;
    this.findings = findings;
  }

  /** How the output is computed; empty if there are errors. */
  Optional<? extends ForwardModel> check() {
    List<ForwardDeclaration> forwards = block.forwards();
    if (forwards.size() == 1) {
      return own(forwards.getFirst());
    }
    if (forwards.size() > 1) {
      several(forwards);
      return Optional.empty();
    }
    if (!block.supers().isEmpty() && block.supers().getFirst().definesForward()) {
      warnOfUnused();
      return Optional.of(new ForwardModel.Inherited());
    }
    if (block.isAbstract()) {
      return Optional.of(new ForwardModel.None());
    }
    missing();
    return Optional.empty();
  }

  private Optional<ForwardModel.Own> own(ForwardDeclaration forward) {
    if (forward.isPrivate()) {
      add(Diag.FORWARD_PRIVATE, forward);
    }
    if (forward.isStatic()) {
      add(Diag.FORWARD_STATIC, forward);
    }
    if (!forward.checkedExceptions().isEmpty()) {
      add(Diag.FORWARD_THROWS, forward);
    }
    if (forward.returnKind() == ValueKind.OTHER) {
      add(Diag.FORWARD_RETURN_TYPE, forward);
    }
    return new ArgumentRules(block, forward, findings).check();
  }

  private void add(Diag diag, ForwardDeclaration forward) {
    findings.add(
        diag,
        forward.origin(),
        "method",
        forward.signature(),
        "class",
        block.type().display(),
        "generated",
        block.type().generatedName(),
        "type",
        forward.returnText(),
        "exceptions",
        String.join(", ", forward.checkedExceptions()));
  }

  /** An inherited method does not know the parameters of this class. */
  private void warnOfUnused() {
    for (FieldDeclaration field : block.fields()) {
      if (field.param().isPresent() && !field.isMentioned() && !findings.hasErrors()) {
        findings.add(
            Diag.PARAM_UNUSED,
            field.origin(),
            "field",
            field.name(),
            "forward",
            "the @Forward method of " + block.supers().getFirst().type().display());
      }
    }
  }

  private void several(List<ForwardDeclaration> forwards) {
    String found =
        forwards.stream().map(ForwardDeclaration::signature).collect(Collectors.joining(" and "));
    for (ForwardDeclaration forward : forwards.subList(1, forwards.size())) {
      findings.add(
          Diag.FORWARD_SEVERAL,
          forward.origin(),
          "class",
          block.type().display(),
          "count",
          Integer.toString(forwards.size()),
          "found",
          found);
    }
  }

  private void missing() {
    boolean hasCandidate = !block.methods().isEmpty();
    findings.add(
        Diag.FORWARD_MISSING,
        block.origin(),
        "class",
        block.type().display(),
        "found",
        hasCandidate
            ? String.join(" and ", block.methods()) + " without annotation"
            : "no method that takes and returns tensors",
        "fix",
        hasCandidate
            ? "annotate it: @Forward " + block.methods().getFirst()
            : "write: @Forward Tensor forward(Tensor x) { ... }");
  }
}
