package io.gluonj.codegen;

import io.gluonj.op.Pick;
import io.gluonj.types.DType;
import java.util.List;

/**
 * Rows of a table by index, as GPU kernels: taking them, and adding to them, which is the gradient.
 *
 * <p>{@link #add} sums in the order of the indices and gives equal bits in every run. It sorts the
 * indices: with n of them O(n log² n) exchanges, in shared memory but for the largest strides,
 * about {@code (log n - 10)² / 2} launches more than for up to 2048 of them; then each element of
 * the table sums its own contributions. A row that nearly all indices name is summed by one thread
 * for each column, which is slow. {@link #addAtomically} costs one visit of each value and gives
 * sums that differ in their last bits from run to run.
 */
public final class GpuScatter {
  private static final String INDEX = "%index";
  private static final String VALUES = "%values";
  private static final String TABLE = "%table";
  private static final String SCRATCH = "%scratch";

  private GpuScatter() {}

  /**
   * What is taken or added.
   *
   * @param rows of the table, at least 1 unless there are no indices
   * @param width elements of a row
   * @param count number of indices
   * @param mode what happens to an index outside the table
   * @param type of table and values
   * @param indexType of the indices; fractions are cut off
   */
  public record Rows(
      long rows, long width, long count, Pick.Mode mode, DType type, DType indexType) {
    private long extent() {
      return Math.max(rows, count) * Math.max(1, width);
    }
  }

  /** Kernels that take rows: operands are table (rows, width), index and result (count, width). */
  public static GpuKernels gather(Rows r) {
    GpuModule module = new GpuModule();
    return new GpuSteps(module)
        .add(
            "gather",
            r.count() * r.width(),
            r.extent(),
            GpuCode.computing(r.type()),
            List.of(TABLE, INDEX),
            List.of(VALUES),
            List.of(0, 1, 2),
            (code, i) -> {
              String row = row(code, r, code.over(i, r.width()));
              String from = code.add(code.times(row, r.width()), code.modulo(i, r.width()));
              code.store(r.type(), VALUES, i, code.load(r.type(), TABLE, from));
            })
        .kernels(0);
  }

  /**
   * Kernels that add rows to a table of zeros, in the order of the indices: operands are index,
   * values (count, width) and the table (rows, width).
   *
   * @throws IllegalArgumentException if there are 2^31 rows or indices
   */
  public static GpuKernels add(Rows r) {
    GpuSteps steps = new GpuSteps(new GpuModule());
    if (r.count() == 0) {
      return zeros(steps, r, r.type(), 2).kernels(0);
    }
    GpuSort sort = new GpuSort(r.count(), r.rows());
    int scratch = GpuKernels.SCRATCH;
    steps.add(
        "scatter_keys",
        Math.max(sort.length(), 2 * r.rows()),
        sort.words(),
        FloatType.F64,
        List.of(INDEX),
        List.of(SCRATCH),
        List.of(0, scratch),
        (code, i) -> {
          code.when(
              code.compare("slt", i, String.valueOf(sort.length())),
              () -> sort.writeKey(code, i, at -> row(code, r, at)));
          code.when(
              code.compare("slt", i, String.valueOf(2 * r.rows())), () -> sort.clearBound(code, i));
        });
    sort.sort(steps);
    steps.add(
        "scatter_bounds",
        r.count(),
        sort.words(),
        FloatType.F64,
        List.of(),
        List.of(SCRATCH),
        List.of(scratch),
        sort::writeBounds);
    steps.add(
        "scatter_sum",
        r.rows() * r.width(),
        Math.max(r.extent(), sort.words()),
        GpuCode.computing(r.type()),
        List.of(VALUES, SCRATCH),
        List.of(TABLE),
        List.of(1, scratch, 2),
        (code, i) -> {
          GpuCode.Local sum = code.sum();
          String column = code.modulo(i, r.width());
          sort.each(
              code,
              code.over(i, r.width()),
              at -> {
                String from = code.add(code.times(at, r.width()), column);
                code.accumulate(sum, code.load(r.type(), VALUES, from));
              });
          code.store(r.type(), TABLE, i, code.get(sum));
        });
    return steps.kernels(sort.scratchBytes());
  }

  /**
   * Kernels that add rows to a table of zeros in any order: operands as for {@link #add}; the types
   * are floating.
   */
  public static GpuKernels addAtomically(Rows r) {
    boolean narrow = r.type().bytes() < Float.BYTES;
    DType sums = narrow ? DType.FLOAT32 : r.type();
    int target = narrow ? GpuKernels.SCRATCH : 2;
    GpuSteps steps = new GpuSteps(new GpuModule());
    zeros(steps, r, sums, target);
    FloatType compute = GpuCode.computing(r.type());
    steps.add(
        "scatter_atomic",
        r.count() * r.width(),
        r.extent(),
        compute,
        List.of(INDEX, VALUES),
        List.of(TABLE),
        List.of(0, 1, target),
        (code, i) -> {
          String row = row(code, r, code.over(i, r.width()));
          String to = code.add(code.times(row, r.width()), code.modulo(i, r.width()));
          code.addAtomically(TABLE, to, code.load(r.type(), VALUES, i));
        });
    if (narrow) {
      steps.add(
          "scatter_narrow",
          r.rows() * r.width(),
          r.extent(),
          compute,
          List.of(SCRATCH),
          List.of(TABLE),
          List.of(target, 2),
          (code, i) -> code.store(r.type(), TABLE, i, code.load(sums, SCRATCH, i)));
    }
    return steps.kernels(narrow ? r.rows() * r.width() * sums.bytes() : 0);
  }

  private static GpuSteps zeros(GpuSteps steps, Rows r, DType type, int target) {
    return steps.add(
        "scatter_zeros",
        r.rows() * r.width(),
        r.extent(),
        GpuCode.computing(r.type()),
        List.of(),
        List.of(TABLE),
        List.of(target),
        (code, i) -> code.store(type, TABLE, i, code.constant(0)));
  }

  /** The row that an index names. */
  private static String row(GpuCode code, Rows r, String at) {
    String index = integer(code, r.indexType(), at);
    String row =
        switch (r.mode()) {
          case CLIP -> {
            String positive = code.call("i64", "llvm.smax.i64", "i64", index, "0");
            String last = String.valueOf(r.rows() - 1);
            yield code.call("i64", "llvm.smin.i64", "i64", positive, last);
          }
          case WRAP -> {
            String rest = code.value("srem i64 " + index + ", " + r.rows());
            String negative = code.value("icmp slt i64 " + rest + ", 0");
            String shifted = code.value("add nsw i64 " + rest + ", " + r.rows());
            yield code.value("select i1 " + negative + ", i64 " + shifted + ", i64 " + rest);
          }
        };
    return code.resize(row, 64, code.indexBits());
  }

  private static String integer(GpuCode code, DType type, String at) {
    return switch (type) {
      case INT64 -> code.loadInteger(64, INDEX, at);
      case INT32 -> code.value("sext i32 " + code.loadInteger(32, INDEX, at) + " to i64");
      case INT8 -> code.value("sext i8 " + code.loadInteger(8, INDEX, at) + " to i64");
      case UINT8, BOOL -> code.value("zext i8 " + code.loadInteger(8, INDEX, at) + " to i64");
      case FLOAT32, FLOAT64, FLOAT16, BFLOAT16 ->
          code.call(
              "i64",
              "llvm.fptosi.sat.i64." + code.compute().suffix(),
              code.compute().ir(),
              code.load(type, INDEX, at));
    };
  }
}
