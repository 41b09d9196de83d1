package io.gluonj.codegen;

import io.gluonj.codegen.AttentionCode.Form;
import io.gluonj.codegen.AttentionCode.Product;
import io.gluonj.codegen.AttentionCode.Range;
import java.util.List;
import java.util.Set;

/**
 * The function that computes the gradients of a head's keys, of its queries, or both, for some
 * blocks of them: see {@link HostAttentionGrad}.
 */
final class AttentionGradBlocks {
  private final Form form;
  private final IrWriter out;
  private final AttentionCode code;
  private final Integers i;

  /**
   * Begins the function.
   *
   * @param scratch number of the output that is the scratch memory
   */
  AttentionGradBlocks(Form form, List<String> names, Set<String> module, int scratch) {
    this.form = form;
    this.out = new IrWriter(module);
    out.asWritten();
    this.code = new AttentionCode(form, names, out);
    this.i = code.integers();
    code.scratchIs(scratch);
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
    out.loop(
        "%keyFrom",
        "%keyTo",
        block -> {
          String first = i.times(block, code.number("keyBlock"));
          String end = i.min(i.plus(first, code.number("keyBlock")), code.number("keys"));
          packKeys(keys, values, new Range(first, end));
          String start = "%queryFrom";
          if (form.causal()) { // blocks of queries before these see none of the keys
            String query = i.max("0", i.minus(first, code.number("ahead")));
            start = i.max(start, i.over(query, code.number("queryBlock")));
          }
          String from = start;
          out.loop(
              "%headFrom",
              "%headTo",
              one -> {
                String head = i.plus(i.times("%keyHead", code.number("group")), one);
                out.loop(
                    from,
                    "%queryTo",
                    b -> {
                      String top = i.times(b, code.number("queryBlock"));
                      String bottom =
                          i.min(i.plus(top, code.number("queryBlock")), code.number("queries"));
                      block(
                          new Place(
                              head,
                              new Range(top, bottom),
                              i.minus(bottom, top),
                              first,
                              i.minus(end, first)),
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
    out.loop(
        range.from(),
        range.to(),
        position ->
            out.line(
                "call void @clear(ptr %s, i64 %s)"
                    .formatted(code.time(head, tensor, position), code.number(width))));
  }

  private void clearQueries() {
    Range range = positions("%queryFrom", "%queryTo", "queryBlock", "queries");
    out.loop(
        "%headFrom",
        "%headTo",
        one -> {
          String head = i.plus(i.times("%keyHead", code.number("group")), one);
          String gradients = code.head(NestBody.output(0), "q", "%batch", head);
          clear(gradients, "q", range, "features");
        });
  }

  private void packKeys(String keys, String values, Range rows) {
    Range panels =
        new Range(i.over(rows.from(), code.columns()), i.ceil(rows.to(), code.columns()));
    positions("key", keys, "packedKey", panels, "features", code.columns());
    positions("value", values, "packedValue", panels, "values", code.columns());
    out.choose(
        "%ofQueries",
        () -> across("keyWide", keys, "packedKeyWide", "features", "keyBlock", rows), () -> {});
  }

  private void positions(
      String side, String head, String target, Range panels, String depth, String width) {
    String size = code.number(depth);
    code.pack(side, head, scratch(target), panels, "0", size, i.times(size, width));
  }

  private void across(
      String side, String head, String target, String width, String block, Range steps) {
    Range panels = new Range("0", i.ceil(code.number(width), code.columns()));
    String distance = i.times(code.number(block), code.columns());
    code.pack(side, head, scratch(target), panels, steps.from(), steps.to(), distance);
  }

  /** A block of queries of a head, and one of keys. */
  private record Place(String head, Range rows, String height, String first, String count) {
    String top() {
      return rows.from();
    }
  }

  private void block(Place at, String keyGradients, String valueGradients) {
    String queries = code.head(NestBody.input(0), "q", "%batch", at.head());
    String gradients = code.head(input(2), "o", "%batch", at.head());
    Range panels = new Range(i.over(at.top(), code.rows()), i.ceil(at.rows().to(), code.rows()));
    positions("query", queries, "packedQuery", panels, "features", code.rows());
    positions("gradient", gradients, "packedGradient", panels, "values", code.rows());
    scores("features", "packedQuery", "packedKey", "scores", at);
    scores("values", "packedGradient", "packedValue", "changes", at);
    rows(at, gradients);
    out.choose(
        "%ofKeys",
        () -> {
          across("queryWide", queries, "packedQueryWide", "features", "queryBlock", at.rows());
          across(
              "gradientWide", gradients, "packedGradientWide", "values", "queryBlock", at.rows());
          product("scores", "packedGradientWide", valueGradients, "v", "values", "queryBlock", at);
          product("changes", "packedQueryWide", keyGradients, "k", "features", "queryBlock", at);
        },
        () -> {});
    out.choose(
        "%ofQueries",
        () -> {
          String head = code.head(NestBody.output(0), "q", "%batch", at.head());
          String target = code.time(head, "q", at.top());
          product("changes", "packedKeyWide", target, "q", "features", "keyBlock", at);
        },
        () -> {});
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
    out.loop(
        "0",
        at.height(),
        row -> {
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
