package io.gluonj.backend.cpu;

import io.gluonj.backend.cpu.DnnlKernel.Binding;
import io.gluonj.backend.cpu.DnnlKernel.Place;
import io.gluonj.backend.cpu.DnnlKernel.Step;
import io.gluonj.dnnl.Arg;
import io.gluonj.dnnl.DataType;
import io.gluonj.dnnl.MemoryDesc;
import io.gluonj.dnnl.Primitive;
import io.gluonj.dnnl.PrimitiveDesc;
import io.gluonj.dnnl.PrimitiveSpec;
import io.gluonj.dnnl.Reorder;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.util.ArrayList;
import java.util.List;

/**
 * Builds a kernel around one primitive: operands are row-major, and where the primitive wants
 * another format a reorder into scratch memory is put before or behind it.
 */
final class DnnlPlan {
  private static final long ALIGNMENT = 64;

  private record Operand(Arg arg, int number, MemoryDesc desc) {}

  private final List<Operand> sources = new ArrayList<>();
  private final List<Operand> results = new ArrayList<>();
  private long scratch;

  /** The primitive reads operand {@code number}, which has the given format, as {@code arg}. */
  DnnlPlan reads(Arg arg, int number, MemoryDesc desc) {
    sources.add(new Operand(arg, number, desc));
    return this;
  }

  /** The primitive writes {@code arg} to operand {@code number}, which has the given format. */
  DnnlPlan writes(Arg arg, int number, MemoryDesc desc) {
    results.add(new Operand(arg, number, desc));
    return this;
  }

  /** How oneDNN calls the element type of an operand of float32 or less. */
  static DataType type(TensorType operand) {
    return switch (operand.dtype()) {
      case FLOAT32 -> DataType.F32;
      case FLOAT16 -> DataType.F16;
      case BFLOAT16 -> DataType.BF16;
      case FLOAT64, INT8, UINT8, INT32, INT64, BOOL ->
          throw new IllegalArgumentException("no primitive is made for " + operand);
    };
  }

  /** Row-major memory of any rank. */
  static MemoryDesc rowMajor(DataType type, Shape shape) {
    return MemoryDesc.strided(type, shape.dims(), shape.strides());
  }

  /** The kernel for the primitive that oneDNN prefers. */
  DnnlKernel build(PrimitiveSpec spec) {
    try (PrimitiveDesc desc = PrimitiveDesc.of(spec)) {
      return build(desc);
    }
  }

  /** The kernel for a primitive; leaves the descriptor open. */
  DnnlKernel build(PrimitiveDesc desc) {
    scratch = 0;
    var before = new ArrayList<Step>();
    var bindings = new ArrayList<Binding>();
    var after = new ArrayList<Step>();
    for (Operand source : sources) {
      MemoryDesc wanted = desc.desc(source.arg());
      Place place = given(source);
      if (!wanted.equals(source.desc())) {
        Place reordered = scratch(wanted);
        before.add(reorder(source.desc(), place, wanted, reordered));
        place = reordered;
      }
      bindings.add(new Binding(source.arg(), place));
    }
    for (Operand result : results) {
      MemoryDesc made = desc.desc(result.arg());
      Place place = given(result);
      if (!made.equals(result.desc())) {
        Place raw = scratch(made);
        after.add(reorder(made, raw, result.desc(), place));
        place = raw;
      }
      bindings.add(new Binding(result.arg(), place));
    }
    before.add(new Step(desc.compile(), bindings));
    before.addAll(after);
    return new DnnlKernel(before, scratch);
  }

  private static Place given(Operand operand) {
    return new Place(operand.number(), 0, operand.desc().size());
  }

  private Place scratch(MemoryDesc desc) {
    Place place = new Place(Place.SCRATCH, scratch, desc.size());
    scratch += (desc.size() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    return place;
  }

  private static Step reorder(MemoryDesc from, Place source, MemoryDesc to, Place target) {
    return new Step(
        Primitive.of(new Reorder(from, to)),
        List.of(new Binding(Arg.SRC, source), new Binding(Arg.DST, target)));
  }
}
