/**
 * From declarations to models: every rule about what a block may look like.
 *
 * <p>Each class owns the rules of one subject (class, fields, parameters, shapes, forward method).
 * Rules are functions from records to findings and models; several findings are collected in one
 * run. Entry: {@link io.gluonj.processor.check.BlockCheck}.
 *
 * <p>Deliberately not here: the compiler's API, and the words of the messages, which are in {@code
 * diag}.
 */
@NullMarked
package io.gluonj.processor.check;

import org.jspecify.annotations.NullMarked;
