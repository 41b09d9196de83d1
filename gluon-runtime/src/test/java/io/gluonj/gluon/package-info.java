/** Tests of blocks, parameters and the trainer, on the reference device. */
@NullMarked
package io.gluonj.gluon;

import org.jspecify.annotations.NullMarked;
