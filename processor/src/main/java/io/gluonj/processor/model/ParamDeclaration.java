package io.gluonj.processor.model;

import io.gluonj.processor.diag.Origin;
import java.util.List;

/**
 * A {@code @Param} annotation as written.
 *
 * @param origin the annotation
 */
public record ParamDeclaration(
    List<Attribute<String>> shape,
    Attribute<String> init,
    Attribute<String> initFrom,
    Attribute<String> gradReq,
    Attribute<Double> lrMult,
    Attribute<Double> wdMult,
    Attribute<String> dtype,
    boolean differentiable,
    Attribute<String> condition,
    Origin origin) {

  /** Copies {@code shape}. */
  public ParamDeclaration {
    shape = List.copyOf(shape);
  }
}
