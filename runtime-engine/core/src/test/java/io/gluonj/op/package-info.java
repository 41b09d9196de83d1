/** Tests of every operator: inference, gradients, definitions, recorded values. */
@NullMarked
package io.gluonj.op;

import org.jspecify.annotations.NullMarked;
