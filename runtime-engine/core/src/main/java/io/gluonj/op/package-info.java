/**
 * The operators, each in one place: attributes (record components), shape rule, gradient, lowering
 * family, MXNet name, definition and samples.
 *
 * <p>{@link io.gluonj.op.Op} is sealed into five families and a door for users. An operator knows
 * no backend, no graph pass and no file format; those are derived from what it states. Gradients
 * and expansions are written with the user's own {@link io.gluonj.tensor.Tensor} methods, so that
 * they can be differentiated again.
 */
@NullMarked
package io.gluonj.op;

import org.jspecify.annotations.NullMarked;
