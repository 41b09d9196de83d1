package io.gluonj.processor.check;

import io.gluonj.processor.diag.Diag;
import io.gluonj.processor.diag.Origin;
import io.gluonj.processor.diag.Suggest;
import io.gluonj.processor.model.Access;
import io.gluonj.processor.model.Attribute;
import io.gluonj.processor.model.BlockDeclaration;
import io.gluonj.processor.model.Dimension;
import io.gluonj.processor.model.Expression;
import io.gluonj.processor.model.FieldDeclaration;
import io.gluonj.processor.model.FieldKind;
import io.gluonj.processor.model.ParamDeclaration;
import io.gluonj.processor.model.ParamModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The rules for a field with {@code @Param}. */
final class ParamRules {
  /** The initializers that need no argument, by the names under which Gluon registers them. */
  private static final List<String> INITIALIZERS =
      List.of(
          "zeros",
          "ones",
          "zero",
          "one",
          "uniform",
          "normal",
          "orthogonal",
          "xavier",
          "msraprelu",
          "bilinear",
          "lstmbias");

  private static final List<String> DTYPES =
      List.of(
          "float32", "float64", "float16", "bfloat16", "uint8", "int8", "int32", "int64", "bool");

  private static final List<String> GRAD_REQS = List.of("write", "add", "null");

  private final BlockDeclaration block;
  private final Scope scope;
  private final Findings findings;

  ParamRules(BlockDeclaration block, Scope scope, Findings findings) {
    this.block = block;
    this.scope = scope;
    this.findings = findings;
  }

  /** The parameter that {@code field} declares, if all is well with it. */
  Optional<ParamModel> check(FieldDeclaration field, ParamDeclaration param) {
    int before = findings.size();
    if (!checkField(field)) {
      return Optional.empty();
    }
    List<Dimension> shape = shape(field, param);
    oneOf(Diag.INIT_UNKNOWN, param.init(), INITIALIZERS, field, "");
    oneOf(Diag.GRAD_REQ_UNKNOWN, param.gradReq(), GRAD_REQS, field, "write");
    oneOf(Diag.DTYPE_UNKNOWN, param.dtype(), DTYPES, field, "float32");
    multiplier("lrMult", param.lrMult(), field);
    multiplier("wdMult", param.wdMult(), field);
    Optional<Expression.Field> initFrom =
        named(Diag.INIT_FROM, param.initFrom(), FieldKind.INITIALIZER, field);
    Optional<Expression.Field> condition =
        named(Diag.CONDITION, param.condition(), FieldKind.BOOLEAN, field);
    if (findings.size() > before) {
      return Optional.empty();
    }
    return Optional.of(
        new ParamModel(
            field.name(),
            !field.isFinal(),
            shape,
            param.shape().stream()
                .map(entry -> entry.value().strip())
                .collect(Collectors.joining(", ", "(", ")")),
            Optional.of(param.init().value()).filter(name -> !name.isEmpty()),
            initFrom,
            param.gradReq().value(),
            param.lrMult().value(),
            param.wdMult().value(),
            param.dtype().value(),
            param.differentiable(),
            condition));
  }

  private boolean checkField(FieldDeclaration field) {
    Diag diag = null;
    if (field.kind() != FieldKind.PARAMETER) {
      diag = Diag.PARAM_TYPE;
    } else if (field.isStatic()) {
      diag = Diag.PARAM_STATIC;
    } else if (field.access() == Access.PRIVATE) {
      diag = Diag.PARAM_PRIVATE;
    } else if (field.isUnset()) {
      diag = Diag.PARAM_FINAL_UNSET;
    }
    if (diag == null) {
      return true;
    }
    findings.add(
        diag,
        field.origin(),
        "field",
        field.name(),
        "type",
        field.typeText(),
        "class",
        block.type().display(),
        "generated",
        block.type().generatedName());
    return false;
  }

  private List<Dimension> shape(FieldDeclaration field, ParamDeclaration param) {
    if (param.shape().isEmpty() && !field.isFinal()) {
      findings.add(Diag.SHAPE_MISSING, param.origin(), "field", field.name());
    }
    List<Dimension> shape = new ArrayList<>();
    for (Attribute<String> entry : param.shape()) {
      try {
        shape.add(
            new ShapeParser(
                    scope, block.type().display(), block.type().generatedName(), field, entry)
                .parse());
      } catch (ShapeParser.Rejected rejected) {
        findings.add(rejected.finding());
      }
    }
    List<Attribute<String>> splices =
        param.shape().stream().filter(entry -> entry.value().strip().endsWith("...")).toList();
    if (splices.size() > 1) {
      findings.add(
          Diag.SHAPE_SYNTAX,
          splices.get(1).origin(),
          "field",
          field.name(),
          "problem",
          "it has a second '...'",
          "found",
          "\"" + splices.get(0).value() + "\" and \"" + splices.get(1).value() + "\"",
          "fix",
          "keep one, and write the elements of the other: \"kernel[0]\", \"kernel[1]\"");
    }
    return shape;
  }

  private void oneOf(
      Diag diag,
      Attribute<String> name,
      List<String> names,
      FieldDeclaration field,
      String standard) {
    String found = name.value();
    if (found.equals(standard) || names.contains(found)) {
      return;
    }
    String lower = found.toLowerCase(Locale.ROOT);
    String fix =
        names.contains(lower)
            ? "write it in lower case: \"" + lower + "\""
            : Suggest.didYouMean(found, names, "write one of them, or leave it out");
    if (diag == Diag.GRAD_REQ_UNKNOWN && lower.equals("none")) {
      fix = "write \"null\"";
    }
    if (diag == Diag.INIT_UNKNOWN) {
      fix += "; for one with arguments: initFrom = \"nameOfAnInitializerField\"";
    }
    findings.add(
        diag,
        name.origin(),
        "name",
        found,
        "field",
        field.name(),
        "names",
        String.join(", ", names),
        "fix",
        fix);
  }

  private void multiplier(String attribute, Attribute<Double> factor, FieldDeclaration field) {
    double value = factor.value();
    if (value >= 0 && Double.isFinite(value)) {
      return;
    }
    findings.add(
        Diag.MULTIPLIER_NEGATIVE,
        factor.origin(),
        "attribute",
        attribute,
        "field",
        field.name(),
        "value",
        Double.toString(value));
  }

  private Optional<Expression.Field> named(
      Diag diag, Attribute<String> name, FieldKind kind, FieldDeclaration field) {
    if (name.value().isEmpty()) {
      return Optional.empty();
    }
    FieldDeclaration target = scope.find(name.value()).orElse(null);
    if (target != null && target.kind() == kind && target.access() == Access.REACHABLE) {
      return Optional.of(Scope.reference(target));
    }
    Origin origin = name.origin();
    String declaration = kind == FieldKind.BOOLEAN ? "final boolean " : "final Initializer ";
    if (target == null) {
      findings.add(
          diag,
          origin,
          "field",
          field.name(),
          "found",
          "\"" + name.value() + "\", which is no field of " + block.type().display(),
          "fix",
          Suggest.didYouMean(
              name.value(), scope.names(kind), "declare: " + declaration + name.value() + ";"));
    } else {
      boolean isRightKind = target.kind() == kind;
      findings.add(
          diag,
          origin,
          "field",
          field.name(),
          "found",
          (isRightKind ? "unreachable " : "") + target.typeText() + " " + target.name(),
          "fix",
          isRightKind
              ? "make " + target.name() + " reachable: remove 'private'"
              : "name another field, or declare: " + declaration + name.value() + ";");
    }
    return Optional.empty();
  }
}
