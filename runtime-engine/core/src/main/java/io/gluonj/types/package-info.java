/**
 * The vocabulary of the engine: shapes, data types, devices and the exceptions a user can meet.
 *
 * <p>Everything here is an immutable value. Nothing here knows operators, graphs, memory or
 * backends; those packages depend on this one, never the other way round.
 */
@NullMarked
package io.gluonj.types;

import org.jspecify.annotations.NullMarked;
