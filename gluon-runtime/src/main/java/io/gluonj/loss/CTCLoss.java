package io.gluonj.loss;

import io.gluonj.annotations.Block;
import io.gluonj.op.CtcLoss;
import io.gluonj.op.CtcLoss.Blank;
import io.gluonj.op.Rearrange;
import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.InvalidArgumentException;
import java.util.ArrayList;
import java.util.List;

/**
 * Connectionist temporal classification (Graves et al., ICML 2006): how improbable it is that
 * predictions for each step, after repeated classes are merged and blanks removed, spell a label.
 *
 * <p>Called with predictions (samples, steps, classes), which are scores before softmax and whose
 * last class is the blank, and labels (samples, labels), which are class numbers padded with -1; if
 * so {@linkplain #predictionLengths stated}, with the number of steps that count (samples,), and if
 * so {@linkplain #labelLengths stated}, with the number of labels (samples,); optionally with
 * sample weights (samples,). The result is (samples,): a sum over steps, no mean.
 *
 * <p>A sample with too few steps for its label has the loss 0 and no gradient, as in MXNet.
 */
@Block
public class CTCLoss extends WeightedLoss<CTCLoss> {
  /** The order of the predictions' axes: N samples, T steps, C classes. */
  public enum Layout {
    NTC,
    TNC
  }

  /** The order of the labels' axes: N samples, T labels. */
  public enum LabelLayout {
    NT,
    TN
  }

  private Layout layout = Layout.NTC;
  private boolean predictionLengths;
  private boolean labelLengths;

  public CTCLoss() {
    super(
        List.of("predictions", "labels"),
        List.of("prediction lengths", "label lengths", "sample weights"));
  }

  /** The order of the predictions' axes; NTC by default. */
  public CTCLoss layout(Layout value) {
    layout = value;
    return this;
  }

  /** The order of the labels' axes; NT by default. The same as {@link #batchAxis} 0 or 1. */
  public CTCLoss labelLayout(LabelLayout value) {
    return batchAxis(value.ordinal());
  }

  /** The axis of the labels that counts samples; 0 by default. */
  @Override
  public CTCLoss batchAxis(int axis) {
    if (axis != 0 && axis != 1) {
      throw new InvalidArgumentException(
          "CTCLoss.batchAxis(" + axis + ")",
          "labels have two axes, samples and labels",
          "use 0 for labels of shape (samples, labels), 1 for (labels, samples)");
    }
    return super.batchAxis(axis);
  }

  /** Whether the number of steps that count is an input; false by default. */
  public CTCLoss predictionLengths(boolean given) {
    predictionLengths = given;
    return this;
  }

  /** Whether the number of labels that count is an input; false by default. */
  public CTCLoss labelLengths(boolean given) {
    labelLengths = given;
    return this;
  }

  @Override
  protected Tensor evaluate(List<Tensor> inputs) {
    int lengths = (predictionLengths ? 1 : 0) + (labelLengths ? 1 : 0);
    if (inputs.size() < 2 + lengths || inputs.size() > 3 + lengths) {
      throw new InvalidArgumentException(
          "CTCLoss was called with " + inputs.size() + " inputs",
          "predictions, labels, %s are expected, and optionally sample weights"
              .formatted(lengths == 0 ? "no lengths" : lengths + " vector(s) of lengths"),
          "state the lengths that are passed: predictionLengths(true), labelLengths(true)");
    }
    var arguments = new ArrayList<>(inputs.subList(0, 2 + lengths));
    arguments.set(0, turned(inputs.get(0), layout == Layout.NTC));
    arguments.set(1, turned(inputs.get(1), batchAxis == 1));
    CtcLoss op = new CtcLoss(predictionLengths, labelLengths, Blank.LAST);
    Tensor loss = Ops.call(op, arguments.toArray(Tensor[]::new));
    return weighted(loss, optional(inputs, 2 + lengths));
  }

  private static Tensor turned(Tensor x, boolean turn) {
    return turn ? Ops.call(new Rearrange.SwapAxis(0, 1), x) : x;
  }
}
