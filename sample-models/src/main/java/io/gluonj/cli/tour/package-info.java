/**
 * Gluon's tutorial, step by step. Each step is a small program that a reader can copy; it returns a
 * {@link io.gluonj.cli.tour.Finding} that says what to print and whether the step's claims held, so
 * that every step is also a test.
 */
@NullMarked
package io.gluonj.cli.tour;

import org.jspecify.annotations.NullMarked;
