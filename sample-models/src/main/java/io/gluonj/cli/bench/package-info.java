/**
 * Training steps to be timed beside those of other frameworks: equal data, equal initial weights,
 * one JSON line for each measurement. Timing itself and nothing else happens here.
 */
@NullMarked
package io.gluonj.cli.bench;

import org.jspecify.annotations.NullMarked;
