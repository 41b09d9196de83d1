/**
 * The annotation processor: a small compiler from a class with {@code @Block} to its plumbing.
 *
 * <p>{@link io.gluonj.processor.BlockProcessor} is what javac and ecj load; {@link
 * io.gluonj.processor.BlockStep} is the pipeline <b>read → check → write</b> over the records of
 * {@code model}. It is isolating in Gradle's sense: one generated class for each block, written
 * from that class and its superclasses alone.
 *
 * <p>Deliberately not here: the runtime, which is known by name only, so that the processor path of
 * a user carries no native library.
 */
@NullMarked
package io.gluonj.processor;

import org.jspecify.annotations.NullMarked;
