package io.gluonj.op;

import static io.gluonj.op.OpSchema.define;

import io.gluonj.op.OpSchema.SampleInput;
import io.gluonj.tensor.NDArray;
import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Tensor;
import io.gluonj.tensor.TensorScope;
import io.gluonj.types.DType;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The slices of data along an axis for which index is not 0 (MXNet: {@code _contrib_boolean_mask}).
 * How many there are depends on values, so that whoever runs it waits for the index.
 *
 * @param axis along which index says yes or no
 */
public record BooleanMask(int axis) implements Op.Dynamic {
  private static final int DATA = 0;
  private static final int INDEX = 1;

  static final OpSchema<BooleanMask> SCHEMA =
      define(new BooleanMask(0), "_contrib_boolean_mask")
          .inputs("data", "index")
          .sample(
              new BooleanMask(0),
              new SampleInput(TensorType.float32(6, 2), -2, 2),
              new SampleInput(new TensorType(Shape.of(6), DType.INT32), 0, 1.99))
          .sample(
              new BooleanMask(-1),
              new SampleInput(TensorType.float32(2, 7), -2, 2),
              new SampleInput(new TensorType(Shape.of(7), DType.BOOL), 0, 1.99));

  @Override
  public void infer(Infer s) {
    Shape data = s.in(DATA);
    if (!data.hasRank()) {
      return;
    }
    if (data.rank() == 0) {
      throw s.error(
          "data of rank 0", "slices along an axis are chosen", "reshape the data to (1,)");
    }
    s.in(INDEX, Shape.of(data.dim(axis)), "there is a yes or no for each slice");
    s.out(0, data.with(axis, Shape.UNKNOWN), "as many slices as the index chooses");
    s.dtype(0, s.dtype(DATA));
  }

  @Override
  public List<Tensor> run(List<NDArray> in) {
    double[] chosen = in.get(INDEX).toDoubles();
    long[] places = LongStream.range(0, chosen.length).filter(i -> chosen[(int) i] != 0).toArray();
    NDArray data = in.get(DATA);
    if (places.length == 0) {
      return List.of(Ops.call(Slicing.axis(axis, 0, 0), data));
    }
    TensorType type = new TensorType(Shape.of(places.length), DType.INT64);
    try (NDArray index =
        TensorScope.outside(
            () -> NDArray.of(MemorySegment.ofArray(places), type, data.device()))) {
      return List.of(Ops.call(new Lookups.Take(axis, Pick.Mode.CLIP), data, index));
    }
  }
}
