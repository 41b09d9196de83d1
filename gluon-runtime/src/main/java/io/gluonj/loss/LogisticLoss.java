package io.gluonj.loss;

import io.gluonj.annotations.Block;
import io.gluonj.registry.Registry;
import io.gluonj.tensor.Tensor;
import java.util.List;

/**
 * Mean of {@code log(1 + exp(-prediction * label))} for labels -1 and 1 ({@code signed}), or 0 and
 * 1 ({@code binary}); predictions are logits.
 */
@Block
public class LogisticLoss extends PairLoss<LogisticLoss> {
  /** Which numbers the labels are. */
  public enum Labels {
    /** -1 and 1. */
    SIGNED,
    /** 0 and 1. */
    BINARY
  }

  private final Labels labels;

  /** Labels -1 and 1. */
  public LogisticLoss() {
    this(Labels.SIGNED);
  }

  public LogisticLoss(Labels labels) {
    this.labels = labels;
  }

  /** With MXNet's words: {@code signed} or {@code binary}. */
  public LogisticLoss(String labelFormat) {
    this(
        switch (labelFormat) {
          case "signed" -> Labels.SIGNED;
          case "binary" -> Labels.BINARY;
          default ->
              throw Registry.unknown("label format", labelFormat, List.of("signed", "binary"));
        });
  }

  @Override
  Tensor compare(Tensor predictions, Tensor given) {
    Tensor binary =
        switch (labels) {
          case SIGNED -> given.add(1).mul(0.5);
          case BINARY -> given;
        };
    return predictions.relu().sub(predictions.mul(binary)).add(softrelu(predictions.abs().neg()));
  }
}
