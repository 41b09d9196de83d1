/**
 * Computations as values: an immutable graph in static single assignment form and the passes that
 * turn one into another.
 *
 * <p>A pass is a function from graph to graph in a file of its own; {@link
 * io.gluonj.graph.Verifier} states what every graph must satisfy. Nothing here knows a device; what
 * runs a graph is in {@code io.gluonj.backend}.
 */
@NullMarked
package io.gluonj.graph;

import org.jspecify.annotations.NullMarked;
