package io.gluonj.processor.model;

import java.util.List;
import java.util.Optional;

/**
 * A parameter, checked.
 *
 * @param assigned whether the field is to be assigned; a final one is not
 * @param shape the dimensions; empty if the parameter brings its own shape
 * @param shapeText the shape as the user wrote it
 * @param init the initializer by name
 * @param initFrom the field that holds the initializer
 * @param condition the field that says whether the parameter exists
 */
public record ParamModel(
    String name,
    boolean assigned,
    List<Dimension> shape,
    String shapeText,
    Optional<String> init,
    Optional<Expression.Field> initFrom,
    String gradReq,
    double lrMult,
    double wdMult,
    String dtype,
    boolean differentiable,
    Optional<Expression.Field> condition)
    implements MemberModel {

  /** Copies {@code shape}. */
  public ParamModel {
    shape = List.copyOf(shape);
  }
}
