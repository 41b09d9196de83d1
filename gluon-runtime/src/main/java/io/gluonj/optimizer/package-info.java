/**
 * Rules that change parameters by their gradients. An {@link io.gluonj.optimizer.Optimizer} knows
 * single arrays and their state; which parameters it is applied to, and when, is the trainer's
 * business ({@code io.gluonj.gluon.Trainer}).
 *
 * <p>Formulas and defaults are those of MXNet 1.9.1 ({@code mx.optimizer}).
 */
@NullMarked
package io.gluonj.optimizer;

import org.jspecify.annotations.NullMarked;
