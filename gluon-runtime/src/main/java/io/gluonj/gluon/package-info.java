/**
 * Gluon's interface: {@link io.gluonj.gluon.Block} and {@link io.gluonj.gluon.HybridBlock}, their
 * {@link io.gluonj.gluon.Parameter parameters}, and the {@link io.gluonj.gluon.Trainer}.
 *
 * <p>A block is a class of the user's; what it consists of is told by its {@link
 * io.gluonj.gluon.BlockDefinition}, which the annotation processor generates. Structural names
 * ({@code conv1.weight}) identify parameters and are what files store; Gluon's prefixed names
 * ({@code lenet0_conv0_weight}) are derived from the tree of blocks.
 *
 * <p>Layers, losses, metrics and initializers are in packages of their own; operators, gradients
 * and compilation belong to the engine, which knows no block.
 */
@NullMarked
package io.gluonj.gluon;

import org.jspecify.annotations.NullMarked;
