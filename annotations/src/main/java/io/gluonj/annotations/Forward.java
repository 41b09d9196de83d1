package io.gluonj.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the one method of a {@link Block} class that computes its output.
 *
 * <pre>{@code
 * @Forward
 * Tensor forward(Tensor x, Tensor weight, Tensor bias) {
 *   return x.dot(weight.transpose()).add(bias);
 * }
 * }</pre>
 *
 * <p><b>What is generated.</b> A call of this method in which the leading arguments are the inputs
 * of the block and the arguments after them are parameters, bound by name to the {@link Param}
 * fields of the class and of its {@code @Block} superclasses. Values arrive as arrays of the device
 * at hand, or as symbols while the block is traced.
 *
 * <p>Arguments are of type {@code Tensor}; in a block that only runs imperatively they may be
 * {@code NDArray} instead. The inputs may also be exactly one {@code List<Tensor>}, {@code
 * Tensor[]} or {@code Tensor...}. The result is a {@code Tensor}, a {@code List<Tensor>} or a
 * {@code Tensor[]}. The method may have any name and any access except {@code private}; it is an
 * instance method and throws no checked exception.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface Forward {}
