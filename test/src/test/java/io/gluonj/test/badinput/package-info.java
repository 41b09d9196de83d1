/**
 * Operators called with whatever a caller could pass by mistake: only documented exceptions may
 * come out, the process lives on and no array is left behind.
 */
@NullMarked
package io.gluonj.test.badinput;

import org.jspecify.annotations.NullMarked;
