/**
 * Data sets, the order in which their samples are visited, and the loader that turns them into
 * batches of arrays.
 *
 * <p>A {@link io.gluonj.data.Dataset} gives samples by index; a {@link io.gluonj.data.Sampler} says
 * in which order; a {@link io.gluonj.data.BatchSampler} cuts the order into batches; a {@link
 * io.gluonj.data.Batchify} makes arrays of them; {@link io.gluonj.data.DataLoader} does all of it
 * ahead of the training loop in worker threads. Samples stay on the Java heap ({@link
 * io.gluonj.data.HostArray}) until a whole batch is uploaded in one piece.
 *
 * <p>Everything random here is a pure function of (seed, epoch) or (seed, index): results depend
 * neither on the number of workers nor on what ran before. Nothing here downloads anything, and no
 * file format is known here; those are in the sub-packages.
 */
@NullMarked
package io.gluonj.data;

import org.jspecify.annotations.NullMarked;
