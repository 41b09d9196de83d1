/**
 * What the processor says to the user.
 *
 * <p>{@link io.gluonj.processor.diag.Diag} lists every message with its stable id; a {@link
 * io.gluonj.processor.diag.Finding} is one of them at a place; the {@link
 * io.gluonj.processor.diag.Reporter} hands it to the compiler.
 *
 * <p>Deliberately not here: the decision whether something is wrong, which is made in {@code
 * check}.
 */
@NullMarked
package io.gluonj.processor.diag;

import org.jspecify.annotations.NullMarked;
