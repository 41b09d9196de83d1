/** Whole models learning on real input. */
@NullMarked
package io.gluonj.test.e2e;

import org.jspecify.annotations.NullMarked;
