/** Documents that are written by programs, and whether they are up to date. */
@NullMarked
package io.gluonj.test.docs;

import org.jspecify.annotations.NullMarked;
