package io.gluonj.codegen;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The innermost loop of a {@link Contraction}: a tile of the result as the sum of products of a
 * column of the packed rows and a row of the packed columns.
 *
 * @param tile how panels are packed
 * @param left how the rows lie in memory
 * @param rows how many rows of the tile are computed
 * @param vectors how many vectors of them
 * @param part whether fewer rows and columns than that may be written
 * @param finishes whether sums are changed before they are stored
 */
record MicroKernel(
    Tile tile, FloatType type, Left left, int rows, int vectors, boolean part, boolean finishes) {
  /**
   * Where the rows' numbers are: packed in a panel, or as they are in a matrix in the cache, since
   * a number that is spread over a vector may come from anywhere.
   *
   * @param name of the function
   * @param step distance from one step along the depth to the next, in elements
   * @param row distance from one row to the next
   */
  record Left(String name, int step, int row) {
    /** Rows that are packed for a tile. */
    static Left packed(Tile tile) {
      return new Left("tile", tile.rows(), 1);
    }
  }

  /** Steps along the depth in one round of the loop. */
  private static final int UNROLLED = 4;

  private static final int LINE_BYTES = 64;

  /**
   * Adds the kernels of a tile to a module, and {@code @tile}, which chooses among them. It takes
   * the steps along the depth, the packed rows and columns, the place of the result and the
   * distance of its rows, the place and the distance of what the sums begin with, and the number of
   * rows and columns to be written; where sums are changed, also the place and the distance of what
   * is added, and what a sum is at least.
   */
  static void define(Tile tile, FloatType type, boolean finishes, Set<String> module) {
    define(tile, type, Left.packed(tile), finishes, module);
  }

  /** As the other, with a function of another name for rows that lie differently. */
  static void define(Tile tile, FloatType type, Left left, boolean finishes, Set<String> module) {
    var full = new MicroKernel(tile, type, left, tile.rows(), tile.vectors(), false, finishes);
    var low = new ArrayList<MicroKernel>();
    for (int rows : new int[] {tile.rows() / 3, tile.rows() * 2 / 3, tile.rows()}) {
      low.add(new MicroKernel(tile, type, left, rows, tile.vectors(), true, finishes));
    }
    var narrow = new MicroKernel(tile, type, left, tile.rows(), 1, true, finishes);
    full.define(module);
    narrow.define(module);
    low.forEach(kernel -> kernel.define(module));
    IrWriter out = new IrWriter(module);
    String tall = out.value("icmp eq i64 %rows, " + tile.rows());
    String wide = out.value("icmp eq i64 %columns, " + tile.columns());
    out.choose(
        out.value("and i1 " + tall + ", " + wide),
        () -> full.call(out),
        () -> {
          String one = out.value("icmp sle i64 %columns, " + tile.lanes());
          out.choose(
              one,
              () -> narrow.call(out),
              () -> {
                String few = out.value("icmp sle i64 %rows, " + low.get(0).rows());
                out.choose(
                    few,
                    () -> low.get(0).call(out),
                    () -> {
                      String some = out.value("icmp sle i64 %rows, " + low.get(1).rows());
                      out.choose(some, () -> low.get(1).call(out), () -> low.get(2).call(out));
                    });
              });
        });
    module.add(full.function("@" + left.name(), out));
  }

  private String function(String name, IrWriter body) {
    return "define internal void "
        + name
        + "(i64 %depth, ptr noalias readonly %a, ptr noalias readonly %b, ptr %c,"
        + " i64 %stride, ptr %from, i64 %fromStride, i64 %rows, i64 %columns"
        + (finishes ? ", ptr %plus, i64 %plusStride, " + type.ir() + " %least" : "")
        + ") #1 {\nentry:\n"
        + body
        + "  ret void\n}\n";
  }

  private String name() {
    return "@%s_%d_%d_%s".formatted(left.name(), rows, vectors, part ? "part" : "full");
  }

  private void call(IrWriter out) {
    out.line(
        "call void "
            + name()
            + "(i64 %depth, ptr %a, ptr %b, ptr %c, i64 %stride, ptr %from,"
            + " i64 %fromStride, i64 %rows, i64 %columns"
            + (finishes ? ", ptr %plus, i64 %plusStride, " + type.ir() + " %least" : "")
            + ")");
  }

  private void define(Set<String> module) {
    IrWriter out = new IrWriter(module);
    out.asWritten();
    new Writer(out).write();
    module.add(function(name(), out));
  }

  private final class Writer {
    private final IrWriter out;
    private final String vector = tile.vector(type);
    private final List<String> masks = new ArrayList<>();

    Writer(IrWriter out) {
      this.out = out;
    }

    void write() {
      prefetch();
      for (int v = 0; part && v < vectors; v++) {
        masks.add(Lanes.mask(out, tile.lanes(), plus("%columns", -v * tile.lanes())));
      }
      List<String> zero =
          IntStream.range(0, rows * vectors).mapToObj(i -> "zeroinitializer").toList();
      int unrolled = part ? 1 : UNROLLED; // parts are rare, and take time to be compiled
      String rounds = out.value("udiv i64 %depth, " + unrolled);
      List<String> all =
          out.loop(
              "0",
              rounds,
              vector,
              zero,
              (round, carried) -> {
                List<String> now = carried;
                String k = out.value("mul nuw nsw i64 " + round + ", " + unrolled);
                for (int u = 0; u < unrolled; u++) {
                  now = step(k, u, now);
                }
                return now;
              });
      if (unrolled > 1) {
        String whole = out.value("mul nuw nsw i64 " + rounds + ", " + unrolled);
        all =
            out.loop(
                "0",
                out.value("sub i64 %depth, " + whole),
                vector,
                all,
                (rest, carried) ->
                    step(out.value("add nuw nsw i64 " + whole + ", " + rest), 0, carried));
      }
      for (int r = 0; r < rows; r++) {
        store(r, all);
      }
    }

    /** Asks for the lines of the result early: they are needed when all is summed up. */
    private void prefetch() {
      out.define("declare void @llvm.prefetch.p0(ptr, i32, i32, i32)");
      for (int r = 0; r < rows; r++) {
        String row = row(r);
        int bytes = vectors * tile.lanes() * type.bytes();
        for (int offset = 0; offset < bytes; offset += LINE_BYTES) {
          String line = out.value("getelementptr i8, ptr " + row + ", i64 " + offset);
          out.line("call void @llvm.prefetch.p0(ptr " + line + ", i32 1, i32 3, i32 1)");
        }
      }
    }

    /** One step along the depth: the product of each row's number with the vectors of columns. */
    private List<String> step(String k, int ahead, List<String> sums) {
      String a = at("%a", k, left.step(), ahead);
      String b = at("%b", k, tile.columns(), ahead);
      var across = new ArrayList<String>();
      for (int v = 0; v < vectors; v++) {
        across.add(out.value("load " + vector + ", ptr " + element(b, v) + ", align 16"));
      }
      var next = new ArrayList<String>();
      for (int r = 0; r < rows; r++) {
        String at =
            out.value(
                "getelementptr inbounds " + type.ir() + ", ptr " + a + ", i64 " + r * left.row());
        String number = out.value("load " + type.ir() + ", ptr " + at);
        String spread = Lanes.spread(out, vector, tile.lanes(), number, type.ir());
        for (int v = 0; v < vectors; v++) {
          next.add(
              out.call(
                  vector,
                  "llvm.fmuladd.v" + tile.lanes() + type.suffix(),
                  vector,
                  spread,
                  across.get(v),
                  sums.get(r * vectors + v)));
        }
      }
      return next;
    }

    private String at(String panel, String k, int width, int ahead) {
      String first = out.value("mul nuw nsw i64 " + k + ", " + width);
      String base =
          out.value("getelementptr inbounds " + type.ir() + ", ptr " + panel + ", i64 " + first);
      return out.value(
          "getelementptr inbounds " + type.ir() + ", ptr " + base + ", i64 " + ahead * width);
    }

    /** The place of vector {@code v}. */
    private String element(String base, int v) {
      return out.value(
          "getelementptr inbounds " + type.ir() + ", ptr " + base + ", i64 " + v * tile.lanes());
    }

    private String row(int r) {
      String offset = out.value("mul nsw i64 %stride, " + r);
      return out.value("getelementptr " + type.ir() + ", ptr %c, i64 " + offset);
    }

    private String plus(String x, int y) {
      return out.value("add nsw i64 " + x + ", " + y);
    }

    /** Adds what the sums begin with, and writes a row. */
    private void store(int r, List<String> sums) {
      guarded(
          r,
          () -> {
            String c = row(r);
            String offset = out.value("mul nsw i64 %fromStride, " + r);
            String from = out.value("getelementptr " + type.ir() + ", ptr %from, i64 " + offset);
            for (int v = 0; v < vectors; v++) {
              String sum = sums.get(r * vectors + v);
              String value = add(sum, load(element(from, v), v));
              store(finishes ? finish(r, value, v) : value, element(c, v), v);
            }
          });
    }

    private String add(String x, String y) {
      return out.value("fadd " + vector + " " + x + ", " + y);
    }

    private String finish(int r, String value, int v) {
      String offset = out.value("mul nsw i64 %plusStride, " + r);
      String plus = out.value("getelementptr " + type.ir() + ", ptr %plus, i64 " + offset);
      String sum = add(value, load(element(plus, v), v));
      String least = Lanes.spread(out, vector, tile.lanes(), "%least", type.ir());
      String less = out.value("fcmp olt " + vector + " " + sum + ", " + least); // NaN stays
      return out.value(
          "select <%d x i1> %s, %s %s, %s %s"
              .formatted(tile.lanes(), less, vector, least, vector, sum));
    }

    private void guarded(int r, Runnable body) {
      if (part) {
        out.choose(out.value("icmp sgt i64 %rows, " + r), body, () -> {});
      } else {
        body.run();
      }
    }

    private String load(String from, int v) {
      return part
          ? Lanes.load(out, vector, tile.lanes(), type, from, masks.get(v))
          : out.value("load " + vector + ", ptr " + from + ", align " + type.bytes());
    }

    private void store(String value, String to, int v) {
      if (part) {
        Lanes.store(out, vector, tile.lanes(), type, value, to, masks.get(v));
      } else {
        out.line("store " + vector + " " + value + ", ptr " + to + ", align " + type.bytes());
      }
    }
  }
}
