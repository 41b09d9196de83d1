/** Tests of the update rules against their formulas in double precision. */
@NullMarked
package io.gluonj.optimizer;

import org.jspecify.annotations.NullMarked;
