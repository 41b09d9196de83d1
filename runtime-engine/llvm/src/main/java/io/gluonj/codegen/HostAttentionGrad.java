package io.gluonj.codegen;

import io.gluonj.codegen.AttentionCode.Form;
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
public record HostAttentionGrad(HostLoops loops, long scratchBytes, List<Long> numbers) {
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
        MicroKernel.define(tile, AttentionCode.TYPE, left, false, module);
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
              + new AttentionGradBlocks(form, names, module, SCRATCH).write()
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
            out.loop(
                range.from(),
                range.to(),
                part -> {
                  String batch = i.over(part, keyHeads);
                  String head = i.remainder(part, keyHeads);
                  attend(
                      out, new Task(share, batch, head, allHeads, allKeys, allQueries, true, true));
                });
          },
          () -> {
            String all = i.times(code.number("batch"), heads);
            Range queries = code.share(share, i.times(all, queryBlocks));
            code.wholes(
                queries,
                queryBlocks,
                (part, from, to) -> {
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
            code.wholes(
                keys,
                keyBlocks,
                (part, from, to) -> {
                  String batch = i.over(part, keyHeads);
                  String head = i.remainder(part, keyHeads);
                  attend(
                      out,
                      new Task(
                          share,
                          batch,
                          head,
                          allHeads,
                          new Range(from, to),
                          allQueries,
                          false,
                          true));
                });
          });
    }
  }
}
