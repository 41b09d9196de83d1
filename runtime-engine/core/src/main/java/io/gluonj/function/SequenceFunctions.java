package io.gluonj.function;

import io.gluonj.op.Sequences;
import io.gluonj.tensor.Tensor;
import java.util.function.Consumer;

/** A part of {@link F}, which is what programs name; generated from the operators' schemas. */
public abstract sealed class SequenceFunctions extends OutputFunctions2 permits VisionFunctions {
  SequenceFunctions() {}

  /** The last step of each sequence. */
  public static <T extends Tensor> T sequenceLast(T data, Tensor sequenceLength) {
    return one(new Sequences.SequenceLast(true, 0), data, sequenceLength);
  }

  /**
   * The last step of each sequence.
   *
   * <p>MXNet {@code SequenceLast}.
   */
  public static <T extends Tensor> T sequenceLast(
      T data, Tensor sequenceLength, Consumer<SequenceLastAttributes> attributes) {
    return one(set(new SequenceLastAttributes(), attributes).op(true), data, sequenceLength);
  }

  /** The last step of each sequence. */
  public static <T extends Tensor> T sequenceLast(T data) {
    return one(new Sequences.SequenceLast(false, 0), data);
  }

  /** The last step of each sequence. */
  public static <T extends Tensor> T sequenceLast(
      T data, Consumer<SequenceLastAttributes> attributes) {
    return one(set(new SequenceLastAttributes(), attributes).op(false), data);
  }

  /** Attributes of {@code sequenceLast}. */
  public static final class SequenceLastAttributes extends Attributes {
    private int axis = 0;

    private SequenceLastAttributes() {}

    /** The axis, or axes; negative ones count from the last; 0 by default. */
    public SequenceLastAttributes axis(int axis) {
      this.axis = axis;
      return this;
    }

    private Sequences.SequenceLast op(boolean useSequenceLength) {
      return new Sequences.SequenceLast(useSequenceLength, axis);
    }
  }

  /** Steps beyond a sequence's length become {@code value}. */
  public static <T extends Tensor> T sequenceMask(T data, Tensor sequenceLength) {
    return one(new Sequences.SequenceMask(true, 0, 0), data, sequenceLength);
  }

  /**
   * Steps beyond a sequence's length become {@code value}.
   *
   * <p>MXNet {@code SequenceMask}.
   */
  public static <T extends Tensor> T sequenceMask(
      T data, Tensor sequenceLength, Consumer<SequenceMaskAttributes> attributes) {
    return one(set(new SequenceMaskAttributes(), attributes).op(true), data, sequenceLength);
  }

  /** Steps beyond a sequence's length become {@code value}. */
  public static <T extends Tensor> T sequenceMask(T data) {
    return one(new Sequences.SequenceMask(false, 0, 0), data);
  }

  /** Steps beyond a sequence's length become {@code value}. */
  public static <T extends Tensor> T sequenceMask(
      T data, Consumer<SequenceMaskAttributes> attributes) {
    return one(set(new SequenceMaskAttributes(), attributes).op(false), data);
  }

  /** Attributes of {@code sequenceMask}. */
  public static final class SequenceMaskAttributes extends Attributes {
    private double value = 0;
    private int axis = 0;

    private SequenceMaskAttributes() {}

    /** The value; 0 by default. */
    public SequenceMaskAttributes value(double value) {
      this.value = value;
      return this;
    }

    /** The axis, or axes; negative ones count from the last; 0 by default. */
    public SequenceMaskAttributes axis(int axis) {
      this.axis = axis;
      return this;
    }

    private Sequences.SequenceMask op(boolean useSequenceLength) {
      return new Sequences.SequenceMask(useSequenceLength, value, axis);
    }
  }

  /** The steps of each sequence in reverse order; what lies beyond its length stays in place. */
  public static <T extends Tensor> T sequenceReverse(T data, Tensor sequenceLength) {
    return one(new Sequences.SequenceReverse(true, 0), data, sequenceLength);
  }

  /**
   * The steps of each sequence in reverse order; what lies beyond its length stays in place.
   *
   * <p>MXNet {@code SequenceReverse}.
   */
  public static <T extends Tensor> T sequenceReverse(
      T data, Tensor sequenceLength, Consumer<SequenceReverseAttributes> attributes) {
    return one(set(new SequenceReverseAttributes(), attributes).op(true), data, sequenceLength);
  }

  /** The steps of each sequence in reverse order; what lies beyond its length stays in place. */
  public static <T extends Tensor> T sequenceReverse(T data) {
    return one(new Sequences.SequenceReverse(false, 0), data);
  }

  /** The steps of each sequence in reverse order; what lies beyond its length stays in place. */
  public static <T extends Tensor> T sequenceReverse(
      T data, Consumer<SequenceReverseAttributes> attributes) {
    return one(set(new SequenceReverseAttributes(), attributes).op(false), data);
  }

  /** Attributes of {@code sequenceReverse}. */
  public static final class SequenceReverseAttributes extends Attributes {
    private int axis = 0;

    private SequenceReverseAttributes() {}

    /** The axis, or axes; negative ones count from the last; 0 by default. */
    public SequenceReverseAttributes axis(int axis) {
      this.axis = axis;
      return this;
    }

    private Sequences.SequenceReverse op(boolean useSequenceLength) {
      return new Sequences.SequenceReverse(useSequenceLength, axis);
    }
  }
}
