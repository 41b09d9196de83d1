package io.gluonj.processor.write;

import com.palantir.javapoet.ClassName;

/** The runtime API that generated code calls: all of it, and by name only. */
final class RuntimeNames {
  private static final String GLUON = "io.gluonj.gluon";

  static final ClassName BLOCK_DEFINITION = ClassName.get(GLUON, "BlockDefinition");
  static final ClassName BLOCK_DEFINITIONS = ClassName.get(GLUON, "BlockDefinitions");
  static final ClassName MEMBERS = ClassName.get(GLUON, "Members");
  static final ClassName PARAM_SPEC = ClassName.get(GLUON, "ParamSpec");
  static final ClassName FORWARD_PARAMS = ClassName.get(GLUON, "ForwardParams");

  static final ClassName TENSOR = ClassName.get("io.gluonj.tensor", "Tensor");
  static final ClassName NDARRAY = ClassName.get("io.gluonj.tensor", "NDArray");

  /** {@code BlockDefinition}: the members that generated classes implement. */
  static final String HINT = "hint";

  static final String INPUTS = "inputs";
  static final String HYBRID = "hybrid";
  static final String BIND = "bind";
  static final String FORWARD = "forward";

  /** What {@code inputs()} answers if the block takes one list of them. */
  static final int ANY_NUMBER_OF_INPUTS = -1;

  /** {@code BlockDefinitions}. */
  static final String REGISTER = "register";

  /** {@code Members}. */
  static final String PARAM = "param";

  static final String CHILD = "child";
  static final String CHILDREN = "children";

  /** {@code ForwardParams}: a parameter that exists, one that may not. */
  static final String GET = "get";

  static final String FIND = "find";

  /** {@code ParamSpec}: the start, the chain, the unknown dimension. */
  static final String SHAPE = "shape";

  static final String APPEND = "append";
  static final String INIT = "init";
  static final String GRAD_REQ = "gradReq";
  static final String LR_MULT = "lrMult";
  static final String WD_MULT = "wdMult";
  static final String DTYPE = "dtype";
  static final String NOT_DIFFERENTIABLE = "notDifferentiable";
  static final String UNKNOWN = "UNKNOWN";

  private RuntimeNames() {}
}
