package io.gluonj.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares a parameter of a {@link Block} class on a field of type {@code Parameter}.
 *
 * <pre>{@code
 * final int channels;
 * final int inChannels;               // 0: not known yet
 * final int groups;
 * final int[] kernel;
 * final boolean useBias;
 *
 * @Param(shape = {"channels", "inChannels / groups", "kernel..."}) Parameter weight;
 * @Param(shape = "channels", init = "zeros", condition = "useBias") Parameter bias;
 * }</pre>
 *
 * <p><b>What is generated.</b> The field is filled with a parameter of that shape, registered under
 * the field's name:
 *
 * <pre>{@code
 * block.weight = members.param("weight", block.weight,
 *     ParamSpec.shape(block.channels, block.inChannels / block.groups).append(block.kernel));
 * if (block.useBias) {
 *   block.bias = members.param("bias", block.bias, ParamSpec.shape(block.channels).init("zeros"));
 * }
 * }</pre>
 *
 * <p>A {@code final} field keeps the parameter that the class created by hand; it is registered and
 * not assigned.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface Param {

  /**
   * The shape, one string for each dimension.
   *
   * <p>A dimension is an expression over {@code int} and {@code long} fields of the class and its
   * superclasses, integer literals, {@code + - * /}, parentheses, and elements {@code name[i]} of
   * {@code int[]} and {@code long[]} fields. {@code "?"}, and a value of 0 at run time, stand for a
   * dimension that the first input determines. One entry may be {@code "name..."}: it stands for
   * all elements of an array field.
   *
   * @return the dimensions; may be left out only for a {@code final} field, whose parameter has its
   *     own shape
   */
  String[] shape() default {};

  /**
   * The initializer by name: {@code zeros}, {@code ones}, {@code uniform}, {@code normal}, {@code
   * orthogonal}, {@code xavier}, {@code msraprelu}, {@code bilinear}, {@code lstmbias}.
   *
   * @return the name; empty for the initializer given to {@code initialize}
   */
  String init() default "";

  /**
   * The name of a field of type {@code Initializer} that holds the initializer. Where the field is
   * null at run time, {@link #init} decides.
   *
   * @return the field's name; empty for none
   */
  String initFrom() default "";

  /**
   * What backward does with the gradient: {@code write} replaces it, {@code add} accumulates into
   * it, {@code null} keeps none.
   *
   * @return {@code write}, {@code add} or {@code null}
   */
  String gradReq() default "write";

  /**
   * The factor on the trainer's learning rate for this parameter.
   *
   * @return a finite factor, at least 0
   */
  double lrMult() default 1;

  /**
   * The factor on the trainer's weight decay for this parameter.
   *
   * @return a finite factor, at least 0
   */
  double wdMult() default 1;

  /**
   * The element type by name, such as {@code float32} or {@code float16}.
   *
   * @return the name of the type
   */
  String dtype() default "float32";

  /**
   * Whether a gradient exists for the parameter at all; running statistics have none.
   *
   * @return false if the parameter is never differentiated
   */
  boolean differentiable() default true;

  /**
   * The name of a {@code boolean} field that says whether the parameter exists. Where it is false
   * the field stays null and the {@link Forward} argument is null, which its declaration should say
   * ({@code @Nullable Tensor bias}).
   *
   * @return the field's name; empty if the parameter always exists
   */
  String condition() default "";
}
