package io.gluonj.codegen;

import io.gluonj.op.MatMul;
import io.gluonj.types.DType;
import io.gluonj.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Matrix products as a GPU kernel of our own, for GPUs without cuBLAS.
 *
 * <p>A block of 256 threads computes a tile of 64 by 64 results, each thread 4 by 4 of them. Slices
 * of 16 of both factors are kept in shared memory; the next slice is on its way to registers while
 * this one is multiplied. Sums are float32, for float64 and integers float64, in the order of k.
 */
public final class GpuGemm {
  /** Rows and columns of a block's tile. */
  private static final int TILE = 64;

  /** Depth of a slice. */
  private static final int DEPTH = 16;

  /** Rows and columns of a thread's part of the tile. */
  private static final int PART = 4;

  /** Elements between slices' rows: vectors stay aligned, and banks of shared memory differ. */
  private static final int PITCH = TILE + PART;

  private static final String NAME = "gemm";

  /**
   * A batch of row-major products {@code C = op(A) op(B) + beta C + bias}, {@code op(A)} m by k,
   * {@code op(B)} k by n, each without gaps between its rows; {@code op} transposes.
   *
   * @param strideA elements from one matrix of the batch to the next; 0 repeats the same one
   * @param beta factor of C; 0 where C is not read
   * @param bias whether one number for each column is added
   * @param type of A, B and bias
   * @param result of C
   */
  public record Product(
      boolean transposeA,
      boolean transposeB,
      long m,
      long n,
      long k,
      long batch,
      long strideA,
      long strideB,
      long strideC,
      double beta,
      boolean bias,
      DType type,
      DType result) {
    /** The product that a {@link MatMul} of these operands is. */
    public static Product of(MatMul op, Shape a, Shape b, DType type) {
      MatMul.Extents e = op.extents(a, b);
      return new Product(
          op.transposeA(),
          op.transposeB(),
          e.m(),
          e.n(),
          e.k(),
          e.batch(),
          e.m() * e.k(),
          e.k() * e.n(),
          e.m() * e.n(),
          0,
          op.bias(),
          type,
          type);
    }

    private long extent() {
      return Math.max(
          Math.max((batch - 1) * strideA + m * k, (batch - 1) * strideB + k * n),
          (batch - 1) * strideC + m * n);
    }
  }

  private final Product product;
  private final GpuCode code;
  private final String thread;
  private final String ir;

  private GpuGemm(Product product, GpuCode code) {
    this.product = product;
    this.code = code;
    this.thread = code.thread();
    this.ir = code.compute().ir();
  }

  /** Kernels of a product: operands are A, B, the bias if there is one, and C. */
  public static GpuKernels of(Product p) {
    long tiles = p.batch() * tiles(p.m()) * tiles(p.n());
    if (tiles == 0) {
      return new GpuKernels("", List.of(), 0);
    }
    Grid grid = Grid.blocks(tiles, Grid.THREADS);
    List<String> reads = p.bias() ? List.of("%a", "%b", "%bias") : List.of("%a", "%b");
    GpuModule module = new GpuModule();
    module.kernel(
        NAME,
        reads,
        List.of("%c"),
        GpuCode.computing(p.type()),
        // a tile may look beyond the last row and column before it is checked
        p.extent() + 2 * TILE * (p.m() + p.n() + p.k()),
        code -> code.eachBlock(grid, tile -> new GpuGemm(p, code).tile(tile)));
    return new GpuKernels(module.ir(), List.of(grid.launch(NAME, reads.size() + 1)), 0);
  }

  private static long tiles(long extent) {
    return Math.ceilDiv(extent, (long) TILE);
  }

  /** One factor: its slices lie in shared memory as {@link #DEPTH} rows of a tile's extent. */
  private final class Factor {
    private final String pointer;
    private final String shared;
    private final boolean contiguousInK;
    private final long extent;
    private final String base;
    private final String first;
    private final List<GpuCode.Local> registers = new ArrayList<>();

    /**
     * Declares it.
     *
     * @param extent m or n
     * @param base element where the batch's matrix begins
     * @param first row or column of the tile
     */
    Factor(
        String pointer,
        String shared,
        boolean contiguousInK,
        long extent,
        String base,
        String first) {
      this.pointer = pointer;
      this.shared = shared;
      this.contiguousInK = contiguousInK;
      this.extent = extent;
      this.base = base;
      this.first = first;
      code.define(
          "%s = internal addrspace(3) global [%d x %s] undef, align 16"
              .formatted(shared, DEPTH * PITCH, ir));
      code.unrolled(PART, i -> registers.add(code.sum()));
    }

    /** Position within the tile of the i-th element this thread brings; neighbours are adjacent. */
    private String outer(int i) {
      return contiguousInK
          ? code.add(code.over(thread, DEPTH), (long) DEPTH * i)
          : code.modulo(thread, TILE);
    }

    private String depth(int i) {
      return contiguousInK
          ? code.modulo(thread, DEPTH)
          : code.add(code.over(thread, TILE), (long) PART * i);
    }

    /** Brings the slice from {@code k0} into registers; what lies outside counts as 0. */
    void fetch(String k0) {
      code.unrolled(
          PART,
          i -> {
            String o = code.add(first, outer(i));
            String k = code.add(k0, depth(i));
            String inside =
                code.and(
                    extent % TILE == 0 ? GpuCode.TRUE : code.within(o, extent),
                    product.k() % DEPTH == 0 ? GpuCode.TRUE : code.within(k, product.k()));
            code.set(registers.get(i), code.constant(0));
            code.when(
                inside,
                () -> {
                  String position =
                      contiguousInK
                          ? code.add(code.times(o, product.k()), k)
                          : code.add(code.times(k, extent), o);
                  code.set(
                      registers.get(i),
                      code.load(product.type(), pointer, code.add(base, position)));
                });
          });
    }

    /** Registers to shared memory. */
    void keep() {
      code.unrolled(
          PART,
          i -> {
            String to = address(code.add(code.times(depth(i), PITCH), outer(i)));
            code.line(
                "store %s %s, ptr addrspace(3) %s".formatted(ir, code.get(registers.get(i)), to));
          });
    }

    /** Four neighbours of a row of the slice. */
    String[] part(String k, String from) {
      String vector =
          code.value(
              "load <%d x %s>, ptr addrspace(3) %s, align 16"
                  .formatted(PART, ir, address(code.add(code.times(k, PITCH), from))));
      String[] values = new String[PART];
      Arrays.setAll(
          values,
          i -> code.value("extractelement <%d x %s> %s, i32 %d".formatted(PART, ir, vector, i)));
      return values;
    }

    private String address(String position) {
      return code.value(
          "getelementptr inbounds %s, ptr addrspace(3) %s, %s %s"
              .formatted(ir, shared, code.index(), position));
    }
  }

  private void tile(String tile) {
    long columns = tiles(product.n());
    long rows = tiles(product.m());
    String column = code.times(code.modulo(tile, columns), TILE);
    String row = code.times(code.modulo(code.over(tile, columns), rows), TILE);
    String batch = product.batch() == 1 ? "0" : code.over(tile, columns * rows);
    Factor a =
        new Factor(
            "%a",
            "@gemm_a",
            !product.transposeA(),
            product.m(),
            code.times(batch, product.strideA()),
            row);
    Factor b =
        new Factor(
            "%b",
            "@gemm_b",
            product.transposeB(),
            product.n(),
            code.times(batch, product.strideB()),
            column);
    List<GpuCode.Local> sums = new ArrayList<>();
    code.unrolled(PART * PART, i -> sums.add(code.sum()));
    int across = TILE / PART;
    Part at =
        new Part(
            code.times(code.over(thread, across), PART),
            code.times(code.modulo(thread, across), PART));
    if (product.k() > 0) {
      multiply(a, b, at, sums);
    }
    write(code.times(batch, product.strideC()), row, column, at, sums);
  }

  /** Where a thread's part of the tile begins. */
  private record Part(String row, String column) {}

  private void multiply(Factor a, Factor b, Part at, List<GpuCode.Local> sums) {
    a.fetch("0");
    b.fetch("0");
    code.loop(
        "0",
        String.valueOf(product.k()),
        DEPTH,
        k0 -> {
          a.keep();
          b.keep();
          code.barrier();
          String next = code.add(k0, DEPTH);
          code.when(
              code.compare("slt", next, String.valueOf(product.k())),
              () -> {
                a.fetch(next);
                b.fetch(next);
              });
          code.loop(
              "0",
              String.valueOf(DEPTH),
              PART,
              k -> code.unrolled(PART, i -> multiply(a, b, code.add(k, i), at, sums)));
          code.barrier();
        });
  }

  /** One step in k of a thread's results. */
  private void multiply(Factor a, Factor b, String k, Part at, List<GpuCode.Local> sums) {
    String[] left = a.part(k, at.row());
    String[] right = b.part(k, at.column());
    code.unrolled(
        PART * PART,
        i -> code.accumulate(sums.get(i), code.floating("fmul", left[i / PART], right[i % PART])));
  }

  private void write(String base, String row, String column, Part at, List<GpuCode.Local> sums) {
    code.unrolled(
        PART * PART,
        i -> {
          String r = code.add(code.add(row, at.row()), i / PART);
          String c = code.add(code.add(column, at.column()), i % PART);
          String inside =
              code.and(
                  product.m() % TILE == 0 ? GpuCode.TRUE : code.within(r, product.m()),
                  product.n() % TILE == 0 ? GpuCode.TRUE : code.within(c, product.n()));
          code.when(
              inside,
              () -> {
                String to = code.add(base, code.add(code.times(r, product.n()), c));
                GpuCode.Local sum = sums.get(i);
                if (product.bias()) {
                  code.accumulate(sum, code.load(product.type(), "%bias", c));
                }
                if (product.beta() != 0) {
                  String old = code.load(product.result(), "%c", to);
                  code.accumulate(sum, code.floating("fmul", old, code.constant(product.beta())));
                }
                code.store(product.result(), "%c", to, code.get(sum));
              });
        });
  }
}
