package io.gluonj.codegen;

import io.gluonj.codegen.AttentionCode.Form;
import io.gluonj.codegen.AttentionCode.Product;
import io.gluonj.codegen.AttentionCode.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The gradient of an attention for the processor, without a matrix of all scores (Dao,
 * FlashAttention-2, ICLR 2024): for a block of keys, blocks of queries one after the other, whose
 * weights are made again.
 *
 * <p>Where there are enough heads of keys, a unit of work computes all gradients of some of them.
 * Else shares compute gradients of queries first, then others those of keys and values: scores are
 * made twice, but nobody adds to what another one writes. Every sum has the same order in both
 * ways.
 *
 * @param loops the code; its operands are the inputs of the operator, its results, the scratch
 *     memory and the numbers
 * @param scratchBytes size of the scratch memory
 * @param numbers what the last operand holds
 */
public record HostAttentionGrad(HostLoops loops, long scratchBytes, long[] numbers) {
  private static final int RESULTS = 3;
  private static final int SCRATCH = 3;
  private static final int NUMBERS = 4;

  private static final Map<Form, String> TEXTS = new ConcurrentHashMap<>();

  /**
   * Writes the code.
   *
   * @param vectorBits width of the processor's vectors
   * @param threads how many shares the work has
   */
  public static HostAttentionGrad of(Attention given, int vectorBits, int threads) {
    Tile tile = Tile.of(vectorBits, AttentionCode.TYPE);
    AttentionNumbers numbers = AttentionNumbers.gradient(given, tile, threads);
    Form form = Form.of(given, tile);
    String text = TEXTS.computeIfAbsent(form, f -> new Writer(f, numbers.names()).write());
    double flops = given.flops(3 * given.shape().features() + 2 * given.shape().values());
    return new HostAttentionGrad(
        new HostLoops(text, threads, flops / HostAttention.FLOPS_PER_NANOSECOND),
        numbers.get("share") * threads * AttentionCode.TYPE.bytes(),
        numbers.values());
  }

  private static final class Writer {
    private final Form form;
    private final List<String> names;
    private final List<Integer> inputs = new ArrayList<>();
    private final Set<String> module = IrWriter.declarations();

    Writer(Form form, List<String> names) {
      this.form = form;
      this.names = names;
      for (int k = 0; k < form.further() + RESULTS; k++) {
        inputs.add(k);
      }
    }

    String write() {
      AttentionCode.define(form, names, module);
      Tile tile = form.tile();
      int row = AttentionNumbers.ROW;
      for (var left :
          List.of(new MicroKernel.Left("mix", 1, row), new MicroKernel.Left("over", row, 1))) {
        MicroKernel.define(tile, AttentionCode.TYPE, left, module);
      }
      AttentionRows rows = new AttentionRows(tile.lanes(), form.masked(), module);
      rows.slope();
      rows.inner();
      rows.clear();
      module.add(
          "define internal void @attend("
              + operands("ptr noalias readonly ", "ptr noalias ")
              + ", ptr noalias readonly %numbers, i64 %share, i64 %batch, i64 %keyHead, i64"
              + " %headFrom, i64 %headTo, i64 %keyFrom, i64 %keyTo, i64 %queryFrom, i64 %queryTo,"
              + " i1 %ofQueries, i1 %ofKeys) #1 {\nentry:\n"
              + new Attend().write()
              + "  ret void\n}\n");
      IrWriter out = new IrWriter(module);
      out.asWritten();
      out.line("%numbers = getelementptr i8, ptr " + NestBody.output(NUMBERS) + ", i64 0");
      AttentionCode code = new AttentionCode(form, names, out);
      out.loop("%begin", "%end", share -> unit(code, share));
      List<Integer> written = List.of(0, 1, 2, SCRATCH, NUMBERS);
      return HostLoops.module(out, module, inputs, written, inputs.size(), 1, 0).ir();
    }

    private String operands(String input, String output) {
      return inputs.stream().map(k -> input + NestBody.input(k)).collect(Collectors.joining(", "))
          + ", "
          + List.of(0, 1, 2, SCRATCH).stream()
              .map(k -> output + NestBody.output(k))
              .collect(Collectors.joining(", "));
    }

    /** What a call computes. */
    private record Task(
        String share,
        String batch,
        String keyHead,
        Range heads,
        Range keys,
        Range queries,
        boolean ofQueries,
        boolean ofKeys) {}

    private void attend(IrWriter out, Task t) {
      out.line(
          ("call void @attend(%s, ptr %%numbers, i64 %s, i64 %s, i64 %s, i64 %s, i64 %s, i64 %s,"
                  + " i64 %s, i64 %s, i64 %s, i1 %s, i1 %s)")
              .formatted(
                  operands("ptr ", "ptr "),
                  t.share(),
                  t.batch(),
                  t.keyHead(),
                  t.heads().from(),
                  t.heads().to(),
                  t.keys().from(),
                  t.keys().to(),
                  t.queries().from(),
                  t.queries().to(),
                  t.ofQueries(),
                  t.ofKeys()));
    }

    private void unit(AttentionCode code, String share) {
      IrWriter out = code.out();
      Integers i = code.integers();
      String heads = code.number("heads");
      String keyHeads = code.number("keyHeads");
      String group = code.number("group");
      String queryBlocks = code.number("queryBlocks");
      String keyBlocks = code.number("keyBlocks");
      Range allHeads = new Range("0", group);
      Range allKeys = new Range("0", keyBlocks);
      Range allQueries = new Range("0", queryBlocks);
      String parts = i.times(code.number("batch"), keyHeads);
      String whole = out.value("icmp ne i64 " + code.number("whole") + ", 0");
      out.choose(
          whole,
          () -> {
            Range range = code.share(share, parts);
            out.loop(range.from(), range.to(), part -> {
              String batch = i.over(part, keyHeads);
              String head = i.remainder(part, keyHeads);
              attend(
                  out,
                  new Task(share, batch, head, allHeads, allKeys, allQueries, true, true));
            });
          },
          () -> {
            String all = i.times(code.number("batch"), heads);
            Range queries = code.share(share, i.times(all, queryBlocks));
            code.wholes(queries, queryBlocks, (part, from, to) -> {
              String batch = i.over(part, heads);
              String head = i.remainder(part, heads);
              String keyHead = i.over(head, group);
              String first = i.remainder(head, group);
              Range one = new Range(first, i.plus(first, "1"));
              attend(
                  out,
                  new Task(
                      share, batch, keyHead, one, allKeys, new Range(from, to), true, false));
            });
            Range keys = code.share(share, i.times(parts, keyBlocks));
            code.wholes(keys, keyBlocks, (part, from, to) -> {
              String batch = i.over(part, keyHeads);
              String head = i.remainder(part, keyHeads);
              attend(
                  out,
                  new Task(
                      share, batch, head, allHeads, new Range(from, to), allQueries, false, true));
            });
          });
    }

    /** The function that computes gradients for some blocks of keys and queries. */
    private final class Attend {
      private final IrWriter out = new IrWriter(module);
      private final AttentionCode code;
      private final Integers i;

      Attend() {
        out.asWritten();
        this.code = new AttentionCode(form, names, out);
        this.i = code.integers();
        code.scratchIs(SCRATCH);
      }

      private String input(int behindMask) {
        return NestBody.input(form.further() + behindMask);
      }

      IrWriter write() {
        String keys = head(NestBody.input(1), "k");
        String values = head(NestBody.input(2), "v");
        String keyGradients = head(NestBody.output(1), "k");
        String valueGradients = head(NestBody.output(2), "v");
        out.choose("%ofQueries", this::clearQueries, () -> {});
        out.choose(
            "%ofKeys",
            () -> {
              Range range = positions("%keyFrom", "%keyTo", "keyBlock", "keys");
              clear(keyGradients, "k", range, "features");
              clear(valueGradients, "v", range, "values");
            },
            () -> {});
        out.loop("%keyFrom", "%keyTo", block -> {
          String first = i.times(block, code.number("keyBlock"));
          String end = i.min(i.plus(first, code.number("keyBlock")), code.number("keys"));
          packKeys(keys, values, first, end);
          String start = "%queryFrom";
          if (form.causal()) { // blocks of queries before these see none of the keys
            String query = i.max("0", i.minus(first, code.number("ahead")));
            start = i.max(start, i.over(query, code.number("queryBlock")));
          }
          String from = start;
          out.loop("%headFrom", "%headTo", one -> {
            String head = i.plus(i.times("%keyHead", code.number("group")), one);
            out.loop(from, "%queryTo", b -> {
              String top = i.times(b, code.number("queryBlock"));
              String bottom =
                  i.min(i.plus(top, code.number("queryBlock")), code.number("queries"));
              block(
                  new Place(head, top, bottom, i.minus(bottom, top), first, i.minus(end, first)),
                  code.time(keyGradients, "k", first),
                  code.time(valueGradients, "v", first));
            });
          });
        });
        return out;
      }

      private String head(String base, String tensor) {
        return code.head(base, tensor, "%batch", "%keyHead");
      }

      private String scratch(String name) {
        return code.scratch("%share", name);
      }

      private Range positions(String from, String to, String block, String all) {
        String size = code.number(block);
        return new Range(i.times(from, size), i.min(i.times(to, size), code.number(all)));
      }

      private void clear(String head, String tensor, Range range, String width) {
        out.loop(range.from(), range.to(), position ->
            out.line(
                "call void @clear(ptr %s, i64 %s)"
                    .formatted(code.time(head, tensor, position), code.number(width))));
      }

      private void clearQueries() {
        Range range = positions("%queryFrom", "%queryTo", "queryBlock", "queries");
        out.loop("%headFrom", "%headTo", one -> {
          String head = i.plus(i.times("%keyHead", code.number("group")), one);
          String gradients = code.head(NestBody.output(0), "q", "%batch", head);
          clear(gradients, "q", range, "features");
        });
      }

      private void packKeys(String keys, String values, String first, String end) {
        Range panels = new Range(i.over(first, code.columns()), i.ceil(end, code.columns()));
        positions("key", keys, "packedKey", panels, "features", code.columns());
        positions("value", values, "packedValue", panels, "values", code.columns());
        out.choose(
            "%ofQueries",
            () -> across("keyWide", keys, "packedKeyWide", "features", "keyBlock", first, end),
            () -> {});
      }

      private void positions(
          String side, String head, String target, Range panels, String depth, String width) {
        String size = code.number(depth);
        code.pack(side, head, scratch(target), panels, "0", size, i.times(size, width));
      }

      private void across(
          String side,
          String head,
          String target,
          String width,
          String block,
          String low,
          String high) {
        Range panels = new Range("0", i.ceil(code.number(width), code.columns()));
        String distance = i.times(code.number(block), code.columns());
        code.pack(side, head, scratch(target), panels, low, high, distance);
      }

      /** A block of queries of a head, and one of keys. */
      private record Place(
          String head, String top, String bottom, String height, String first, String count) {}

      private void block(Place at, String keyGradients, String valueGradients) {
        String queries = code.head(NestBody.input(0), "q", "%batch", at.head());
        String gradients = code.head(input(2), "o", "%batch", at.head());
        Range panels = new Range(i.over(at.top(), code.rows()), i.ceil(at.bottom(), code.rows()));
        positions("query", queries, "packedQuery", panels, "features", code.rows());
        positions("gradient", gradients, "packedGradient", panels, "values", code.rows());
        scores("features", "packedQuery", "packedKey", "scores", at);
        scores("values", "packedGradient", "packedValue", "changes", at);
        rows(at, gradients);
        out.choose("%ofKeys", () -> {
          across("queryWide", queries, "packedQueryWide", "features", "queryBlock", at);
          across("gradientWide", gradients, "packedGradientWide", "values", "queryBlock", at);
          product(
              "scores", "packedGradientWide", valueGradients, "v", "values", "queryBlock", at);
          product("changes", "packedQueryWide", keyGradients, "k", "features", "queryBlock", at);
        }, () -> {});
        out.choose("%ofQueries", () -> {
          String head = code.head(NestBody.output(0), "q", "%batch", at.head());
          String target = code.time(head, "q", at.top());
          product("changes", "packedKeyWide", target, "q", "features", "keyBlock", at);
        }, () -> {});
      }

      private void across(
          String side, String head, String target, String width, String block, Place at) {
        across(side, head, target, width, block, at.top(), at.bottom());
      }

      private void scores(String depth, String rows, String columns, String result, Place at) {
        code.scores(
            code.number(depth),
            scratch(rows),
            scratch(columns),
            scratch(result),
            at.height(),
            at.count());
      }

      private void rows(Place at, String gradients) {
        String results = code.head(input(0), "o", "%batch", at.head());
        String heads = i.plus(i.times("%batch", code.number("heads")), at.head());
        String numbers = i.at(input(1), i.times(heads, code.number("queries")));
        String scale = code.scale();
        out.loop("0", at.height(), row -> {
          String query = i.plus(at.top(), row);
          String mask =
              code.mask(scratch("mask"), "%batch", at.head(), query, at.first(), at.count());
          String mean =
              out.value(
                  "call float @inner(ptr %s, ptr %s, i64 %s)"
                      .formatted(
                          code.time(gradients, "o", query),
                          code.time(results, "o", query),
                          code.number("values")));
          String start = i.times(row, AttentionNumbers.ROW);
          out.line(
              ("call void @slope(ptr %s, ptr %s, ptr %s, i64 %s, i64 %s, float %s, float %s,"
                      + " float %s)")
                  .formatted(
                      i.at(scratch("scores"), start),
                      mask,
                      i.at(scratch("changes"), start),
                      at.count(),
                      code.visible(query, at.first(), at.count()),
                      scale,
                      i.load(i.at(numbers, query)),
                      mean));
        });
      }

      /**
       * Adds the products of weights in scratch memory and packed features to a gradient.
       *
       * @param depth what the common index counts: blocks of it were packed
       */
      private void product(
          String weights,
          String packed,
          String target,
          String tensor,
          String width,
          String depth,
          Place at) {
        boolean ofKeys = depth.equals("queryBlock");
        code.product(
            new Product(
                ofKeys ? "over" : "mix",
                scratch(weights),
                ofKeys ? 1 : AttentionNumbers.ROW,
                ofKeys ? at.height() : at.count(),
                scratch(packed),
                i.times(code.number(depth), code.columns()),
                target,
                code.number(tensor + ".time"),
                "true"),
            ofKeys ? at.count() : at.height(),
            code.number(width));
      }
    }
  }
}
