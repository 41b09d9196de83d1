/**
 * Writes the sources that follow from the operators' schemas: methods of tensors and functions. Its
 * test compares what is committed with what would be written; see {@code GeneratedSourcesTest}.
 */
@NullMarked
package io.gluonj.generate;

import org.jspecify.annotations.NullMarked;
