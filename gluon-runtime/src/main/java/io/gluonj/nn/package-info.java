/**
 * Gluon's layers, {@code gluon.nn}: containers and the layers themselves, with Gluon's names,
 * defaults and parameter shapes.
 *
 * <p>Losses, metrics and recurrent layers are elsewhere; what the operators compute is defined in
 * the engine.
 */
@NullMarked
package io.gluonj.nn;

import org.jspecify.annotations.NullMarked;
