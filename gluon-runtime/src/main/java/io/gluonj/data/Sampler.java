package io.gluonj.data;

/**
 * The order in which samples are visited.
 *
 * <p>The order is a pure function of the epoch: a loader may ask for any epoch, more than once, and
 * training resumed at epoch 7 sees what it would have seen without the interruption.
 */
public interface Sampler {

  /** Number of indices per epoch. */
  int size();

  /** The indices of an epoch, numbered from 0; a fresh array of length {@link #size()}. */
  int[] order(int epoch);
}
