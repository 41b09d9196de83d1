/**
 * How good predictions are, summed up over batches: {@link io.gluonj.metric.Accuracy}, {@link
 * io.gluonj.metric.MeanSquaredError} and others, under MXNet's names.
 *
 * <p>A batch is reduced to one number on its device, outside any recorded computation; sums are
 * kept in double precision on the host. A metric is a mean over all samples or elements seen, so
 * that unequal batches count by their size.
 *
 * <p>Deliberately not here: anything that gradients flow through; see {@code io.gluonj.loss}.
 */
@NullMarked
package io.gluonj.metric;

import org.jspecify.annotations.NullMarked;
