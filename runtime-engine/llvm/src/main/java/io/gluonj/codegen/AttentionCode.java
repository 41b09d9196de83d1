package io.gluonj.codegen;

import io.gluonj.codegen.Attention.MaskInput;
import io.gluonj.types.DType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the codes of an attention and of its gradient have in common, within one function. */
final class AttentionCode {
  /** The type everything is computed in. */
  static final FloatType TYPE = FloatType.F32;

  private static final int MASK = 3;

  /**
   * What the code depends on.
   *
   * @param maskType null without a mask
   */
  record Form(boolean causal, @Nullable DType maskType, boolean additive, Tile tile) {
    static Form of(Attention given, Tile tile) {
      Optional<MaskInput> mask = given.mask();
      return new Form(
          given.causal(),
          mask.map(MaskInput::type).orElse(null),
          mask.map(MaskInput::additive).orElse(false),
          tile);
    }

    boolean masked() {
      return maskType != null;
    }

    /** Number of the first input behind queries, keys, values and mask. */
    int further() {
      return masked() ? MASK + 1 : MASK;
    }
  }

  private final Form form;
  private final Tile tile;
  private final IrWriter out;
  private final Integers i;
  private final Map<String, String> numbers;

  /** Begins a function that has a parameter {@code %numbers}. */
  AttentionCode(Form form, List<String> names, IrWriter out) {
    this.form = form;
    this.tile = form.tile();
    this.out = out;
    this.i = new Integers(out);
    this.numbers = Packing.load(out, names);
  }

  /** Adds what the codes call to a module. */
  static void define(Form form, List<String> names, Set<String> module) {
    Tile tile = form.tile();
    MicroKernel.define(tile, TYPE, false, module);
    module.add(
        "@zeros = internal constant [%d x float] zeroinitializer, align 64"
            .formatted(tile.columns()));
    AttentionRows rows = new AttentionRows(tile.lanes(), form.masked(), module);
    if (form.maskType() != null) {
      rows.mask(new MaskInput(form.maskType(), form.additive(), 0, 0, 0, 0));
    }
    for (String name : names) {
      if (name.endsWith(".inRun")) {
        String side = name.substring(0, name.indexOf('.'));
        packing(side, tile, names).define(module);
      }
    }
  }

  private static Packing packing(String side, Tile tile, List<String> names) {
    boolean rows = side.equals("query") || side.equals("gradient");
    Packing.Form form = new Packing.Form(0, TYPE.dtype(), 0, 1, 0, false, false);
    return new Packing(side, form, TYPE, rows ? tile.rows() : tile.columns(), tile.lanes(), names);
  }

  IrWriter out() {
    return out;
  }

  Integers integers() {
    return i;
  }

  String number(String name) {
    String found = numbers.get(name);
    if (found == null) {
      throw new IllegalStateException("no number " + name);
    }
    return found;
  }

  String rows() {
    return String.valueOf(tile.rows());
  }

  String columns() {
    return String.valueOf(tile.columns());
  }

  /** The factor of the products, a float32. */
  String scale() {
    String bits = out.value("trunc i64 " + number("scale") + " to i32");
    return out.value("bitcast i32 " + bits + " to float");
  }

  /** A range of a whole's parts. */
  record Range(String from, String to) {}

  /** The part of a share of so many pieces of work. */
  Range share(String share, String all) {
    String from = i.over(i.times(share, all), number("shares"));
    String next = i.times(i.plus(share, "1"), all);
    return new Range(from, i.over(next, number("shares")));
  }

  /** What is done for a run of parts of one whole. */
  interface Parts {
    void at(String whole, String from, String to);
  }

  /** Goes through a range of parts, of which each whole has as many. */
  void wholes(Range range, String parts, Parts body) {
    String first = i.over(range.from(), parts);
    out.loop(
        first,
        i.ceil(range.to(), parts),
        whole -> {
          String begin = i.times(whole, parts);
          String from = i.max("0", i.minus(range.from(), begin));
          body.at(whole, from, i.min(parts, i.minus(range.to(), begin)));
        });
  }

  /** A head of a tensor. */
  String head(String base, String tensor, String batch, String head) {
    return i.at(
        base,
        i.plus(i.times(batch, number(tensor + ".batch")), i.times(head, number(tensor + ".head"))));
  }

  /** A position of a head. */
  String time(String head, String tensor, String position) {
    return i.at(head, i.times(position, number(tensor + ".time")));
  }

  /** A part of the scratch memory. */
  String scratch(String share, String name) {
    String offset = i.plus(i.times(share, number("share")), number("at." + name));
    return i.at(NestBody.output(scratchOutput), offset);
  }

  private int scratchOutput;

  /** States which output is the scratch memory. */
  void scratchIs(int output) {
    scratchOutput = output;
  }

  /**
   * Packs panels {@code from} to {@code to} of a factor, steps {@code low} to {@code high} of the
   * depth.
   *
   * @param distance between panels, in elements
   */
  void pack(
      String side,
      String source,
      String target,
      Range panels,
      String low,
      String high,
      String distance) {
    out.loop(
        panels.from(),
        panels.to(),
        panel -> {
          String place = i.at(target, i.times(i.minus(panel, panels.from()), distance));
          out.line(
              "call void @pack_%s(ptr %s, ptr %s, i64 %s, i64 %s, i64 %s, ptr %%numbers)"
                  .formatted(side, source, place, panel, low, high));
        });
  }

  /**
   * A block of scores: the products of packed rows and packed columns, over all of a depth.
   *
   * @param height rows that exist
   * @param width columns that are needed
   */
  void scores(
      String depth, String rows, String columns, String result, String height, String width) {
    String below = i.times(depth, rows());
    String beside = i.times(depth, columns());
    out.loop(
        "0",
        i.ceil(width, columns()),
        c -> {
          String right = i.at(columns, i.times(c, beside));
          out.loop(
              "0",
              i.ceil(height, rows()),
              r -> {
                String first = i.times(r, rows());
                String place = i.plus(i.times(first, AttentionNumbers.ROW), i.times(c, columns()));
                tile(
                    "tile",
                    depth,
                    i.at(rows, i.times(r, below)),
                    right,
                    i.at(result, place),
                    String.valueOf(AttentionNumbers.ROW),
                    false,
                    i.min(rows(), i.minus(height, first)),
                    columns());
              });
        });
  }

  /**
   * Products of weights in a block and packed columns.
   *
   * @param kernel which way the weights are read
   * @param row distance of the weights' rows
   * @param depth how many steps there are
   * @param result row-major, with rows so far apart
   * @param adds an i1: whether the products are added to the result
   * @param distance between packed panels
   */
  record Product(
      String kernel,
      String weights,
      int row,
      String depth,
      String columns,
      String distance,
      String result,
      String stride,
      String adds) {}

  void product(Product p, String height, String width) {
    String fromStride = out.value("select i1 " + p.adds() + ", i64 " + p.stride() + ", i64 0");
    out.loop(
        "0",
        i.ceil(width, columns()),
        c -> {
          String right = i.at(p.columns(), i.times(c, p.distance()));
          String left = i.times(c, columns());
          out.loop(
              "0",
              i.ceil(height, rows()),
              r -> {
                String first = i.times(r, rows());
                String place = i.at(p.result(), i.plus(i.times(first, p.stride()), left));
                String from =
                    out.value("select i1 " + p.adds() + ", ptr " + place + ", ptr @zeros");
                call(
                    p.kernel(),
                    p.depth(),
                    i.at(p.weights(), i.times(first, p.row())),
                    right,
                    place,
                    p.stride(),
                    from,
                    fromStride,
                    i.min(rows(), i.minus(height, first)),
                    i.min(columns(), i.minus(width, left)));
              });
        });
  }

  private void tile(
      String kernel,
      String depth,
      String a,
      String b,
      String c,
      String stride,
      boolean adds,
      String height,
      String width) {
    call(kernel, depth, a, b, c, stride, adds ? c : "@zeros", adds ? stride : "0", height, width);
  }

  private void call(
      String kernel,
      String depth,
      String a,
      String b,
      String c,
      String stride,
      String from,
      String fromStride,
      String height,
      String width) {
    out.line(
        "call void @%s(i64 %s, ptr %s, ptr %s, ptr %s, i64 %s, ptr %s, i64 %s, i64 %s, i64 %s)"
            .formatted(kernel, depth, a, b, c, stride, from, fromStride, height, width));
  }

  /** How many of the keys from {@code first} on a query sees; so many are there. */
  String visible(String query, String first, String count) {
    if (!form.causal()) {
      return count;
    }
    String last = i.plus(i.plus(query, number("ahead")), "1");
    return i.clamp(i.minus(last, first), count);
  }

  /** A row of what a mask adds to the scores of a query; without a mask, any place. */
  String mask(String row, String batch, String head, String query, String first, String count) {
    if (!form.masked()) {
      return row;
    }
    String offset =
        i.plus(
            i.plus(i.times(batch, number("m.batch")), i.times(head, number("m.head"))),
            i.plus(i.times(query, number("m.time")), i.times(first, number("m.key"))));
    out.line(
        "call void @mask(ptr %s, i64 %s, i64 %s, i64 %s, ptr %s)"
            .formatted(NestBody.input(MASK), offset, number("m.key"), count, row));
    return row;
  }
}
