package io.gluonj.codegen;

import io.gluonj.op.CtcPaths;
import io.gluonj.types.DType;
import io.gluonj.types.TensorType;
import java.util.List;

/**
 * A {@link CtcPaths} and the extents of its operands.
 *
 * @param in types of the operator's inputs
 */
record CtcSizes(CtcPaths op, List<TensorType> in) {
  /** Copies the types. */
  CtcSizes {
    in = List.copyOf(in);
  }

  /** Of the weights and of all that is computed. */
  DType type() {
    return in.getFirst().dtype();
  }

  long steps() {
    return in.getFirst().shape().dim(0);
  }

  long batch() {
    return in.getFirst().shape().dim(1);
  }

  long classes() {
    return in.getFirst().shape().dim(2);
  }

  /** The most labels of a sequence. */
  long width() {
    return in.get(1).shape().dim(1);
  }

  /** The most states of a sequence. */
  long states() {
    return 2 * width() + 1;
  }

  /** Number of states at all steps of all sequences. */
  long table() {
    return batch() * steps() * states();
  }

  /** Number of shares. */
  long shares() {
    return in.getFirst().shape().size();
  }
}
