/** Tests of graph passes, as text before and after, and of the verifier. */
@NullMarked
package io.gluonj.graph;

import org.jspecify.annotations.NullMarked;
