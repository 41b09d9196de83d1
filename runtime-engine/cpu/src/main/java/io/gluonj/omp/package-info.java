/**
 * The thread pool of the process: GNU OpenMP (libgomp), the one that oneDNN is linked with.
 *
 * <p>Compiled kernels run their loops on the same pool, because a second pool that spins while it
 * waits costs hundreds of microseconds at every change between the two. {@link
 * io.gluonj.omp.OpenMp} loads libgomp before oneDNN does, after having set its environment, and
 * starts parallel regions.
 *
 * <p>Deliberately not here: Java thread pools, and any knowledge of kernels; a region runs a native
 * function.
 */
@NullMarked
package io.gluonj.omp;

import org.jspecify.annotations.NullMarked;
