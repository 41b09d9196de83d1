/**
 * How wrong predictions are, as blocks that gradients flow through: {@link
 * io.gluonj.loss.SoftmaxCrossEntropyLoss}, {@link io.gluonj.loss.L2Loss} and the others of {@code
 * gluon.loss}, with MXNet 1.9's definitions.
 *
 * <p>Unless a class says otherwise, a loss is called with predictions, labels and optionally
 * weights of the samples, and returns one value for each sample: the mean over all axes but the
 * batch axis. A trainer's step divides by the batch size.
 *
 * <p>Deliberately not here: measures without a gradient; see {@code io.gluonj.metric}.
 */
@NullMarked
package io.gluonj.loss;

import org.jspecify.annotations.NullMarked;
