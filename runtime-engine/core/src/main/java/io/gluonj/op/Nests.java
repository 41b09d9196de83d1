package io.gluonj.op;

import io.gluonj.op.LoopNest.Access;
import io.gluonj.op.LoopNest.Reduction;
import io.gluonj.op.LoopNest.Store;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Builds the loop nests that operators lower to. */
public final class Nests {
  private Nests() {}

  /** The nest of a pointwise operator; inputs broadcast to the outputs' common shape. */
  public static LoopNest pointwise(Op.Pointwise op, List<TensorType> in, List<TensorType> out) {
    Shape space = out.getFirst().shape();
    List<Scalar> bodies = op.apply(IntStream.range(0, in.size()).mapToObj(Scalar::arg).toList());
    var loads = new ArrayList<Access>();
    for (int i = 0; i < in.size(); i++) {
      int operand = i;
      boolean value = bodies.stream().anyMatch(b -> Arguments.reads(b, operand));
      long[] strides = value ? broadcastStrides(in.get(i).shape(), space) : new long[space.rank()];
      loads.add(new Access(i, in.get(i).dtype(), 0, list(strides)));
    }
    var stores = new ArrayList<Store>();
    for (int k = 0; k < out.size(); k++) {
      stores.add(store(k, out.get(k), bodies.get(k)));
    }
    return new LoopNest(list(space.dims()), List.of(), loads, stores, Reduction.NONE);
  }

  /** Strides to read a tensor as if it had been repeated to {@code space}. */
  public static long[] broadcastStrides(Shape shape, Shape space) {
    long[] own = shape.strides();
    long[] strides = new long[space.rank()];
    int shift = space.rank() - shape.rank();
    for (int i = 0; i < own.length; i++) {
      strides[i + shift] = shape.dim(i) == 1 ? 0 : own[i];
    }
    return strides;
  }

  /** A plain copy in row-major order. */
  static LoopNest copy(TensorType in, TensorType out) {
    long n = in.shape().size();
    return new LoopNest(
        List.of(n),
        List.of(),
        List.of(new Access(0, in.dtype(), 0, List.of(1L))),
        List.of(
            new Store(new Access(0, out.dtype(), 0, List.of(1L)), Scalar.arg(0), Scalar.arg(0))),
        Reduction.NONE);
  }

  /** Reads input 0 with the given offset and strides for every element of the output. */
  static LoopNest gather(TensorType in, TensorType out, long offset, List<Long> strides) {
    return new LoopNest(
        list(out.shape().dims()),
        List.of(),
        List.of(new Access(0, in.dtype(), offset, strides)),
        List.of(store(0, out, Scalar.arg(0))),
        Reduction.NONE);
  }

  /** Writes every element of input {@code operand} with the given offset and strides. */
  static LoopNest scatter(
      int operand, TensorType in, TensorType out, long offset, List<Long> strides) {
    return new LoopNest(
        list(in.shape().dims()),
        List.of(),
        List.of(new Access(operand, in.dtype(), 0, list(in.shape().strides()))),
        List.of(
            new Store(new Access(0, out.dtype(), offset, strides), Scalar.arg(0), Scalar.arg(0))),
        Reduction.NONE);
  }

  /** Fills the output with one value. */
  static LoopNest fill(TensorType out, double value) {
    return new LoopNest(
        List.of(out.shape().size()),
        List.of(),
        List.of(),
        List.of(
            new Store(new Access(0, out.dtype(), 0, List.of(1L)), Scalar.of(value), Scalar.arg(0))),
        Reduction.NONE);
  }

  /**
   * Reduces input 0 over some axes.
   *
   * @param reducedAxes which axes of the input are reduced
   * @param epilogue applied to the reduced value
   */
  static LoopNest reduce(
      TensorType in, TensorType out, boolean[] reducedAxes, Reduction reduction, Scalar epilogue) {
    Shape shape = in.shape();
    long[] strides = shape.strides();
    var parallel = new ArrayList<Long>();
    var reduced = new ArrayList<Long>();
    var kept = new ArrayList<Long>();
    var folded = new ArrayList<Long>();
    for (int i = 0; i < shape.rank(); i++) {
      (reducedAxes[i] ? reduced : parallel).add(shape.dim(i));
      (reducedAxes[i] ? folded : kept).add(strides[i]);
    }
    var loadStrides = new ArrayList<>(kept);
    loadStrides.addAll(folded);
    var storeStrides =
        new ArrayList<>(list(Shape.of(parallel.stream().mapToLong(d -> d).toArray()).strides()));
    folded.forEach(f -> storeStrides.add(0L));
    return new LoopNest(
        parallel,
        reduced,
        List.of(new Access(0, in.dtype(), 0, loadStrides)),
        List.of(new Store(new Access(0, out.dtype(), 0, storeStrides), Scalar.arg(0), epilogue)),
        reduction);
  }

  private static Store store(int operand, TensorType type, Scalar body) {
    return new Store(
        new Access(operand, type.dtype(), 0, list(type.shape().strides())), body, Scalar.arg(0));
  }

  static List<Long> list(long[] values) {
    return Arrays.stream(values).boxed().toList();
  }
}
