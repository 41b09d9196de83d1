package io.gluonj.op;

import static io.gluonj.op.OpSchema.define;

import io.gluonj.op.OpSchema.SampleInput;
import io.gluonj.op.Scalar.Fn2;
import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.DType;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.util.List;

/** Preparation of images, one (rank 3) or a batch of them (rank 4). */
public sealed interface Images extends Op.Composite {
  private static void requireImages(Infer s) {
    if (s.in(0).hasRank() && s.in(0).rank() != 3 && s.in(0).rank() != 4) {
      throw s.error(
          "data of rank " + s.in(0).rank(),
          "an image has three axes, a batch of them four",
          "reshape the data");
    }
  }

  /** Bytes (…, H, W, C) to float32 (…, C, H, W) in [0, 1]. */
  record ToTensor() implements Images {
    static final OpSchema<ToTensor> SCHEMA =
        define(new ToTensor(), "_image_to_tensor")
            .inputs("data")
            .sample(
                new ToTensor(),
                new SampleInput(new TensorType(Shape.of(2, 2, 3), DType.UINT8), 0, 255))
            .sample(
                new ToTensor(),
                new SampleInput(new TensorType(Shape.of(2, 2, 2, 3), DType.UINT8), 0, 255));

    private static Transpose order(int rank) {
      return new Transpose(rank == 3 ? List.of(2, 0, 1) : List.of(0, 3, 1, 2));
    }

    @Override
    public void infer(Infer s) {
      requireImages(s);
      if (s.in(0).hasRank()) {
        order(s.in(0).rank()).infer(s);
      }
      s.dtype(0, DType.FLOAT32);
    }

    @Override
    public List<Tensor> expand(Expansion e) {
      Tensor x = e.in(0).cast(DType.FLOAT32).div(255);
      return List.of(Ops.call(order(e.shape(0).rank()), x));
    }
  }

  /** {@code (x - mean) / std} of each channel of (…, C, H, W); one number serves all channels. */
  record Normalize(List<Double> mean, List<Double> std) implements Images {
    static final OpSchema<Normalize> SCHEMA =
        define(new Normalize(List.of(0.0), List.of(1.0)), "_image_normalize")
            .inputs("data")
            .sample(
                new Normalize(List.of(0.1, 0.2, 0.3), List.of(0.5, 0.25, 2.0)), Shape.of(3, 2, 2))
            .sample(new Normalize(List.of(0.5), List.of(2.0)), Shape.of(2, 3, 2, 2));

    public Normalize {
      mean = List.copyOf(mean);
      std = List.copyOf(std);
    }

    @Override
    public void infer(Infer s) {
      requireImages(s);
      s.same();
      if (s.in(0).hasRank()) {
        long channels = s.in(0).dim(-3);
        if (!fits(mean, channels) || !fits(std, channels)) {
          throw s.error(
              "mean " + mean + " and std " + std + " for " + channels + " channels",
              "there is one number for each channel, or one for all",
              "give as many numbers as channels");
        }
      }
    }

    private static boolean fits(List<Double> numbers, long channels) {
      return numbers.size() == 1 || channels == Shape.UNKNOWN || numbers.size() == channels;
    }

    private static Scalar ofChannel(List<Double> numbers, int axis) {
      Scalar chosen = Scalar.of(numbers.getLast());
      for (int c = numbers.size() - 2; c >= 0; c--) {
        Scalar here = new Scalar.Iota(axis).with(Fn2.EQ, Scalar.of(c));
        chosen = here.choose(Scalar.of(numbers.get(c)), chosen);
      }
      return chosen;
    }

    @Override
    public List<Tensor> expand(Expansion e) {
      int axis = e.shape(0).rank() - 3;
      Scalar y = Scalar.arg(0).minus(ofChannel(mean, axis)).over(ofChannel(std, axis));
      return List.of(Ops.call(new Fused(y, 1), e.in(0)));
    }
  }
}
