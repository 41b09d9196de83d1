package io.gluonj.processor.diag;

import static io.gluonj.processor.diag.Diag.Severity.ERROR;
import static io.gluonj.processor.diag.Diag.Severity.WARNING;

/**
 * Everything that the processor can tell the user. Ids are never reused; {@code
 * docs/diagnostics.md} is written from this list and from the cases in {@code bad/}.
 */
public enum Diag {
  NOT_A_BLOCK(
      ERROR,
      "not-a-block",
      "@Block {kind} {class} is not a block",
      "a block is a class that extends io.gluonj.gluon.HybridBlock or io.gluonj.gluon.Block",
      "{found}",
      "write: class {class} extends HybridBlock"),
  CLASS_PRIVATE(
      ERROR,
      "class-private",
      "@Block class {class} cannot be reached",
      "the generated {generated} stands beside it in the same package and has to name it",
      "{private} is private",
      "remove 'private' from {private}"),
  SUPER_UNREACHABLE(
      ERROR,
      "super-unreachable",
      "@Block class {class} extends {super}, whose registration cannot be reached",
      "the generated {generated} of a class that is not public is not public either",
      "{super} in package {package}",
      "make {super} public, or move {class} into its package"),
  SUPER_UNANNOTATED(
      WARNING,
      "super-unannotated",
      "the fields of {super}, a superclass of {class}, are not registered",
      "only a class with @Block has its parameters and children registered",
      "{field} in {super}, which has no @Block",
      "annotate {super} with @Block, or write @SuppressWarnings(\"gluonj/super-unannotated\")"
          + " if it registers them itself"),
  HINT_SYNTAX(
      ERROR,
      "hint-syntax",
      "the hint of @Block class {class} cannot be part of a name",
      "parameter names are made from it; a hint is letters, digits and underscores, a letter first",
      "hint = \"{hint}\"",
      "write a word such as \"{suggestion}\", or leave the hint out"),
  GENERATED_NAME_TAKEN(
      ERROR,
      "generated-name-taken",
      "no code can be generated for @Block class {class}",
      "its generated class is to be {generated}, and a type of that name exists already",
      "{found}",
      "rename {class} or the other type"),
  NAME_DUPLICATE(
      ERROR,
      "name-duplicate",
      "'{name}' of @Block class {class} is also a name in its superclass {super}",
      "the field's name is the structural name under which files store the values",
      "{name} in {class} and in {super}",
      "rename one of the two fields"),
  PARAM_OUTSIDE_BLOCK(
      ERROR,
      "param-outside-block",
      "@Param field {field} is in a class without @Block",
      "parameters are registered by the code generated for a @Block class",
      "{class} without @Block",
      "annotate {class} with @Block and let it extend HybridBlock"),
  PARAM_TYPE(
      ERROR,
      "param-type",
      "@Param field {field} is not a Parameter",
      "the field is filled with an io.gluonj.gluon.Parameter",
      "{type} {field}",
      "write: Parameter {field}"),
  PARAM_STATIC(
      ERROR,
      "param-static",
      "@Param field {field} is static",
      "a parameter belongs to one block, a static field is shared by all of them",
      "static {type} {field}",
      "remove 'static'; to share a parameter between blocks pass it to their constructors"),
  PARAM_PRIVATE(
      ERROR,
      "param-private",
      "@Param field {field} is private",
      "the generated {generated} stands beside {class} in the same package and has to reach it",
      "private {type} {field}",
      "remove 'private'"),
  PARAM_FINAL_UNSET(
      ERROR,
      "param-final-unset",
      "@Param field {field} is final and nothing assigns it",
      "a final field keeps the parameter that the class made by hand; only others are filled",
      "final {type} {field}, set neither in its declaration nor in a constructor",
      "remove 'final'"),
  PARAM_UNANNOTATED(
      ERROR,
      "param-unannotated",
      "field {field} holds a parameter and is not registered",
      "without @Param it would be neither initialized nor trained nor saved",
      "{type} {field} without @Param",
      "annotate it with @Param, or make it 'transient' if it belongs to another block"),
  PARAM_UNUSED(
      WARNING,
      "param-unused",
      "@Param field {field} is not used",
      "the forward method has no argument of that name, and nothing else in the class mentions it",
      "{forward}",
      "add the argument: Tensor {field}; or remove the parameter"),
  SHAPE_MISSING(
      ERROR,
      "shape-missing",
      "@Param field {field} has no shape",
      "only a final field, whose parameter is made by hand, has its shape from elsewhere",
      "@Param without shape",
      "write one string for each dimension: shape = {\"units\", \"?\"}; a single number is \"1\""),
  SHAPE_SYNTAX(
      ERROR,
      "shape-syntax",
      "the shape of @Param field {field} cannot be read: {problem}",
      "a dimension is ?, an array field as name..., or an expression over integer fields, integers,"
          + " + - * /, parentheses and name[i]",
      "{found}",
      "{fix}"),
  SHAPE_NAME_UNKNOWN(
      ERROR,
      "shape-name-unknown",
      "'{name}' in the shape of @Param field {field} is not a field",
      "a name in a shape is an integer field of {class} or of a superclass",
      "{found}; the integer fields are: {fields}",
      "{fix}"),
  SHAPE_NAME_NOT_INTEGER(
      ERROR,
      "shape-name-not-integer",
      "'{name}' in the shape of @Param field {field} is not {wanted}",
      "a dimension is an int or a long, or an element of an int[] or long[]",
      "{type} {name}, used as {used}",
      "{fix}"),
  SHAPE_NAME_UNREACHABLE(
      ERROR,
      "shape-name-unreachable",
      "'{name}' in the shape of @Param field {field} cannot be reached",
      "the generated {generated} stands in the package of {class} and has to read the field",
      "{found}",
      "{fix}"),
  INIT_UNKNOWN(
      ERROR,
      "init-unknown",
      "'{name}' is not the name of an initializer",
      "init is one of: {names}",
      "init = \"{name}\" on field {field}",
      "{fix}"),
  INIT_FROM(
      ERROR,
      "init-from",
      "initFrom of @Param field {field} does not name an initializer field",
      "initFrom is the name of a field of type io.gluonj.initializer.Initializer that is not private",
      "{found}",
      "{fix}"),
  GRAD_REQ_UNKNOWN(
      ERROR,
      "grad-req-unknown",
      "'{name}' is not a gradient request",
      "gradReq is write (replace the gradient), add (accumulate into it) or null (keep none)",
      "gradReq = \"{name}\" on field {field}",
      "{fix}"),
  DTYPE_UNKNOWN(
      ERROR,
      "dtype-unknown",
      "'{name}' is not an element type",
      "dtype is one of: {names}",
      "dtype = \"{name}\" on field {field}",
      "{fix}"),
  MULTIPLIER_NEGATIVE(
      ERROR,
      "multiplier-negative",
      "{attribute} of @Param field {field} is not a factor",
      "a multiplier is finite and at least 0; a negative one would climb the loss",
      "{attribute} = {value}",
      "write a number from 0 up; 0 freezes what it multiplies"),
  CONDITION(
      ERROR,
      "condition",
      "condition of @Param field {field} does not name a boolean field",
      "condition is the name of a boolean field that is not private and says whether the parameter"
          + " exists",
      "{found}",
      "{fix}"),
  CONDITION_NULLABLE(
      WARNING,
      "condition-nullable",
      "argument {argument} of {method} may be null",
      "its parameter exists only where '{condition}' is true",
      "{type} {argument} in @NullMarked code",
      "write: @Nullable {type} {argument}"),
  CHILD_PRIVATE(
      ERROR,
      "child-private",
      "field {field} holds {what} and is private",
      "the generated {generated} has to reach it; unregistered, it would be neither initialized"
          + " nor trained nor saved",
      "private {type} {field}",
      "remove 'private', or make it 'transient' if it belongs to another block"),
  CHILD_CONTAINER(
      ERROR,
      "child-container",
      "field {field} hides blocks where they are not found",
      "children are found in fields of type Block, List of blocks, Map from String to blocks and"
          + " array of blocks",
      "{type} {field}",
      "use one of these types, or make the field 'transient' if its blocks belong elsewhere"),
  FORWARD_MISSING(
      ERROR,
      "forward-missing",
      "@Block class {class} has no @Forward method",
      "the computation of a block is its single @Forward method",
      "{found}",
      "{fix}"),
  FORWARD_SEVERAL(
      ERROR,
      "forward-several",
      "@Block class {class} has {count} @Forward methods",
      "the computation of a block is its single @Forward method",
      "{found}",
      "keep one @Forward; call the others from it as ordinary methods"),
  FORWARD_PRIVATE(
      ERROR,
      "forward-private",
      "@Forward method {method} is private",
      "the generated {generated} stands beside {class} in the same package and calls it",
      "private {method}",
      "remove 'private'"),
  FORWARD_STATIC(
      ERROR,
      "forward-static",
      "@Forward method {method} is static",
      "it is called on a block, whose parameters and children it uses",
      "static {method}",
      "remove 'static'"),
  FORWARD_OUTSIDE_BLOCK(
      ERROR,
      "forward-outside-block",
      "@Forward method {method} is in a type without @Block",
      "the method is called by the code generated for a @Block class",
      "{class} without @Block",
      "annotate {class} with @Block and let it extend HybridBlock"),
  FORWARD_THROWS(
      ERROR,
      "forward-throws",
      "@Forward method {method} throws a checked exception",
      "calling a block throws none, so that call(x) needs no try",
      "throws {exceptions}",
      "catch it inside, or throw an unchecked exception"),
  FORWARD_NO_INPUT(
      ERROR,
      "forward-no-input",
      "@Forward method {method} has no input",
      "the device and the unknown dimensions come from the first input",
      "{found}",
      "put an input before the parameters: Tensor x"),
  FORWARD_ARGUMENT_UNKNOWN(
      ERROR,
      "forward-argument-unknown",
      "argument {argument} of {method} is the name of no parameter",
      "arguments after the inputs are bound by name to @Param fields",
      "{found}",
      "{fix}"),
  FORWARD_ARGUMENT_TYPE(
      ERROR,
      "forward-argument-type",
      "argument {argument} of {method} has a type that a block is not called with",
      "inputs are all Tensor (or all NDArray), or exactly one List<Tensor> or Tensor[]; parameters"
          + " have the same element type",
      "{type} {argument}",
      "{fix}"),
  FORWARD_RETURN_TYPE(
      ERROR,
      "forward-return-type",
      "@Forward method {method} returns no tensor",
      "a block gives a Tensor (or NDArray), a List of them or an array of them",
      "{type} {method}",
      "let it return Tensor, or List<Tensor> for several outputs"),
  HYBRID_NEEDS_TENSOR(
      ERROR,
      "hybrid-needs-tensor",
      "HybridBlock {class} computes on NDArray",
      "hybridize() traces the method with symbols, and a Symbol is a Tensor and not an NDArray",
      "{found}",
      "write Tensor instead of NDArray, or extend Block if it shall only run imperatively");

  /** Whether a finding fails the compilation. */
  public enum Severity {
    ERROR,
    WARNING
  }

  private final Severity severity;
  private final String name;
  private final String text;
  private final String because;
  private final String found;
  private final String fix;

  Diag(Severity severity, String name, String text, String because, String found, String fix) {
    this.severity = severity;
    this.name = name;
    this.text = text;
    this.because = because;
    this.found = found;
    this.fix = fix;
  }

  /** The stable id that is printed and searched for, such as {@code gluonj/forward-missing}. */
  public String id() {
    return "gluonj/" + name;
  }

  /** Whether it fails the compilation. */
  public Severity severity() {
    return severity;
  }

  /** What is wrong, with blanks {@code {word}}. */
  public String text() {
    return text;
  }

  /** The rule, with blanks. */
  public String because() {
    return because;
  }

  /** What the source says, with blanks. */
  public String found() {
    return found;
  }

  /** What to write instead, with blanks. */
  public String fix() {
    return fix;
  }
}
