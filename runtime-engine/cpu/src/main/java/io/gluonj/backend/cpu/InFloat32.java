package io.gluonj.backend.cpu;

import io.gluonj.backend.Kernel;
import io.gluonj.op.Casts;
import io.gluonj.op.Nests;
import io.gluonj.types.DType;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A kernel of float32 for operands of half the size: they are converted into scratch memory before
 * it and from there behind it. That is what half precision means (values are computed in float32
 * and rounded when they are stored), and on processors without instructions for it the fastest way.
 */
final class InFloat32 implements Kernel {
  private static final long ALIGNMENT = 64;

  /**
   * An operand that is converted.
   *
   * @param number of the operand
   * @param kernel converts it; of a result, back
   * @param offset of its float32 form in the scratch memory
   */
  private record Conversion(int number, Kernel kernel, long offset, long bytes) {}

  private final Kernel inner;
  private final int operands;
  private final List<Conversion> before;
  private final List<Conversion> after;
  private final long innerScratch;

  private InFloat32(
      Kernel inner,
      int operands,
      List<Conversion> before,
      List<Conversion> after,
      long innerScratch) {
    this.inner = inner;
    this.operands = operands;
    this.before = List.copyOf(before);
    this.after = List.copyOf(after);
    this.innerScratch = innerScratch;
  }

  /**
   * Wraps a kernel.
   *
   * @param inner for operands of the {@link #widened} types
   * @param in types of the inputs
   * @param out types of the outputs
   */
  static InFloat32 of(Kernel inner, List<TensorType> in, List<TensorType> out, LoopKernels loops) {
    var before = new ArrayList<Conversion>();
    var after = new ArrayList<Conversion>();
    long scratch = 0;
    for (int i = 0; i < in.size() + out.size(); i++) {
      boolean read = i < in.size();
      TensorType given = read ? in.get(i) : out.get(i - in.size());
      if (isHalf(given.dtype())) {
        TensorType wide = widened(given);
        Kernel kernel = read ? cast(given, wide, loops) : cast(wide, given, loops);
        (read ? before : after).add(new Conversion(i, kernel, scratch, wide.bytes()));
        scratch += aligned(wide.bytes());
      }
    }
    return new InFloat32(inner, in.size() + out.size(), before, after, scratch);
  }

  static boolean isHalf(DType type) {
    return type == DType.BFLOAT16 || type == DType.FLOAT16;
  }

  /** The type of an operand as the inner kernel sees it. */
  static TensorType widened(TensorType type) {
    return isHalf(type.dtype()) ? new TensorType(type.shape(), DType.FLOAT32) : type;
  }

  /** A conversion whose kernel serves all shapes of so many elements. */
  private static Kernel cast(TensorType from, TensorType to, LoopKernels loops) {
    Shape flat = Shape.of(from.shape().size());
    return loops.kernel(
        Nests.pointwise(
            new Casts.Cast(to.dtype()),
            List.of(new TensorType(flat, from.dtype())),
            List.of(new TensorType(flat, to.dtype()))),
        1);
  }

  private static long aligned(long bytes) {
    return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  @Override
  public long scratchBytes() {
    return innerScratch + inner.scratchBytes();
  }

  @Override
  public void run(long[] addresses) {
    long scratch = addresses[addresses.length - 1];
    long[] wide = Arrays.copyOf(addresses, operands + (inner.scratchBytes() == 0 ? 0 : 1));
    for (Conversion c : before) {
      wide[c.number()] = scratch + c.offset();
      c.kernel().run(new long[] {addresses[c.number()], wide[c.number()]});
    }
    for (Conversion c : after) {
      wide[c.number()] = scratch + c.offset();
    }
    if (wide.length > operands) {
      wide[operands] = scratch + innerScratch;
    }
    inner.run(wide);
    for (Conversion c : after) {
      c.kernel().run(new long[] {wide[c.number()], addresses[c.number()]});
    }
  }

  /** An input that stays the same is converted once, into the form that the inner kernel likes. */
  @Override
  public @Nullable Packed packed(int operand) {
    for (Conversion c : before) {
      if (c.number() == operand) {
        var others = new ArrayList<>(before);
        others.remove(c);
        Packed further = inner.packed(operand);
        return further == null
            ? new Packed(c.kernel(), c.bytes(), without(inner, others))
            : new Packed(
                new InTurn(c.kernel(), further.packing(), aligned(c.bytes())),
                further.bytes(),
                without(further.kernel(), others));
      }
    }
    return null;
  }

  private InFloat32 without(Kernel kernel, List<Conversion> rest) {
    return new InFloat32(kernel, operands, rest, after, innerScratch);
  }

  /** A conversion into scratch memory, then what packs it. */
  private record InTurn(Kernel conversion, Kernel packing, long between) implements Kernel {
    @Override
    public long scratchBytes() {
      return between + packing.scratchBytes();
    }

    @Override
    public void run(long[] addresses) {
      long scratch = addresses[2];
      conversion.run(new long[] {addresses[0], scratch});
      packing.run(
          packing.scratchBytes() == 0
              ? new long[] {scratch, addresses[1]}
              : new long[] {scratch, addresses[1], scratch + between});
    }
  }

  @Override
  public String toString() {
    return "in float32: " + inner;
  }
}
