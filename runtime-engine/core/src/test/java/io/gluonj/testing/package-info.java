/**
 * What several modules test with: files recorded from MXNet and the cases run against every
 * backend. Part of this module's test-jar.
 */
@NullMarked
package io.gluonj.testing;

import org.jspecify.annotations.NullMarked;
