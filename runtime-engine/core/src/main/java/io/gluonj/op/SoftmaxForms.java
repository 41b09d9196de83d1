package io.gluonj.op;

import static io.gluonj.op.OpSchema.define;

import io.gluonj.op.OpSchema.SampleInput;
import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.util.List;
import java.util.Optional;

/** What MXNet has around softmax. */
public sealed interface SoftmaxForms extends Op.Composite {
  /** Softmax over all axes but the first, or over axis 1 (channels) at each position. */
  record SoftmaxActivation(Mode mode) implements SoftmaxForms {
    /** What one distribution covers. */
    public enum Mode {
      INSTANCE,
      CHANNEL
    }

    static final OpSchema<SoftmaxActivation> SCHEMA =
        define(new SoftmaxActivation(Mode.INSTANCE), "SoftmaxActivation")
            .inputs("data")
            .sample(new SoftmaxActivation(Mode.INSTANCE), Shape.of(2, 3, 2))
            .sample(new SoftmaxActivation(Mode.CHANNEL), Shape.of(2, 3, 2));

    @Override
    public void infer(Infer s) {
      s.same();
      if (s.in(0).hasRank() && s.in(0).rank() < 2) {
        throw s.error(
            "data of rank " + s.in(0).rank(),
            "the first axis counts samples",
            "reshape the data to (batch, classes)");
      }
    }

    @Override
    public List<Tensor> expand(Expansion e) {
      Shape x = e.shape(0);
      Shape view = mode == Mode.CHANNEL ? x : Shape.of(x.dim(0), x.sizeFrom(1));
      Op softmax = new SoftmaxOps.Softmax(1, Optional.empty());
      return List.of(Ops.call(softmax, e.in(0).reshapeTo(view)).reshapeTo(x));
    }
  }

  /** The sum over all rows of {@code -log softmax(data)[label]}, shape (1,). */
  record SoftmaxCrossEntropy() implements SoftmaxForms {
    static final OpSchema<SoftmaxCrossEntropy> SCHEMA =
        define(new SoftmaxCrossEntropy(), "softmax_cross_entropy")
            .inputs("data", "label")
            .onnx("SoftmaxCrossEntropyLoss")
            .sample(
                new SoftmaxCrossEntropy(),
                new SampleInput(TensorType.float32(3, 4), -2, 2),
                new SampleInput(TensorType.float32(3), 0, 3.99));

    @Override
    public void infer(Infer s) {
      Shape data = s.in(0);
      if (data.hasRank()) {
        if (data.rank() != 2) {
          throw s.error(
              "data of rank " + data.rank(),
              "there is a row of scores for each sample",
              "reshape the data to (batch, classes)");
        }
        Picked.requireElements(s, 1);
        s.in(1, data.remove(1), "there is one class number for each row");
      }
      s.out(0, Shape.of(1), "the loss is one number");
      s.dtype(0, s.dtype(0));
    }

    @Override
    public List<Tensor> expand(Expansion e) {
      return List.of(e.in(0).logSoftmax(-1).pick(e.in(1), -1).sum().neg());
    }
  }
}
