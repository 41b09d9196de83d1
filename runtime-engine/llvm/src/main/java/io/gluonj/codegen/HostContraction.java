package io.gluonj.codegen;

import io.gluonj.types.DType;
import io.gluonj.types.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A {@link Contraction} for the processor, in the order of loops by Goto and van de Geijn (Anatomy
 * of High-Performance Matrix Multiplication, TOMS 2008): blocks of columns, blocks of the depth
 * whose columns are packed, blocks of rows that are packed to stay in the second-level cache, and
 * tiles that stay in registers.
 *
 * <p>A unit of work is the share of one thread. Each packs what it needs into a part of the scratch
 * memory of its own, so threads do not wait for each other; what several threads pack is small
 * against their products.
 *
 * <p>The code is the same for contractions that differ in extents and strides only: it reads them
 * from memory. So a program with many products compiles one.
 *
 * @param loops the code; its operands are the inputs, the result, the scratch memory, then the
 *     numbers
 * @param scratchBytes size of the scratch memory
 * @param numbers what the last operand holds
 */
public record HostContraction(HostLoops loops, long scratchBytes, long[] numbers) {
  /** What one thread reaches, to decide whether others are woken up. */
  private static final double FLOPS_PER_NANOSECOND = 60;

  private static final int SCRATCH = 1;
  private static final int NUMBERS = 2;

  /**
   * Writes the code. It computes in float64 for factors of that type, else in float32, which is
   * also the type of the result and of the bias.
   *
   * @param in types of the inputs
   * @param vectorBits width of the processor's vectors
   * @param threads how many shares the work has
   */
  public static HostContraction of(
      Contraction given, List<TensorType> in, int vectorBits, int threads) {
    DType stored = in.get(given.rows().operand()).dtype();
    FloatType type = stored == DType.FLOAT64 ? FloatType.F64 : FloatType.F32;
    Tile tile = Tile.of(vectorBits, type);
    ContractionBlocks blocks = ContractionBlocks.of(given, type, tile, threads);
    ContractionNumbers numbers = ContractionNumbers.of(given, blocks);
    Form form =
        new Form(
            Packing.Form.of(given.rows(), stored),
            Packing.Form.of(given.columns(), in.get(given.columns().operand()).dtype()),
            given.bias(),
            in.size(),
            type,
            tile);
    String text = TEXTS.computeIfAbsent(form, f -> new Writer(f, numbers.names()).write());
    return new HostContraction(
        new HostLoops(text, blocks.shares(), given.flops() / FLOPS_PER_NANOSECOND),
        blocks.shareBytes() * blocks.shares(),
        numbers.values());
  }

  /** What the code depends on. There are few forms in a program. */
  private record Form(
      Packing.Form rows, Packing.Form columns, int bias, int inputs, FloatType type, Tile tile) {}

  private static final Map<Form, String> TEXTS = new ConcurrentHashMap<>();

  private static final class Writer {
    private final Form form;
    private final FloatType type;
    private final Tile tile;
    private final Packing rows;
    private final Packing columns;
    private final List<String> names;
    private final Set<String> module = IrWriter.declarations();
    private final IrWriter out = new IrWriter(module);
    private final Map<String, String> numbers;

    Writer(Form form, List<String> names) {
      this.form = form;
      this.type = form.type();
      this.tile = form.tile();
      this.names = names;
      this.rows = packing(ContractionNumbers.ROWS, form.rows(), tile.rows());
      this.columns = packing(ContractionNumbers.COLUMNS, form.columns(), tile.columns());
      out.asWritten();
      out.line("%numbers = getelementptr i8, ptr " + NestBody.output(NUMBERS) + ", i64 0");
      this.numbers = Packing.load(out, names, "");
    }

    private Packing packing(String side, Packing.Form factor, int width) {
      return new Packing(side, factor, type, width, tile.lanes(), names);
    }

    String write() {
      rows.define(module);
      columns.define(module);
      MicroKernel.define(tile, type, module);
      out.define(
          "@zeros = internal constant [%d x %s] zeroinitializer, align 64"
              .formatted(tile.columns(), type.ir()));
      out.loop("%begin", "%end", this::unit);
      var read = new ArrayList<>(List.of(form.rows().operand(), form.columns().operand()));
      if (form.bias() != Contraction.NONE) {
        read.add(form.bias());
      }
      List<Integer> written = List.of(0, SCRATCH, NUMBERS);
      List<Integer> inputs = read.stream().distinct().toList();
      return HostLoops.module(out, module, inputs, written, form.inputs(), 1, 0).ir();
    }

    private String number(String name) {
      String found = numbers.get(name);
      if (found == null) {
        throw new IllegalStateException("no number " + name + " in " + names);
      }
      return found;
    }

    /** A range of panels, and where they are packed. */
    private record Range(String from, String to, String packed) {}

    private interface Block {
      void at(String from, String to);
    }

    private void unit(String unit) {
      String packedRows =
          pointer(NestBody.output(SCRATCH), times(unit, number("shareBytes")), "i8");
      String packedColumns = pointer(packedRows, number("rowBytes"), "i8");
      String rest = out.value("udiv i64 " + unit + ", " + number("columnShares"));
      String columnShare = out.value("urem i64 " + unit + ", " + number("columnShares"));
      String rowShare = out.value("urem i64 " + rest + ", " + number("rowShares"));
      String batchShare = out.value("udiv i64 " + rest + ", " + number("rowShares"));
      Range batches = share("batch", batchShare, "batchShares");
      Range tall = share("rows.panels", rowShare, "rowShares");
      Range wide = share("columns.panels", columnShare, "columnShares");
      out.loop(batches.from(), batches.to(), batch ->
          blocks(wide.from(), wide.to(), "columnBlock", (left, right) ->
              blocks("0", number("depth"), "depthBlock", (low, high) -> {
                Range columnsHere = new Range(left, right, packedColumns);
                pack(columns, batch, columnsHere, low, high);
                blocks(tall.from(), tall.to(), "rowBlock", (top, bottom) -> {
                  Range rowsHere = new Range(top, bottom, packedRows);
                  pack(rows, batch, rowsHere, low, high);
                  tiles(batch, rowsHere, columnsHere, low, high);
                });
              })));
    }

    private Range share(String all, String share, String shares) {
      String size = number(all);
      String from = out.value("udiv i64 " + times(share, size) + ", " + number(shares));
      String next = times(plus(share, "1"), size);
      return new Range(from, out.value("udiv i64 " + next + ", " + number(shares)), "");
    }

    private void blocks(String from, String to, String size, Block block) {
      String step = number(size);
      String all = out.value("sub i64 " + to + ", " + from);
      String count = out.value("udiv i64 " + plus(all, plus(step, "-1")) + ", " + step);
      out.loop("0", count, number -> {
        String begin = plus(from, times(number, step));
        block.at(begin, out.call("i64", "llvm.smin.i64", "i64", plus(begin, step), to));
      });
    }

    private void pack(Packing packing, String batch, Range range, String low, String high) {
      String bytes = "[" + packing.form().stored().bytes() + " x i8]";
      String offset = times(batch, number(packing.side() + ".batch"));
      String source = pointer(NestBody.input(packing.form().operand()), offset, bytes);
      out.loop(range.from(), range.to(), panel -> {
        String target = panel(range, panel, packing.width());
        out.line(
            "call void @pack_%s(ptr %s, ptr %s, i64 %s, i64 %s, i64 %s, ptr %%numbers)"
                .formatted(packing.side(), source, target, panel, low, high));
      });
    }

    private String panel(Range range, String number, int width) {
      String here = out.value("sub nsw i64 " + number + ", " + range.from());
      String block = times(number("depthBlock"), String.valueOf(width));
      return pointer(range.packed(), times(here, block), type.ir());
    }

    /** Where a panel begins in the factor's own index, and how many elements it has. */
    private record Part(String index, String valid) {}

    private Part part(Packing packing, String panel) {
      String inRun = number(packing.side() + ".inRun");
      String extent = number(packing.side() + ".extent");
      String run = out.value("udiv i64 " + panel + ", " + inRun);
      String within = out.value("urem i64 " + panel + ", " + inRun);
      String width = String.valueOf(packing.width());
      return new Part(
          plus(times(run, extent), times(within, width)),
          Packing.valid(out, extent, within, packing.width()));
    }

    private void tiles(String batch, Range tall, Range wide, String low, String high) {
      String steps = out.value("sub nsw i64 " + high + ", " + low);
      String begins = out.value("icmp eq i64 " + low + ", 0");
      String keeps = out.value("icmp eq i64 " + number("adds") + ", 0");
      String first = out.value("and i1 " + begins + ", " + keeps);
      String fromStride = out.value("select i1 " + first + ", i64 0, i64 " + number("width"));
      String result = pointer(NestBody.output(0), times(batch, number("result")), type.ir());
      out.loop(wide.from(), wide.to(), c -> {
        String b = panel(wide, c, tile.columns());
        Part across = part(columns, c);
        String initial =
            form.bias() == Contraction.NONE
                ? "@zeros"
                : pointer(NestBody.input(form.bias()), across.index(), type.ir());
        out.loop(tall.from(), tall.to(), r -> {
          String a = panel(tall, r, tile.rows());
          Part down = part(rows, r);
          String at = plus(times(down.index(), number("width")), across.index());
          String target = pointer(result, at, type.ir());
          String from = out.value("select i1 " + first + ", ptr " + initial + ", ptr " + target);
          out.line(
              ("call void @tile(i64 %s, ptr %s, ptr %s, ptr %s, i64 %s, ptr %s, i64 %s, i64 %s,"
                      + " i64 %s)")
                  .formatted(
                      steps,
                      a,
                      b,
                      target,
                      number("width"),
                      from,
                      fromStride,
                      down.valid(),
                      across.valid()));
        });
      });
    }

    private String pointer(String base, String offset, String element) {
      return out.value("getelementptr inbounds " + element + ", ptr " + base + ", i64 " + offset);
    }

    private String times(String x, String y) {
      return out.value("mul nsw i64 " + x + ", " + y);
    }

    private String plus(String x, String y) {
      return out.value("add nsw i64 " + x + ", " + y);
    }
  }
}
