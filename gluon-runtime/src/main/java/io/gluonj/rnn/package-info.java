/**
 * Gluon's recurrent layers, {@code gluon.rnn}: whole networks over whole sequences, computed by the
 * operator RNN. Begin at {@link io.gluonj.rnn.LSTM}.
 *
 * <p>Cells, which are called step by step, are not part of this package.
 */
@NullMarked
package io.gluonj.rnn;

import org.jspecify.annotations.NullMarked;
