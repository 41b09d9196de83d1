/**
 * The annotations with which a class becomes a neural network block: {@link
 * io.gluonj.annotations.Block} on the class, {@link io.gluonj.annotations.Param} on its parameters,
 * {@link io.gluonj.annotations.Forward} on its computation.
 *
 * <p>They are instructions to the compiler and are not read at run time, hence the {@code CLASS}
 * retention: it is what lets a block in one jar extend a block in another. What they mean is
 * checked by the annotation processor of the module {@code gluonj-processor}; {@code
 * docs/diagnostics.md} lists what it can say.
 *
 * <p>Deliberately not here: anything that runs, and any dependency at run time.
 */
@NullMarked
package io.gluonj.annotations;

import org.jspecify.annotations.NullMarked;
