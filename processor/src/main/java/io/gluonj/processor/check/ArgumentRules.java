package io.gluonj.processor.check;

import io.gluonj.processor.diag.Diag;
import io.gluonj.processor.diag.Suggest;
import io.gluonj.processor.model.ArgumentDeclaration;
import io.gluonj.processor.model.BlockDeclaration;
import io.gluonj.processor.model.FieldDeclaration;
import io.gluonj.processor.model.ForwardDeclaration;
import io.gluonj.processor.model.ForwardModel;
import io.gluonj.processor.model.ForwardModel.BoundParam;
import io.gluonj.processor.model.SuperBlock;
import io.gluonj.processor.model.ValueKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The rules for the arguments of the forward method, and their binding to parameters. */
final class ArgumentRules {
  private final BlockDeclaration block;
  private final ForwardDeclaration forward;
  private final Findings findings;
  private final Map<String, FieldDeclaration> params = new LinkedHashMap<>();
  private final List<ArgumentDeclaration> inputs = new ArrayList<>();
  private final List<ArgumentDeclaration> bound = new ArrayList<>();

  ArgumentRules(BlockDeclaration block, ForwardDeclaration forward, Findings findings) {
    this.block = block;
    this.forward = forward;
    this.findings = findings;
    Stream.concat(
            block.fields().stream(),
            block.supers().stream().map(SuperBlock::fields).flatMap(List::stream))
        .filter(field -> field.param().isPresent())
        .forEach(field -> params.putIfAbsent(field.name(), field));
  }

  /** The bound method; empty if there are errors. */
  Optional<ForwardModel.Own> check() {
    int before = findings.size();
    List<String> unbound = new ArrayList<>(params.keySet());
    forward.arguments().forEach(argument -> unbound.remove(argument.name()));
    for (ArgumentDeclaration argument : forward.arguments()) {
      sort(argument, unbound);
    }
    if (findings.size() > before) {
      return Optional.empty();
    }
    checkTypes();
    if (findings.size() > before) {
      return Optional.empty();
    }
    if (!findings.hasErrors()) {
      warn(unbound);
    }
    return Optional.of(
        new ForwardModel.Own(
            forward.name(),
            inputs.stream().map(ArgumentDeclaration::kind).toList(),
            bound.stream()
                .map(argument -> new BoundParam(argument.name(), isConditional(argument)))
                .toList(),
            forward.returnKind()));
  }

  private void sort(ArgumentDeclaration argument, List<String> unbound) {
    if (params.containsKey(argument.name())) {
      bound.add(argument);
      return;
    }
    List<String> near = Suggest.near(argument.name(), unbound);
    if (bound.isEmpty() && near.isEmpty()) {
      inputs.add(argument);
      return;
    }
    String nothing =
        "declare: @Param(...) Parameter "
            + argument.name()
            + "; or, if it is an input, put it before "
            + (bound.isEmpty() ? "the parameters" : bound.getFirst().name());
    findings.add(
        Diag.FORWARD_ARGUMENT_UNKNOWN,
        argument.origin(),
        "argument",
        argument.name(),
        "method",
        forward.signature(),
        "found",
        bound.isEmpty()
            ? "an argument with almost the name of @Param field " + near.getFirst()
            : "an argument after " + bound.getFirst().name() + ", which is a parameter",
        "fix",
        Suggest.didYouMean(argument.name(), unbound, nothing));
  }

  private void checkTypes() {
    if (inputs.isEmpty()) {
      findings.add(
          Diag.FORWARD_NO_INPUT,
          forward.origin(),
          "method",
          forward.signature(),
          "found",
          bound.isEmpty() ? "no argument" : "only parameters");
      return;
    }
    if (isHybridOnArrays()) {
      return;
    }
    ValueKind first = inputs.getFirst().kind();
    String element = first.isImperative() ? "NDArray" : "Tensor";
    for (ArgumentDeclaration input : inputs) {
      if (input.kind() == ValueKind.OTHER) {
        reject(input, "write: Tensor " + input.name() + "; keep settings in fields of the block");
      } else if (input.kind().isSeveral() && inputs.size() > 1) {
        reject(input, "put all inputs into it, or write: " + element + " " + input.name());
      } else if (input.kind().isImperative() != first.isImperative()) {
        reject(input, "write: " + element + " " + input.name());
      }
    }
    for (ArgumentDeclaration argument : bound) {
      boolean isRight =
          argument.kind() == (first.isImperative() ? ValueKind.NDARRAY : ValueKind.TENSOR);
      if (!isRight && first != ValueKind.OTHER) {
        reject(argument, "write: " + element + " " + argument.name());
      }
    }
  }

  private boolean isHybridOnArrays() {
    if (block.base() != BlockDeclaration.Base.HYBRID_BLOCK) {
      return false;
    }
    for (ArgumentDeclaration argument : forward.arguments()) {
      if (argument.kind().isImperative()) {
        findings.add(
            Diag.HYBRID_NEEDS_TENSOR,
            argument.origin(),
            "class",
            block.type().display(),
            "found",
            "argument " + argument.typeText() + " " + argument.name());
        return true;
      }
    }
    if (forward.returnKind().isImperative()) {
      findings.add(
          Diag.HYBRID_NEEDS_TENSOR,
          forward.origin(),
          "class",
          block.type().display(),
          "found",
          "result " + forward.returnText());
      return true;
    }
    return false;
  }

  private void reject(ArgumentDeclaration argument, String fix) {
    findings.add(
        Diag.FORWARD_ARGUMENT_TYPE,
        argument.origin(),
        "argument",
        argument.name(),
        "method",
        forward.signature(),
        "type",
        argument.typeText(),
        "fix",
        fix);
  }

  private void warn(List<String> unbound) {
    for (FieldDeclaration field : block.fields()) {
      if (unbound.contains(field.name()) && !field.isMentioned()) {
        findings.add(
            Diag.PARAM_UNUSED,
            field.origin(),
            "field",
            field.name(),
            "forward",
            forward.signature());
      }
    }
    for (ArgumentDeclaration argument : bound) {
      if (isConditional(argument) && !argument.acceptsNull()) {
        findings.add(
            Diag.CONDITION_NULLABLE,
            argument.origin(),
            "argument",
            argument.name(),
            "method",
            forward.signature(),
            "condition",
            condition(argument),
            "type",
            argument.typeText());
      }
    }
  }

  private boolean isConditional(ArgumentDeclaration argument) {
    return !condition(argument).isEmpty();
  }

  private String condition(ArgumentDeclaration argument) {
    FieldDeclaration field = params.get(argument.name());
    return field == null ? "" : field.param().orElseThrow().condition().value();
  }
}
