package io.gluonj.backend.cpu;

import io.gluonj.backend.Kernel;
import io.gluonj.backend.cpu.DnnlKernel.Binding;
import io.gluonj.backend.cpu.DnnlKernel.Place;
import io.gluonj.backend.cpu.DnnlKernel.Step;
import io.gluonj.dnnl.Arg;
import io.gluonj.dnnl.Attributes;
import io.gluonj.dnnl.DataType;
import io.gluonj.dnnl.MatMul;
import io.gluonj.dnnl.MemoryDesc;
import io.gluonj.dnnl.PostOp;
import io.gluonj.dnnl.Primitive;
import io.gluonj.dnnl.PrimitiveDesc;
import io.gluonj.dnnl.Reorder;
import java.util.List;

/**
 * Many matrix products with the same right-hand side, which is brought into the order that oneDNN
 * likes best once.
 *
 * @param pack from the right-hand side to its packed form
 * @param product from the left-hand side, the packed form and the bias if there is one, to the
 *     result
 * @param packedBytes size of the packed form
 */
record Products(Kernel pack, Kernel product, long packedBytes) {
  private static final int BIAS = 2;

  /**
   * Products (m, k) x (k, n) of row-major matrices.
   *
   * @param transposed whether the right-hand side lies in memory as (n, k)
   * @param bias whether a row is added to each row of the result
   * @param adds whether results are added to what is there
   */
  static Products of(long m, long n, long k, boolean transposed, boolean bias, boolean adds) {
    MemoryDesc given =
        MemoryDesc.strided(
            DataType.F32, new long[] {k, n}, transposed ? new long[] {1, k} : new long[] {n, 1});
    MemoryDesc a = MemoryDesc.rowMajor(DataType.F32, m, k);
    MemoryDesc y = MemoryDesc.rowMajor(DataType.F32, m, n);
    MemoryDesc row = bias ? MemoryDesc.rowMajor(DataType.F32, 1, n) : null;
    Attributes attributes = adds ? Attributes.fused(new PostOp.Sum(1)) : Attributes.DEFAULT;
    var spec = new MatMul(a, MemoryDesc.any(DataType.F32, k, n), row, y, attributes);
    MemoryDesc packed;
    try (PrimitiveDesc desc = PrimitiveDesc.of(spec)) {
      packed = desc.desc(Arg.WEIGHTS);
    }
    var plan = new DnnlPlan().reads(Arg.SRC, 0, a).reads(Arg.WEIGHTS, 1, packed);
    if (row != null) {
      plan.reads(Arg.BIAS, BIAS, row);
    }
    Kernel product =
        plan.writes(Arg.DST, bias ? BIAS + 1 : BIAS, y)
            .build(new MatMul(a, packed, row, y, attributes));
    Step reorder =
        new Step(
            Primitive.of(new Reorder(given, packed)),
            List.of(
                new Binding(Arg.SRC, new Place(0, 0, given.size())),
                new Binding(Arg.DST, new Place(1, 0, packed.size()))));
    return new Products(new DnnlKernel(List.of(reorder), 0), product, packed.size());
  }

  /** One product {@code A' B} of row-major (k, m) and (k, n), without packing. */
  static Kernel transposedLeft(long m, long n, long k, boolean adds) {
    MemoryDesc a = MemoryDesc.strided(DataType.F32, new long[] {m, k}, new long[] {1, m});
    MemoryDesc b = MemoryDesc.rowMajor(DataType.F32, k, n);
    MemoryDesc y = MemoryDesc.rowMajor(DataType.F32, m, n);
    return new DnnlPlan()
        .reads(Arg.SRC, 0, a)
        .reads(Arg.WEIGHTS, 1, b)
        .writes(Arg.DST, 2, y)
        .build(
            new MatMul(
                a, b, null, y, adds ? Attributes.fused(new PostOp.Sum(1)) : Attributes.DEFAULT));
  }
}
