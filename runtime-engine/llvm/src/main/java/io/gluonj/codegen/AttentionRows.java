package io.gluonj.codegen;

import io.gluonj.codegen.Attention.MaskInput;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What happens to one row of scores in a block of keys, between the matrix products of an
 * attention. A row's lanes are keys; those that the query does not see count as minus infinity.
 *
 * @param masked whether a row of the mask is added to the scores
 */
record AttentionRows(int lanes, boolean masked, Set<String> module) {
  private static final FloatType TYPE = FloatType.F32;
  private static final String NOTHING = TYPE.constant(Double.NEGATIVE_INFINITY);

  private String vector() {
    return "<" + lanes + " x float>";
  }

  private void function(String head, Consumer<IrWriter> body) {
    IrWriter out = new IrWriter(module);
    out.asWritten();
    body.accept(out);
    module.add("define internal " + head + " #1 {\nentry:\n" + out + "}\n");
  }

  private String load(IrWriter out, String base, String vector) {
    String place = new Integers(out).at(base, vector);
    return out.value("load " + vector() + ", ptr " + place + ", align 4");
  }

  private void store(IrWriter out, String value, String base, String vector) {
    String place = new Integers(out).at(base, vector);
    out.line("store " + vector() + " " + value + ", ptr " + place + ", align 4");
  }

  private String spread(IrWriter out, String number) {
    return Lanes.spread(out, vector(), lanes, number, "float");
  }

  private String sum(IrWriter out, String vector) {
    String name = "llvm.vector.reduce.fadd.v" + lanes + "f32";
    out.define("declare float @" + name + "(float, " + vector() + ")");
    return out.value(
        "call reassoc float @%s(float %s, %s %s)"
            .formatted(name, TYPE.constant(-0.0), vector(), vector));
  }

  /** The scaled and masked scores of a vector of keys. */
  private String visible(IrWriter out, String scale, String at) {
    Arithmetic f = Arithmetic.vectors(out, TYPE, lanes);
    String score = f.mul(load(out, "%scores", at), scale);
    String with = masked ? f.add(score, load(out, "%mask", at)) : score;
    String seen = Lanes.mask(out, lanes, new Integers(out).minus("%visible", at));
    return f.select(seen, with, f.of(Double.NEGATIVE_INFINITY));
  }

  /** A loop over vectors of keys that begin at given places. */
  private List<String> keys(IrWriter out, List<String> initial, IrWriter.Round round) {
    Integers i = new Integers(out);
    String vectors = i.ceil("%count", String.valueOf(lanes));
    return out.loop(
        "0",
        vectors,
        vector(),
        initial,
        (index, carried) -> round.at(i.times(index, lanes), carried));
  }

  /** 0 for minus infinity, else the number itself. */
  private static String finite(IrWriter out, String x) {
    Arithmetic f = Arithmetic.strict(out, TYPE);
    return f.select(f.compare("oeq", x, NOTHING), f.of(0), x);
  }

  /**
   * Adds {@code @weigh}: turns scores into exponentials above the largest score so far, and brings
   * what was mixed before to the same base (Milakov and Gimelshein, Online normalizer calculation
   * for softmax, 2018). The statistics are the largest score and the sum of exponentials.
   */
  void weigh() {
    String head =
        "void @weigh(ptr noalias %scores, ptr noalias readonly %mask, ptr noalias %statistics,"
            + " ptr noalias %mixed, i64 %count, i64 %visible, i64 %width, float %scale)";
    function(
        head,
        out -> {
          Integers i = new Integers(out);
          Arithmetic one = Arithmetic.strict(out, TYPE);
          Arithmetic f = Arithmetic.vectors(out, TYPE, lanes);
          String scale = spread(out, "%scale");
          String largest =
              keys(
                      out,
                      List.of(f.of(Double.NEGATIVE_INFINITY)),
                      (at, carried) -> {
                        String score = visible(out, scale, at);
                        store(out, score, "%scores", at);
                        String before = carried.getFirst();
                        return List.of(f.select(f.compare("ogt", score, before), score, before));
                      })
                  .getFirst();
          String maximum = "llvm.vector.reduce.fmax.v" + lanes + "f32";
          out.define("declare float @" + maximum + "(" + vector() + ")");
          String here =
              out.value("call nnan float @" + maximum + "(" + vector() + " " + largest + ")");
          String sums = i.at("%statistics", "1");
          String before = i.load("%statistics");
          String most = one.select(one.compare("ogt", here, before), here, before);
          String base = finite(out, most);
          String bases = spread(out, base);
          Exponential exponential = new Exponential(out, f);
          String total =
              keys(
                      out,
                      List.of("zeroinitializer"),
                      (at, carried) -> {
                        String weight = exponential.exp(f.sub(load(out, "%scores", at), bases));
                        store(out, weight, "%scores", at);
                        return List.of(f.add(carried.getFirst(), weight));
                      })
                  .getFirst();
          String shrinks = new Exponential(out, one).exp(one.sub(before, base));
          i.store(most, "%statistics");
          i.store(one.fma(i.load(sums), shrinks, sum(out, total)), sums);
          out.choose(
              one.compare("une", shrinks, one.of(1)),
              () -> {
                String factor = spread(out, shrinks);
                out.loop(
                    "0",
                    i.over("%width", String.valueOf(lanes)),
                    v -> {
                      String at = i.times(v, lanes);
                      store(out, f.mul(load(out, "%mixed", at), factor), "%mixed", at);
                    });
              },
              () -> {});
          out.line("ret void");
        });
  }

  /** Adds {@code @finish}: the result of a query and its logarithm of the sum of exponentials. */
  void finish() {
    String head =
        "void @finish(ptr noalias readonly %mixed, ptr noalias readonly %statistics,"
            + " ptr noalias %result, ptr noalias %logSumExp, i64 %width)";
    function(
        head,
        out -> {
          Integers i = new Integers(out);
          Arithmetic one = Arithmetic.strict(out, TYPE);
          Arithmetic f = Arithmetic.vectors(out, TYPE, lanes);
          String sum = i.load(i.at("%statistics", "1"));
          String none = one.compare("oeq", sum, one.of(0));
          String factor = spread(out, one.div(one.of(1), sum));
          features(
              out,
              "%width",
              (at, mask) -> {
                String shares = f.mul(load(out, "%mixed", at), factor);
                String zeros = f.constant("float", TYPE.constant(0));
                String value =
                    out.value(
                        "select i1 %s, %s %s, %s %s"
                            .formatted(none, vector(), zeros, vector(), shares));
                String place = i.at("%result", at);
                if (mask.isEmpty()) {
                  out.line("store " + vector() + " " + value + ", ptr " + place + ", align 4");
                } else {
                  Lanes.store(out, vector(), lanes, TYPE, value, place, mask);
                }
              });
          String base = finite(out, i.load("%statistics"));
          i.store(one.add(base, new FloatFunctions(out).log(sum)), "%logSumExp");
          out.line("ret void");
        });
  }

  private interface Features {
    void at(String first, String mask);
  }

  /** Vectors of features; the mask of the last, which may be narrower, is not empty. */
  private void features(IrWriter out, String width, Features body) {
    Integers i = new Integers(out);
    String whole = i.over(width, String.valueOf(lanes));
    out.loop("0", whole, v -> body.at(i.times(v, lanes), ""));
    String end = i.times(whole, lanes);
    String rest = i.minus(width, end);
    out.choose(
        out.value("icmp sgt i64 " + rest + ", 0"),
        () -> body.at(end, Lanes.mask(out, lanes, rest)),
        () -> {});
  }

  /**
   * Adds {@code @slope}: turns scores into weights, and the gradients of weights into those of
   * scaled products.
   */
  void slope() {
    String head =
        "void @slope(ptr noalias %scores, ptr noalias readonly %mask, ptr noalias %gradients,"
            + " i64 %count, i64 %visible, float %scale, float %logSumExp, float %mean)";
    function(
        head,
        out -> {
          Arithmetic f = Arithmetic.vectors(out, TYPE, lanes);
          String scale = spread(out, "%scale");
          String base = spread(out, finite(out, "%logSumExp"));
          String mean = spread(out, "%mean");
          Exponential exponential = new Exponential(out, f);
          keys(
              out,
              List.of(),
              (at, none) -> {
                String weight = exponential.exp(f.sub(visible(out, scale, at), base));
                store(out, weight, "%scores", at);
                String change = f.mul(weight, f.sub(load(out, "%gradients", at), mean));
                store(out, f.mul(change, scale), "%gradients", at);
                return List.of();
              });
          out.line("ret void");
        });
  }

  /** Adds {@code @inner}: the sum of the products of two rows of features. */
  void inner() {
    String head = "float @inner(ptr noalias readonly %x, ptr noalias readonly %y, i64 %width)";
    function(
        head,
        out -> {
          Integers i = new Integers(out);
          Arithmetic f = Arithmetic.vectors(out, TYPE, lanes);
          String whole = i.over("%width", String.valueOf(lanes));
          String total =
              out.loop(
                      "0",
                      whole,
                      vector(),
                      List.of("zeroinitializer"),
                      (v, carried) -> {
                        String at = i.times(v, lanes);
                        return List.of(
                            f.fma(load(out, "%x", at), load(out, "%y", at), carried.getFirst()));
                      })
                  .getFirst();
          String end = i.times(whole, lanes);
          String mask = Lanes.mask(out, lanes, i.minus("%width", end));
          String x = Lanes.load(out, vector(), lanes, TYPE, i.at("%x", end), mask);
          String y = Lanes.load(out, vector(), lanes, TYPE, i.at("%y", end), mask);
          out.line("ret float " + sum(out, f.fma(x, y, total)));
        });
  }

  /** Adds {@code @clear}: zeros for a row of features. */
  void clear() {
    function(
        "void @clear(ptr %row, i64 %width)",
        out -> {
          Integers i = new Integers(out);
          out.loop("0", "%width", at -> i.store(TYPE.constant(0), i.at("%row", at)));
          out.line("ret void");
        });
  }

  /** Adds {@code @mask}: what a mask of any type adds to a row of scores. */
  void mask(MaskInput mask) {
    IrWriter out = new IrWriter(module);
    out.parallel(true);
    Integers i = new Integers(out);
    Arithmetic f = Arithmetic.strict(out, TYPE);
    out.loop(
        "0",
        "%count",
        k -> {
          String element = i.plus("%offset", i.times(k, "%stride"));
          String value = new Elements(out, TYPE).load(mask.type(), "%mask", element);
          String added =
              mask.additive()
                  ? value
                  : f.select(f.compare("une", value, f.of(0)), f.of(0), NOTHING);
          i.store(added, i.at("%row", k));
        });
    module.add(
        "define internal void @mask(ptr noalias readonly %mask, i64 %offset, i64 %stride,"
            + " i64 %count, ptr noalias %row) #1 {\nentry:\n"
            + out
            + "  ret void\n}\n");
  }
}
