/**
 * From a model to Java text that reads as if written by hand.
 *
 * <p>The only package that knows JavaPoet, and with {@link io.gluonj.processor.write.RuntimeNames}
 * the only one that knows which runtime API generated code calls. Entry: {@link
 * io.gluonj.processor.write.BlockWriter}.
 *
 * <p>Deliberately not here: decisions. A model that reaches this package is right.
 */
@NullMarked
package io.gluonj.processor.write;

import org.jspecify.annotations.NullMarked;
