/** Tests of arrays, their lifetime, automatic differentiation and random numbers. */
@NullMarked
package io.gluonj.tensor;

import org.jspecify.annotations.NullMarked;
