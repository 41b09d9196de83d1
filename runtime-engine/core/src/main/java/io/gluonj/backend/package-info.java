/**
 * What runs computations: the interface a device implements, its memory, and the execution of a
 * compiled graph.
 *
 * <p>A backend owes kernels for loop nests and for library operators, and memory; scheduling,
 * memory planning and execution are common to all. Nothing here knows tensors or gradients.
 */
@NullMarked
package io.gluonj.backend;

import org.jspecify.annotations.NullMarked;
