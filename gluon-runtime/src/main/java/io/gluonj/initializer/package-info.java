/**
 * What parameters are filled with before training: {@link io.gluonj.initializer.Initializer} and
 * its usual forms, under the names and defaults of MXNet's {@code mx.init}.
 *
 * <p>Values are drawn on the host from one counter-based generator, so that a seed gives the same
 * numbers on every device. {@link io.gluonj.initializer.Initializers} finds initializers by name or
 * from the JSON form that symbol files carry in {@code __init__}.
 *
 * <p>Deliberately not here: MXNet's dispatch on the suffix of a parameter's name, which Gluon never
 * reaches; a layer states the initializers of its parameters itself.
 */
@NullMarked
package io.gluonj.initializer;

import org.jspecify.annotations.NullMarked;
