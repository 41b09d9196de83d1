/** Tests of the words. */
@NullMarked
package io.gluonj.processor.diag;

import org.jspecify.annotations.NullMarked;
