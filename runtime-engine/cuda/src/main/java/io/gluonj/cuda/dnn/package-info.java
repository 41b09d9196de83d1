/**
 * Convolutions by cuDNN: one narrow interface, {@link io.gluonj.cuda.dnn.Dnn}, at the level of the
 * library's calls, the two bindings behind it, and the choice of algorithms above it.
 *
 * <p>Deliberately not here, because the engine's own kernels do it:
 *
 * <ul>
 *   <li>max pooling: the operator's second output is where each maximum lies, which cuDNN does not
 *       give;
 *   <li>sums of windows: they are bound by memory, and cuDNN knows no padding at one side only;
 *   <li>batch normalization: the operator gives the biased variance, cuDNN {@code 1 / sqrt(var +
 *       eps)}, from which a small variance cannot be had back;
 *   <li>softmax: a composite operator, fused with its surroundings;
 *   <li>dropout: the same seed gives the same masks on every device, so they come from the engine's
 *       generator.
 * </ul>
 *
 * <p>Recurrent layers have no operator yet.
 */
@NullMarked
package io.gluonj.cuda.dnn;

import org.jspecify.annotations.NullMarked;
