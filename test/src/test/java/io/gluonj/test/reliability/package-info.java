/** What must hold over a long time, in many threads and in every way of running a model. */
@NullMarked
package io.gluonj.test.reliability;

import org.jspecify.annotations.NullMarked;
