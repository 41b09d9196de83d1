/**
 * First values of parameters. An {@link io.gluonj.initializer.Initializer} computes them on the host
 * from a shape and a random generator, so that equal seeds give equal weights on every device.
 *
 * <p>When and for which parameter an initializer is used is decided by {@code io.gluonj.gluon}.
 */
@NullMarked
package io.gluonj.initializer;

import org.jspecify.annotations.NullMarked;
