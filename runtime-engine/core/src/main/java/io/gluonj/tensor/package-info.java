/**
 * What a user computes with: {@link io.gluonj.tensor.Tensor}, which is either an {@link
 * io.gluonj.tensor.NDArray} (values on a device, computed at once) or a {@link
 * io.gluonj.tensor.Symbol} (a node of a graph being traced), and {@link io.gluonj.tensor.Autograd}.
 *
 * <p>Every method ends in one place, {@link io.gluonj.tensor.Ops#call}, which runs the operator or
 * adds it to the graph. Blocks, parameters and layers are not known here.
 */
@NullMarked
package io.gluonj.tensor;

import org.jspecify.annotations.NullMarked;
