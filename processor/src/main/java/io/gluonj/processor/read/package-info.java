/**
 * From the compiler's elements to declarations: immutable records of what the user wrote.
 *
 * <p>This is the only package that knows {@code javax.lang.model} types from the inside. It judges
 * nothing; a wrong class is read as faithfully as a right one. Entry: {@link
 * io.gluonj.processor.read.BlockReader}.
 *
 * <p>Deliberately not here: anything kept from one round to the next, and the runtime's classes,
 * which are known by name only.
 */
@NullMarked
package io.gluonj.processor.read;

import org.jspecify.annotations.NullMarked;
