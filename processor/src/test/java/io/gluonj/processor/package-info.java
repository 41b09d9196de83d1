/**
 * Tests of the processor from the outside: sources in, generated text and messages out.
 *
 * <p>The cases are files. {@code good/} holds classes whose generated code is in {@code expected/},
 * {@code bad/} holds one case for each {@link io.gluonj.processor.diag.Diag}, named after its id.
 * Running with {@code -Dgolden.update=true} rewrites {@code expected/} and the documents made from
 * it; the difference is what is to be reviewed.
 */
@NullMarked
package io.gluonj.processor;

import org.jspecify.annotations.NullMarked;
