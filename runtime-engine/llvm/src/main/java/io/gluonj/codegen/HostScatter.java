package io.gluonj.codegen;

import io.gluonj.op.LoopNest.Bounds;
import io.gluonj.op.ScatterAdd;
import io.gluonj.types.TensorType;
import java.util.List;
import java.util.Set;

/**
 * {@link ScatterAdd} for the processor. A unit of work owns a range of rows of one outer slice: it
 * clears them and adds, in the order of the index, what belongs there. Nobody else writes there, so
 * sums do not depend on the number of threads.
 */
public final class HostScatter {
  /** Each unit reads the whole index: few units for each slice. */
  private static final long BLOCKS = 16;

  private static final double PICOSECONDS_PER_ELEMENT = 120;

  private HostScatter() {}

  /** Writes the code for operands of these types. */
  public static HostLoops of(ScatterAdd op, List<TensorType> in, TensorType out) {
    long outer = in.getFirst().shape().dim(0);
    long inner = in.getFirst().shape().dim(2);
    long block = (op.rows() + BLOCKS - 1) / BLOCKS;
    long blocks = (op.rows() + block - 1) / block;
    Set<String> declarations = IrWriter.declarations();
    IrWriter body = new IrWriter(declarations);
    new Writer(op, in, out, body, block, blocks).write();
    double elements = (double) outer * (in.getFirst().shape().dim(1) + op.rows()) * inner;
    return HostLoops.module(
        body,
        declarations,
        List.of(0, 1),
        List.of(0),
        2,
        out.shape().size() == 0 ? 0 : outer * blocks,
        elements * PICOSECONDS_PER_ELEMENT / 1000);
  }

  private record Writer(
      ScatterAdd op, List<TensorType> in, TensorType out, IrWriter ir, long block, long blocks) {

    private long n() {
      return in.getFirst().shape().dim(1);
    }

    private long inner() {
      return in.getFirst().shape().dim(2);
    }

    private FloatType type() {
      return switch (out.dtype()) {
        case FLOAT32, FLOAT16, BFLOAT16, INT8, UINT8, BOOL -> FloatType.F32;
        case FLOAT64, INT32, INT64 -> FloatType.F64;
      };
    }

    void write() {
      ir.loop("%begin", "%end", this::unit);
    }

    private void unit(String unit) {
      String slice = ir.value("udiv i64 " + unit + ", " + blocks);
      String number = ir.value("urem i64 " + unit + ", " + blocks);
      String first = ir.value("mul nuw nsw i64 " + number + ", " + block);
      String rest = ir.value("sub nsw i64 " + op.rows() + ", " + first);
      String count = ir.call("i64", "llvm.smin.i64", "i64", rest, String.valueOf(block));
      String base = ir.value("mul nuw nsw i64 " + slice + ", " + op.rows() * inner());
      String start =
          ir.value("add nsw i64 " + base + ", " + ir.value("mul i64 " + first + ", " + inner()));
      Elements values = new Elements(ir, type());
      ir.loop(
          "0",
          ir.value("mul nuw nsw i64 " + count + ", " + inner()),
          i ->
              values.store(
                  out.dtype(),
                  NestBody.output(0),
                  ir.value("add nsw i64 " + start + ", " + i),
                  type().constant(0)));
      String from = ir.value("mul nuw nsw i64 " + slice + ", " + n() * inner());
      Elements indices = new Elements(ir, FloatType.F64);
      ir.loop("0", String.valueOf(n()), i -> add(values, indices, i, first, count, base, from));
    }

    private void add(
        Elements values,
        Elements indices,
        String i,
        String first,
        String count,
        String base,
        String from) {
      String wide = indices.load(in.get(1).dtype(), NestBody.input(1), i);
      String index = ir.call("i64", "llvm.fptosi.sat.i64.f64", "double", wide);
      String row =
          op.bounds() == Bounds.ZERO ? index : Lookup.inside(ir, index, op.rows(), op.bounds());
      String within = ir.value("sub nsw i64 " + row + ", " + first);
      String mine = ir.value("icmp ult i64 " + within + ", " + count);
      // a loop of no rounds where the row belongs to another unit
      String columns = ir.value("select i1 " + mine + ", i64 " + inner() + ", i64 0");
      String target =
          ir.value("add i64 " + base + ", " + ir.value("mul i64 " + row + ", " + inner()));
      String source =
          ir.value("add i64 " + from + ", " + ir.value("mul i64 " + i + ", " + inner()));
      ir.loop(
          "0",
          columns,
          c -> {
            String to = ir.value("add nsw i64 " + target + ", " + c);
            String sum =
                ir.value(
                    "fadd %s %s, %s"
                        .formatted(
                            type().ir(),
                            values.load(out.dtype(), NestBody.output(0), to),
                            values.load(
                                in.getFirst().dtype(),
                                NestBody.input(0),
                                ir.value("add nsw i64 " + source + ", " + c))));
            values.store(out.dtype(), NestBody.output(0), to, sum);
          });
    }
  }
}
