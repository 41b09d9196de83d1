/**
 * What the phases hand each other, as immutable records.
 *
 * <p>{@code ...Declaration} is what the user wrote, right or wrong; {@code ...Model} is what passed
 * all checks and is ready to be written. {@link io.gluonj.processor.model.BlockDeclaration} and
 * {@link io.gluonj.processor.model.BlockModel} are the two roots.
 *
 * <p>Deliberately not here: elements and type mirrors of the compiler (an opaque {@link
 * io.gluonj.processor.diag.Origin} is all that is left of them) and JavaPoet.
 */
@NullMarked
package io.gluonj.processor.model;

import org.jspecify.annotations.NullMarked;
