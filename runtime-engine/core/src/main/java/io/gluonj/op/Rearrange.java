package io.gluonj.op;

import static io.gluonj.op.OpSchema.define;

import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Operators that put one tensor's elements elsewhere or repeat them: reshapes and permutations. */
public sealed interface Rearrange extends Op.Composite {
  /** The result's shape for known data. */
  Shape result(Shape data, Infer s);

  @Override
  default void infer(Infer s) {
    if (s.in(0).isKnown()) {
      s.out(0, result(s.in(0), s), "the shape follows from that of the data");
    }
  }

  private static void requireImage(Shape data, Infer s) {
    if (data.rank() != 4) {
      throw s.error(
          "data of rank " + data.rank(),
          "blocks of pixels are moved between channels and the image (N, C, H, W)",
          "reshape the data to four axes");
    }
  }

  private static Tensor broadcast(Tensor x, Shape to) {
    return BroadcastTo.exactly(to, x);
  }

  /** Exchanges two axes. */
  record SwapAxis(int dim1, int dim2) implements Rearrange {
    static final OpSchema<SwapAxis> SCHEMA =
        define(new SwapAxis(0, 0), "SwapAxis", "swapaxes")
            .inputs("data")
            .function("swapaxes")
            .sample(new SwapAxis(0, 2), Shape.of(2, 3, 4))
            .sample(new SwapAxis(-1, 1), Shape.of(2, 3, 4));

    private Transpose permutation(Shape data) {
      int a = data.axis(dim1);
      int b = data.axis(dim2);
      return new Transpose(
          IntStream.range(0, data.rank()).map(i -> i == a ? b : i == b ? a : i).boxed().toList());
    }

    @Override
    public void infer(Infer s) {
      Shape ranked = s.in(0).hasRank() ? s.in(0) : s.out(0);
      if (ranked.hasRank()) {
        permutation(ranked).infer(s);
      }
    }

    @Override
    public Shape result(Shape data, Infer s) {
      return data.with(dim1, data.dim(dim2)).with(dim2, data.dim(dim1));
    }

    @Override
    public List<Tensor> expand(Expansion e) {
      return List.of(Ops.call(permutation(e.shape(0)), e.in(0)));
    }
  }

  /** Blocks of channels become blocks of pixels. */
  record DepthToSpace(long blockSize) implements Rearrange {
    static final OpSchema<DepthToSpace> SCHEMA =
        define(new DepthToSpace(1), "depth_to_space")
            .inputs("data")
            .onnx("DepthToSpace")
            .required("block_size")
            .sample(new DepthToSpace(2), Shape.of(1, 8, 1, 2));

    @Override
    public Shape result(Shape data, Infer s) {
      requireImage(data, s);
      if (blockSize < 1 || data.dim(1) % Shape.times(blockSize, blockSize) != 0) {
        throw s.error(
            data.dim(1) + " channels with block_size " + blockSize,
            "the square of the block size divides the number of channels",
            "choose another block size");
      }
      return Shape.of(
          data.dim(0),
          data.dim(1) / (blockSize * blockSize),
          Shape.times(data.dim(2), blockSize),
          Shape.times(data.dim(3), blockSize));
    }

    @Override
    public List<Tensor> expand(Expansion e) {
      Shape x = e.shape(0);
      long depth = x.dim(1) / (blockSize * blockSize);
      Tensor blocks =
          e.in(0)
              .reshapeTo(Shape.of(x.dim(0), blockSize, blockSize, depth, x.dim(2), x.dim(3)))
              .transpose(0, 3, 4, 1, 5, 2);
      return List.of(
          blocks.reshapeTo(Shape.of(x.dim(0), depth, x.dim(2) * blockSize, x.dim(3) * blockSize)));
    }
  }

  /** Blocks of pixels become blocks of channels. */
  record SpaceToDepth(long blockSize) implements Rearrange {
    static final OpSchema<SpaceToDepth> SCHEMA =
        define(new SpaceToDepth(1), "space_to_depth")
            .inputs("data")
            .onnx("SpaceToDepth")
            .required("block_size")
            .sample(new SpaceToDepth(2), Shape.of(1, 1, 4, 4));

    @Override
    public Shape result(Shape data, Infer s) {
      requireImage(data, s);
      if (blockSize < 1 || data.dim(2) % blockSize != 0 || data.dim(3) % blockSize != 0) {
        throw s.error(
            "an image of " + data.dim(2) + " x " + data.dim(3) + " with block_size " + blockSize,
            "the block size divides height and width",
            "choose another block size, or pad the image");
      }
      return Shape.of(
          data.dim(0),
          Shape.times(data.dim(1), Shape.times(blockSize, blockSize)),
          data.dim(2) / blockSize,
          data.dim(3) / blockSize);
    }

    @Override
    public List<Tensor> expand(Expansion e) {
      Shape x = e.shape(0);
      long high = x.dim(2) / blockSize;
      long wide = x.dim(3) / blockSize;
      Tensor blocks =
          e.in(0)
              .reshapeTo(Shape.of(x.dim(0), x.dim(1), high, blockSize, wide, blockSize))
              .transpose(0, 3, 5, 1, 2, 4);
      return List.of(
          blocks.reshapeTo(Shape.of(x.dim(0), x.dim(1) * blockSize * blockSize, high, wide)));
    }
  }

  /** Each element several times in a row, along an axis or along all elements as one. */
  record Repeat(long repeats, Optional<Integer> axis) implements Rearrange {
    static final OpSchema<Repeat> SCHEMA =
        define(new Repeat(1, Optional.empty()), "repeat")
            .inputs("data")
            .required("repeats")
            .sample(new Repeat(2, Optional.of(1)), Shape.of(2, 3))
            .sample(new Repeat(3, Optional.empty()), Shape.of(2, 2));

    @Override
    public Shape result(Shape data, Infer s) {
      if (repeats < 1) {
        throw s.error(
            "repeats " + repeats, "every element is there at least once", "use 1 or more");
      }
      Shape x = axis.isPresent() ? data : Shape.of(data.size());
      int at = axis.orElse(0);
      return x.with(at, Shape.times(x.dim(at), repeats));
    }

    @Override
    public List<Tensor> expand(Expansion e) {
      Shape x = axis.isPresent() ? e.shape(0) : Shape.of(e.shape(0).size());
      int at = x.axis(axis.orElse(0));
      Tensor apart = e.in(0).reshapeTo(x.insert(at + 1, 1));
      return List.of(
          broadcast(apart, x.insert(at + 1, repeats)).reshapeTo(x.with(at, x.dim(at) * repeats)));
    }
  }

  /** The whole tensor several times along each axis; {@code reps} are aligned at the last axis. */
  record Tile(List<Long> reps) implements Rearrange {
    static final OpSchema<Tile> SCHEMA =
        define(new Tile(List.of()), "tile")
            .inputs("data")
            .onnx("Tile")
            .required("reps")
            .sample(new Tile(List.of(2L, 3L)), Shape.of(2, 2))
            .sample(new Tile(List.of(2L)), Shape.of(2, 2))
            .sample(new Tile(List.of(2L, 1L, 3L)), Shape.of(2));

    public Tile {
      reps = List.copyOf(reps);
    }

    private long rep(int axis, int rank) {
      int i = axis - (rank - reps.size());
      return i < 0 ? 1 : reps.get(i);
    }

    /** The data's shape with ones in front, as long as the result's. */
    private Shape aligned(Shape data) {
      Shape x = data;
      while (x.rank() < reps.size()) {
        x = x.insert(0, 1);
      }
      return x;
    }

    @Override
    public Shape result(Shape data, Infer s) {
      if (reps.stream().anyMatch(r -> r < 1)) {
        throw s.error("reps " + reps, "the tensor is there at least once", "use 1 or more");
      }
      Shape x = aligned(data);
      for (int i = 0; i < x.rank(); i++) {
        x = x.with(i, x.dim(i) * rep(i, x.rank()));
      }
      return x;
    }

    @Override
    public List<Tensor> expand(Expansion e) {
      Shape x = aligned(e.shape(0));
      var apart = new ArrayList<Long>();
      var repeated = new ArrayList<Long>();
      long[] result = x.dims();
      for (int i = 0; i < x.rank(); i++) {
        long rep = rep(i, x.rank());
        apart.addAll(List.of(1L, x.dim(i)));
        repeated.addAll(List.of(rep, x.dim(i)));
        result[i] *= rep;
      }
      return List.of(
          broadcast(e.in(0).reshapeTo(shape(apart)), shape(repeated)).reshapeTo(Shape.of(result)));
    }

    private static Shape shape(List<Long> extents) {
      return Shape.of(extents.stream().mapToLong(d -> d).toArray());
    }
  }

  /** The elements in reverse order along axes. */
  record Reverse(List<Integer> axis) implements Rearrange {
    static final OpSchema<Reverse> SCHEMA =
        define(new Reverse(List.of()), "reverse", "flip")
            .inputs("data")
            .required("axis")
            .sample(new Reverse(List.of(1)), Shape.of(2, 3))
            .sample(new Reverse(List.of(0, -1)), Shape.of(2, 3, 2));

    public Reverse {
      axis = List.copyOf(axis);
    }

    @Override
    public void infer(Infer s) {
      s.same();
      if (s.in(0).hasRank()) {
        axis.forEach(s.in(0)::axis);
      }
    }

    @Override
    public Shape result(Shape data, Infer s) {
      return data;
    }

    @Override
    public List<Tensor> expand(Expansion e) {
      Shape x = e.shape(0);
      List<Integer> turned = axis.stream().map(x::axis).toList();
      var ranges = new ArrayList<Slicing.Range>();
      for (int i = 0; i < x.rank(); i++) {
        ranges.add(
            turned.contains(i)
                ? new Slicing.Range(x.dim(i) - 1, -1, x.dim(i))
                : new Slicing.Range(0, 1, x.dim(i)));
      }
      return List.of(Ops.call(new Slicing.Part(ranges), e.in(0)));
    }
  }
}
