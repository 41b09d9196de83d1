/** Tests of memory and execution. */
@NullMarked
package io.gluonj.backend;

import org.jspecify.annotations.NullMarked;
