package io.gluonj.data;

/** What becomes of the samples left over when the batch size does not divide their number. */
public enum LastBatch {
  /** The last batch is smaller. */
  KEEP,
  /** They are left out of this epoch. */
  DISCARD,
  /** They open the first batch of the next epoch. */
  ROLLOVER
}
