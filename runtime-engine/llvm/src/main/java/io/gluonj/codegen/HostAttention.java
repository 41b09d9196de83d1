package io.gluonj.codegen;

import io.gluonj.codegen.AttentionCode.Form;
import io.gluonj.codegen.AttentionCode.Product;
import io.gluonj.codegen.AttentionCode.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Attention for the processor without a matrix of all scores (Dao et al., FlashAttention, NeurIPS
 * 2022): for a block of queries, blocks of keys one after the other, with weights relative to the
 * largest score so far. Products are those of a {@link MicroKernel}, which reads weights where the
 * scores were written.
 *
 * <p>A unit of work is the share of one thread: a run of blocks of queries, for which keys and
 * values of a head are packed once. A query's result does not depend on where shares begin, so it
 * is the same for every number of threads.
 *
 * @param loops the code; its operands are queries, keys, values and mask, then the results, the
 *     scratch memory and the numbers
 * @param scratchBytes size of the scratch memory
 * @param numbers what the last operand holds
 */
public record HostAttention(HostLoops loops, long scratchBytes, List<Long> numbers) {
  /** What one thread reaches, to decide whether others are woken up. */
  static final double FLOPS_PER_NANOSECOND = 50;

  private static final int LOG_SUM_EXP = 1;
  private static final int SCRATCH = 2;
  private static final int NUMBERS = 3;

  private static final Map<Form, String> TEXTS = new ConcurrentHashMap<>();

  /**
   * Writes the code.
   *
   * @param vectorBits width of the processor's vectors
   * @param threads how many shares the work has
   */
  public static HostAttention of(Attention given, int vectorBits, int threads) {
    Tile tile = Tile.of(vectorBits, AttentionCode.TYPE);
    AttentionNumbers numbers = AttentionNumbers.forward(given, tile, threads);
    Form form = Form.of(given, tile);
    String text = TEXTS.computeIfAbsent(form, f -> new Writer(f, numbers.names()).write());
    double flops = given.flops(given.shape().features() + given.shape().values());
    return new HostAttention(
        new HostLoops(text, threads, flops / FLOPS_PER_NANOSECOND),
        numbers.get("share") * threads * AttentionCode.TYPE.bytes(),
        numbers.values());
  }

  private static final class Writer {
    private final Form form;
    private final List<String> names;
    private final Set<String> module = IrWriter.declarations();
    private final IrWriter out = new IrWriter(module);
    private final AttentionCode code;
    private final Integers i;

    Writer(Form form, List<String> names) {
      this.form = form;
      this.names = names;
      out.asWritten();
      out.line("%numbers = getelementptr i8, ptr " + NestBody.output(NUMBERS) + ", i64 0");
      this.code = new AttentionCode(form, names, out);
      this.i = code.integers();
      code.scratchIs(SCRATCH);
    }

    String write() {
      AttentionCode.define(form, names, module);
      Tile tile = form.tile();
      var weights = new MicroKernel.Left("mix", 1, AttentionNumbers.ROW);
      MicroKernel.define(tile, AttentionCode.TYPE, weights, false, module);
      AttentionRows rows = new AttentionRows(tile.lanes(), form.masked(), module);
      rows.weigh();
      rows.finish();
      out.loop("%begin", "%end", this::unit);
      var inputs = new ArrayList<Integer>();
      for (int k = 0; k < form.further(); k++) {
        inputs.add(k);
      }
      List<Integer> written = List.of(0, LOG_SUM_EXP, SCRATCH, NUMBERS);
      return HostLoops.module(out, module, inputs, written, inputs.size(), 1, 0).ir();
    }

    private void unit(String share) {
      String blocks = code.number("queryBlocks");
      String heads = i.times(code.number("batch"), code.number("heads"));
      Range range = code.share(share, i.times(heads, blocks));
      code.wholes(range, blocks, (whole, from, to) -> head(share, whole, from, to));
    }

    /** Blocks of queries of one head. */
    private void head(String share, String whole, String from, String to) {
      String batch = i.over(whole, code.number("heads"));
      String head = i.remainder(whole, code.number("heads"));
      String keyHead = i.over(head, code.number("group"));
      String end = i.min(i.times(to, code.number("queryBlock")), code.number("queries"));
      String seen = code.visible(i.plus(end, "-1"), "0", code.number("keys"));
      String packedKeys = code.scratch(share, "packedKey");
      code.pack(
          "key",
          code.head(NestBody.input(1), "k", batch, keyHead),
          packedKeys,
          new Range("0", i.ceil(seen, code.columns())),
          "0",
          code.number("features"),
          i.times(code.number("features"), code.columns()));
      String values = code.head(NestBody.input(2), "v", batch, keyHead);
      String block = code.number("keyBlock");
      String panels = i.ceil(code.number("values"), code.columns());
      out.loop(
          "0",
          i.ceil(seen, block),
          b -> {
            String first = i.times(b, block);
            code.pack(
                "valueWide",
                values,
                packedValues(share, b),
                new Range("0", panels),
                first,
                i.min(i.plus(first, block), seen),
                i.times(block, code.columns()));
          });
      out.loop(from, to, b -> block(share, batch, head, whole, b));
    }

    private String packedValues(String share, String block) {
      return i.at(
          code.scratch(share, "packedValue"),
          i.times(i.times(block, code.number("keyBlock")), width()));
    }

    /** Distance of the rows that are mixed. */
    private String width() {
      return i.times(i.ceil(code.number("values"), code.columns()), code.columns());
    }

    private void block(String share, String batch, String head, String whole, String block) {
      String first = i.times(block, code.number("queryBlock"));
      String end = i.min(i.plus(first, code.number("queryBlock")), code.number("queries"));
      String height = i.minus(end, first);
      String queries = code.scratch(share, "packedQuery");
      code.pack(
          "query",
          code.head(NestBody.input(0), "q", batch, head),
          queries,
          new Range(i.over(first, code.rows()), i.ceil(end, code.rows())),
          "0",
          code.number("features"),
          i.times(code.number("features"), code.rows()));
      String statistics = code.scratch(share, "statistics");
      FloatType type = AttentionCode.TYPE;
      out.loop(
          "0",
          height,
          row -> {
            String at = i.at(statistics, i.times(row, 2));
            i.store(type.constant(Double.NEGATIVE_INFINITY), at);
            i.store(type.constant(0), i.at(at, "1"));
          });
      String seen = code.visible(i.plus(end, "-1"), "0", code.number("keys"));
      out.loop(
          "0",
          i.ceil(seen, code.number("keyBlock")),
          b -> keys(share, new Place(batch, head, first, height), b, seen));
      finish(share, new Place(batch, head, first, height), whole);
    }

    /** A block of queries. */
    private record Place(String batch, String head, String first, String height) {}

    private void keys(String share, Place at, String block, String seen) {
      String first = i.times(block, code.number("keyBlock"));
      String count = i.min(code.number("keyBlock"), i.minus(seen, first));
      String scores = code.scratch(share, "scores");
      String mixed = code.scratch(share, "mixed");
      String width = width();
      code.scores(
          code.number("features"),
          code.scratch(share, "packedQuery"),
          i.at(code.scratch(share, "packedKey"), i.times(first, code.number("features"))),
          scores,
          at.height(),
          count);
      String further = out.value("icmp ne i64 " + block + ", 0");
      String old = out.value("select i1 " + further + ", i64 " + width + ", i64 0");
      String scale = code.scale();
      out.loop(
          "0",
          at.height(),
          row -> {
            String query = i.plus(at.first(), row);
            String mask =
                code.mask(code.scratch(share, "mask"), at.batch(), at.head(), query, first, count);
            out.line(
                ("call void @weigh(ptr %s, ptr %s, ptr %s, ptr %s, i64 %s, i64 %s, i64 %s,"
                        + " float %s)")
                    .formatted(
                        i.at(scores, i.times(row, AttentionNumbers.ROW)),
                        mask,
                        i.at(code.scratch(share, "statistics"), i.times(row, 2)),
                        i.at(mixed, i.times(row, width)),
                        count,
                        code.visible(query, first, count),
                        old,
                        scale));
          });
      Product product =
          new Product(
              "mix",
              scores,
              AttentionNumbers.ROW,
              count,
              packedValues(share, block),
              i.times(code.number("keyBlock"), code.columns()),
              mixed,
              width,
              further);
      code.product(product, at.height(), width);
    }

    private void finish(String share, Place at, String whole) {
      String result = code.head(NestBody.output(0), "o", at.batch(), at.head());
      String numbers = i.plus(i.times(whole, code.number("queries")), at.first());
      String width = width();
      out.loop(
          "0",
          at.height(),
          row ->
              out.line(
                  "call void @finish(ptr %s, ptr %s, ptr %s, ptr %s, i64 %s)"
                      .formatted(
                          i.at(code.scratch(share, "mixed"), i.times(row, width)),
                          i.at(code.scratch(share, "statistics"), i.times(row, 2)),
                          code.time(result, "o", i.plus(at.first(), row)),
                          i.at(NestBody.output(LOG_SUM_EXP), i.plus(numbers, row)),
                          code.number("values"))));
    }
  }
}
