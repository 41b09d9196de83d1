/**
 * Models to learn from and to start with, each written as a user of the framework writes them: an
 * annotated class of layers and one forward method.
 *
 * <p>{@link io.gluonj.samples.SampleModel} lists those that the command line knows by name. There
 * is no training code here, and nothing that only a framework author could write.
 */
@NullMarked
package io.gluonj.samples;

import org.jspecify.annotations.NullMarked;
