/**
 * The reference backend: plain loops in double precision. It is slow and it is the definition:
 * every other backend is tested against it.
 */
@NullMarked
package io.gluonj.backend.reference;

import org.jspecify.annotations.NullMarked;
