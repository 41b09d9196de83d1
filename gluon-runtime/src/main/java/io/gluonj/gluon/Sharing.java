package io.gluonj.gluon;

import io.gluonj.initializer.Initializer;
import io.gluonj.types.InvalidArgumentException;
import io.gluonj.types.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** When one parameter may serve two blocks, and what files say about a parameter. */
final class Sharing {
  private Sharing() {}

  /**
   * Checks that a parameter is what a second user asks for. Unknown extents are filled; an
   * initializer that only one side states is kept.
   *
   * @throws InvalidArgumentException if both sides state something different
   */
  static void merge(Parameter parameter, ParamSpec spec) {
    Shape both = parameter.shape().unify(spec.extents());
    if (both == null) {
      throw differs(parameter, "shape", parameter.shape(), spec.extents());
    }
    if (parameter.dtype() != spec.elementType()) {
      throw differs(parameter, "dtype", parameter.dtype(), spec.elementType());
    }
    if (parameter.gradReq() != spec.gradient()) {
      throw differs(parameter, "gradReq", parameter.gradReq(), spec.gradient());
    }
    if (parameter.lrMult() != spec.learningRateFactor()) {
      throw differs(parameter, "lrMult", parameter.lrMult(), spec.learningRateFactor());
    }
    if (parameter.wdMult() != spec.weightDecayFactor()) {
      throw differs(parameter, "wdMult", parameter.wdMult(), spec.weightDecayFactor());
    }
    Initializer own = parameter.init();
    Initializer asked = spec.initializer();
    if (own != null && asked != null && !Objects.equals(own.spec(), asked.spec())) {
      throw differs(parameter, "init", own.spec(), asked.spec());
    }
    if (own == null && asked != null) {
      parameter.init(asked);
    }
    parameter.shape(both);
  }

  private static InvalidArgumentException differs(
      Parameter parameter, String what, Object found, Object asked) {
    return new InvalidArgumentException(
        "parameter "
            + parameter.name()
            + ": "
            + what
            + " "
            + asked
            + " was asked for, the shared parameter has "
            + found,
        "two users of one parameter must ask for the same",
        "state the same " + what + " in both places, or choose another name");
  }

  /** The attributes of a variable node in MXNet's symbol files. */
  static Map<String, String> attributes(Parameter parameter) {
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("__dtype__", Integer.toString(parameter.dtype().code()));
    Initializer init = parameter.init();
    if (init != null) {
      attributes.put("__init__", init.spec());
    }
    attributes.put("__lr_mult__", Double.toString(parameter.lrMult()));
    if (parameter.shape().hasRank()) {
      attributes.put("__shape__", parameter.shape().toString());
    }
    attributes.put("__storage_type__", "0");
    attributes.put("__wd_mult__", Double.toString(parameter.wdMult()));
    return attributes;
  }
}
