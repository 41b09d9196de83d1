package io.gluonj.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a neural network block whose plumbing the compiler writes.
 *
 * <pre>{@code
 * @Block
 * public class LeNet extends HybridBlock {
 *   final Conv2D conv = new Conv2D(20, 5);
 *   final Dense output = new Dense(10);
 *
 *   @Forward
 *   Tensor forward(Tensor x) {
 *     return output.call(conv.call(x).flatten());
 *   }
 * }
 * }</pre>
 *
 * <p><b>What is generated.</b> For {@code demo.LeNet} the class {@code demo.LeNet_Gluon} (for a
 * nested {@code Outer.Inner} the class {@code Outer_Inner_Gluon}), public if the block is public.
 * It registers, in declaration order, every {@link Param} field and every child: each field that
 * holds a block, a {@code List} of blocks, a {@code Map} from {@code String} to blocks, or an array
 * of blocks. Static and {@code transient} fields are left out. It also calls the {@link Forward}
 * method with the parameters it names. User code never mentions the generated class.
 *
 * <p>The class must extend {@code io.gluonj.gluon.HybridBlock} (it can be traced and compiled) or
 * {@code io.gluonj.gluon.Block} (it only runs imperatively). A block may extend another
 * {@code @Block} class; the parameters and children of the superclass are registered first.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Block {

  /**
   * The word from which Gluon derives default names: a hint {@code "dense"} gives {@code dense0_},
   * {@code dense1_} and so on. Letters, digits and underscores.
   *
   * @return the hint; empty for the simple class name in lower case
   */
  String hint() default "";
}
