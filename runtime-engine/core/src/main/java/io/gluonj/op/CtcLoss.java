package io.gluonj.op;

import static io.gluonj.op.OpSchema.define;

import io.gluonj.op.OpSchema.SampleInput;
import io.gluonj.op.Scalar.Fn;
import io.gluonj.op.Scalar.Fn2;
import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.DType;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.util.ArrayList;
import java.util.List;

/**
 * Connectionist temporal classification (Graves et al., ICML 2006; MXNet: {@code CTCLoss}): for
 * each sequence the negative logarithm of the probability that its steps, after repeated classes
 * are merged and blanks removed, spell its label.
 *
 * <p>Inputs: data (steps, batch, classes), scores before softmax; label (batch, n), class numbers;
 * with the flags, the number of steps and of labels that count in each sequence. Without label
 * lengths a label ends before the first 0, where the blank is the first class, else before the
 * first -1. Result: (batch).
 *
 * <p>A sequence too short for its label counts nothing, as in MXNet: its loss and gradient are 0. A
 * label that is no class makes the loss of its sequence NaN.
 *
 * @param useDataLengths whether the number of steps is an input
 * @param useLabelLengths whether the number of labels is an input
 * @param blankLabel which class is the blank
 */
public record CtcLoss(boolean useDataLengths, boolean useLabelLengths, Blank blankLabel)
    implements Op.Composite {
  /** Which class is the blank. */
  public enum Blank {
    FIRST,
    LAST;

    /** What a label is padded with. */
    private double padding() {
      return this == FIRST ? 0 : -1;
    }
  }

  private static final int DATA = 0;
  private static final int LABEL = 1;

  static final OpSchema<CtcLoss> SCHEMA =
      define(
              new CtcLoss(false, false, Blank.FIRST),
              "CTCLoss",
              "ctc_loss",
              "_contrib_CTCLoss",
              "_contrib_ctc_loss")
          .inputs("data", "label")
          .inputUnless(op -> !op.useDataLengths(), "data_lengths")
          .inputUnless(op -> !op.useLabelLengths(), "label_lengths")
          .countedInFilesAs(op -> 2)
          .sample(new CtcLoss(false, false, Blank.FIRST), data(5, 2, 4), some(0.3, 3.9, 2, 3))
          .sample(
              new CtcLoss(true, true, Blank.LAST),
              data(6, 3, 4),
              some(0.1, 2.9, 3, 2),
              some(4.1, 6.9, 3),
              some(0.2, 2.9, 3))
          .sample(
              new CtcLoss(true, false, Blank.LAST),
              data(4, 2, 3),
              some(0.1, 1.9, 2, 2),
              some(1.1, 4.9, 2));

  private static SampleInput data(long... dims) {
    return new SampleInput(TensorType.float32(dims), -2, 2);
  }

  private static SampleInput some(double low, double high, long... dims) {
    return new SampleInput(TensorType.float32(dims), low, high);
  }

  @Override
  public void infer(Infer s) {
    Shape data = s.in(DATA);
    Shape label = s.in(LABEL);
    if (data.hasRank() && (data.rank() != 3 || (data.isKnown() && data.dim(2) < 2))) {
      throw s.error(
          "data of shape " + data,
          "there are scores of at least two classes, the blank one of them, for each step of each"
              + " sequence",
          "pass data of shape (steps, batch, classes)");
    }
    long batch =
        data.hasRank() ? data.dim(1) : label.hasRank() ? label.dim(0) : Shape.UNKNOWN;
    s.in(LABEL, Shape.of(batch, Shape.UNKNOWN), "there is one row of labels for each sequence");
    for (int i = 2; i < s.inputs(); i++) {
      s.in(i, Shape.of(batch), "there is one length for each sequence");
    }
    s.out(0, Shape.of(batch), "there is one loss for each sequence");
    s.dtype(0, s.dtype(DATA));
  }

  @Override
  public List<Tensor> expand(Expansion e) {
    Tensor data = e.in(DATA);
    DType type = data.dtype();
    DType computed = type == DType.FLOAT64 ? type : DType.FLOAT32;
    var lengths = new ArrayList<>(e.inputs().subList(2, e.inputs().size()));
    Tensor steps = useDataLengths ? lengths.removeFirst() : allSteps(e);
    Tensor labels = useLabelLengths ? lengths.removeFirst() : beforePadding(e.in(LABEL));
    long blank = blankLabel == Blank.FIRST ? 0 : e.shape(DATA).dim(2) - 1;
    Tensor loss =
        Ops.call(
            new CtcPaths(blank),
            data.cast(computed).logSoftmax(-1),
            e.in(LABEL).cast(DType.INT32),
            steps.cast(DType.INT32),
            labels.cast(DType.INT32));
    return List.of(loss.cast(type));
  }

  private static Tensor allSteps(Expansion e) {
    Shape batch = Shape.of(e.shape(DATA).dim(1));
    Scalar all = Scalar.of((double) e.shape(DATA).dim(0));
    return Ops.call(new Creation.Filled(batch, DType.INT32, all), e.in(LABEL));
  }

  /** The number of labels before the first padding. */
  private Tensor beforePadding(Tensor label) {
    double n = label.shape().dim(1);
    Scalar padding = Scalar.arg(0).map(Fn.TRUNC).with(Fn2.EQ, Scalar.of(blankLabel.padding()));
    Op place = new Fused(padding.choose(new Scalar.Iota(1), Scalar.of(n)), 1);
    return Ops.call(place, label).min(1);
  }
}
