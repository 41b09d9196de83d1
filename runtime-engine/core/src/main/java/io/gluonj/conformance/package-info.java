/**
 * Recorded calls of operators, one JSON object a line, and their running on a device: how a backend
 * is held against what another framework computed. Start at {@link
 * io.gluonj.conformance.OpCaseFile} and {@link io.gluonj.conformance.OpCaseRun}.
 *
 * <p>Deliberately not here: recording cases, and whole models or layers.
 */
@NullMarked
package io.gluonj.conformance;

import org.jspecify.annotations.NullMarked;
