package io.gluonj.codegen;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes the code of {@link HostContraction}. */
final class ContractionCode {
  private static final int SCRATCH = 1;
  private static final int NUMBERS = 2;

  private final HostContraction.Form form;
  private final FloatType type;
  private final Tile tile;
  private final Packing rows;
  private final Packing columns;
  private final List<String> names;
  private final Set<String> module = IrWriter.declarations();
  private final IrWriter out = new IrWriter(module);
  private final Map<String, String> numbers;

  ContractionCode(HostContraction.Form form, List<String> names) {
    this.form = form;
    this.type = form.type();
    this.tile = form.tile();
    this.names = names;
    this.rows = packing(ContractionNumbers.ROWS, form.rows(), tile.rows());
    this.columns = packing(ContractionNumbers.COLUMNS, form.columns(), tile.columns());
    out.asWritten();
    out.line("%numbers = getelementptr i8, ptr " + NestBody.output(NUMBERS) + ", i64 0");
    this.numbers = Packing.load(out, names);
  }

  private Packing packing(String side, Packing.Form factor, int width) {
    return new Packing(side, factor, type, width, tile.lanes(), names);
  }

  String write() {
    rows.define(module);
    if (!form.packed()) {
      columns.define(module);
    }
    MicroKernel.define(tile, type, form.finishes(), module);
    out.define(
        "@zeros = internal constant [%d x %s] zeroinitializer, align 64"
            .formatted(tile.columns(), type.ir()));
    out.loop("%begin", "%end", this::unit);
    var read = new ArrayList<>(List.of(form.rows().operand(), form.columns().operand()));
    if (form.bias() != Contraction.NONE) {
      read.add(form.bias());
    }
    if (form.residual() != Contraction.NONE) {
      read.add(form.residual());
    }
    List<Integer> written = List.of(0, SCRATCH, NUMBERS);
    List<Integer> inputs = read.stream().distinct().toList();
    return HostLoops.module(out, module, inputs, written, form.inputs(), 1, 0).ir();
  }

  String writePacking() {
    columns.define(module);
    String source = NestBody.input(form.columns().operand());
    String panels = number("columns.panels");
    String size = times(number("depthBlock"), String.valueOf(tile.columns()));
    out.loop(
        "%begin",
        "%end",
        unit -> {
          String block = out.value("udiv i64 " + unit + ", " + panels);
          String panel = out.value("urem i64 " + unit + ", " + panels);
          String low = times(block, number("depthBlock"));
          String next = plus(low, number("depthBlock"));
          String high = out.call("i64", "llvm.smin.i64", "i64", next, number("depth"));
          String target = pointer(NestBody.output(0), times(unit, size), type.ir());
          pack(columns, source, target, panel, low, high);
        });
    List<Integer> read = List.of(form.columns().operand());
    return HostLoops.module(out, module, read, List.of(0, NUMBERS), form.inputs(), 1, 0).ir();
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
    String packedRows = pointer(NestBody.output(SCRATCH), times(unit, number("shareBytes")), "i8");
    String packedColumns = pointer(packedRows, number("rowBytes"), "i8");
    String rest = out.value("udiv i64 " + unit + ", " + number("columnShares"));
    String columnShare = out.value("urem i64 " + unit + ", " + number("columnShares"));
    String rowShare = out.value("urem i64 " + rest + ", " + number("rowShares"));
    String batchShare = out.value("udiv i64 " + rest + ", " + number("rowShares"));
    Range batches = share("batch", batchShare, "batchShares");
    Range tall = share("rows.panels", rowShare, "rowShares");
    Range wide = share("columns.panels", columnShare, "columnShares");
    out.loop(
        batches.from(),
        batches.to(),
        batch ->
            blocks(
                wide.from(),
                wide.to(),
                "columnBlock",
                (left, right) ->
                    blocks(
                        "0",
                        number("depth"),
                        "depthBlock",
                        (low, high) -> {
                          Range columnsHere = columns(batch, left, right, low, high, packedColumns);
                          blocks(
                              tall.from(),
                              tall.to(),
                              "rowBlock",
                              (top, bottom) -> {
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
    out.loop(
        "0",
        count,
        number -> {
          String begin = plus(from, times(number, step));
          block.at(begin, out.call("i64", "llvm.smin.i64", "i64", plus(begin, step), to));
        });
  }

  /** Packs a block of columns, or finds it. */
  private Range columns(
      String batch, String left, String right, String low, String high, String packed) {
    if (!form.packed()) {
      Range range = new Range(left, right, packed);
      pack(columns, batch, range, low, high);
      return range;
    }
    String block = out.value("udiv i64 " + low + ", " + number("depthBlock"));
    String first = plus(times(block, number("columns.panels")), left);
    String size = times(number("depthBlock"), String.valueOf(tile.columns()));
    String all = NestBody.input(form.columns().operand());
    return new Range(left, right, pointer(all, times(first, size), type.ir()));
  }

  private void pack(Packing packing, String batch, Range range, String low, String high) {
    String bytes = "[" + packing.form().stored().bytes() + " x i8]";
    String offset = times(batch, number(packing.side() + ".batch"));
    String source = pointer(NestBody.input(packing.form().operand()), offset, bytes);
    out.loop(
        range.from(),
        range.to(),
        panel -> {
          String target = panel(range, panel, packing.width());
          pack(packing, source, target, panel, low, high);
        });
  }

  private void pack(
      Packing packing, String source, String target, String panel, String low, String high) {
    out.line(
        "call void @pack_%s(ptr %s, ptr %s, i64 %s, i64 %s, i64 %s, ptr %%numbers)"
            .formatted(packing.side(), source, target, panel, low, high));
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
    String extent = number(packing.side() + ".run");
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
    String stride = number("width");
    String fromStride = out.value("select i1 " + first + ", i64 0, i64 " + stride);
    String offset = times(batch, number("result"));
    out.loop(
        wide.from(),
        wide.to(),
        c -> {
          String b = panel(wide, c, tile.columns());
          Part across = part(columns, c);
          String initial =
              form.bias() == Contraction.NONE
                  ? "@zeros"
                  : pointer(NestBody.input(form.bias()), across.index(), type.ir());
          out.loop(
              tall.from(),
              tall.to(),
              r -> {
                String a = panel(tall, r, tile.rows());
                Part down = part(rows, r);
                String at = plus(offset, plus(times(down.index(), stride), across.index()));
                String target = pointer(NestBody.output(0), at, type.ir());
                String from =
                    out.value("select i1 " + first + ", ptr " + initial + ", ptr " + target);
                String arguments =
                    "i64 %s, ptr %s, ptr %s, ptr %s, i64 %s, ptr %s, i64 %s, i64 %s, i64 %s"
                        .formatted(
                            steps,
                            a,
                            b,
                            target,
                            stride,
                            from,
                            fromStride,
                            down.valid(),
                            across.valid());
                out.line(
                    "call void @tile("
                        + arguments
                        + (form.finishes() ? finish(at, high) : "")
                        + ")");
              });
        });
  }

  /** What is done once the depth has been summed up to the end. */
  private String finish(String at, String high) {
    String ends = out.value("icmp eq i64 " + high + ", " + number("depth"));
    String plus = "@zeros";
    String stride = "0";
    if (form.residual() != Contraction.NONE) {
      String residual = pointer(NestBody.input(form.residual()), at, type.ir());
      plus = out.value("select i1 " + ends + ", ptr " + residual + ", ptr @zeros");
      stride = out.value("select i1 " + ends + ", i64 " + number("width") + ", i64 0");
    }
    String relu = out.value("icmp ne i64 " + number("relu") + ", 0");
    String bounded = out.value("and i1 " + ends + ", " + relu);
    String least =
        out.value(
            "select i1 %s, %s %s, %s %s"
                .formatted(
                    bounded,
                    type.ir(),
                    type.constant(0),
                    type.ir(),
                    type.constant(Double.NEGATIVE_INFINITY)));
    return ", ptr %s, i64 %s, %s %s".formatted(plus, stride, type.ir(), least);
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
