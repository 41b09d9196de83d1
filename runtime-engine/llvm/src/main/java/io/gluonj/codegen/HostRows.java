package io.gluonj.codegen;

import io.gluonj.codegen.NestBody.Position;
import io.gluonj.codegen.Space.Axis;
import io.gluonj.op.LoopNest;
import io.gluonj.op.RowNest;
import io.gluonj.op.RowNest.Stage;
import io.gluonj.op.RowNest.Write;
import io.gluonj.op.Scalar;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Row nests for the processor: a unit of work is a row, over which there is one vector loop for
 * each level of stages that depend on each other, and one for what is stored. Slow terms that
 * several loops share are computed once and kept on the stack.
 */
public final class HostRows {
  /** What a thread keeps of a row; beyond it terms are computed anew. */
  private static final long KEPT_BYTES = 1 << 17;

  private final RowNest nest;
  private final Space space;
  private final RowTerms terms;
  private final IrWriter out;
  private final NestBody body;
  private final String type;
  private final String[] values;

  private HostRows(RowNest nest, LoopNest accesses, Space space, RowTerms terms, IrWriter out) {
    this.nest = nest;
    this.space = space;
    this.terms = terms;
    this.out = out;
    this.body = new NestBody(Target.HOST, accesses, space, out);
    this.type = body.type().ir();
    this.values = new String[nest.stages().size()];
  }

  /**
   * Writes the code of a row nest.
   *
   * @param inputs number of inputs of the operator: output {@code k} has address {@code inputs + k}
   */
  public static HostLoops of(RowNest given, int inputs) {
    RowNest nest = RowTerms.reciprocal(given);
    LoopNest accesses = nest.space();
    Uses uses = Uses.of(accesses);
    RowTerms terms = RowTerms.of(nest);
    long bytes = terms.kept().size() * nest.inner() * nest.compute().bytes();
    Set<String> declarations = IrWriter.declarations();
    IrWriter out = new IrWriter(declarations);
    new HostRows(
            nest,
            accesses,
            Space.of(accesses, uses),
            bytes > KEPT_BYTES ? terms.forgetful() : terms,
            out)
        .write();
    boolean nothing = nest.results().isEmpty() && (nest.stores().isEmpty() || nest.inner() == 0);
    return HostLoops.module(
        out,
        declarations,
        uses.loads().stream().map(l -> nest.loads().get(l).operand()).distinct().toList(),
        accesses.stores().stream().map(s -> s.access().operand()).distinct().toList(),
        inputs,
        nothing ? 0 : nest.outer(),
        HostLoops.cost(accesses, uses));
  }

  private void write() {
    for (int i = 0; i < terms.kept().size(); i++) {
      out.line("%%kept%d = alloca [%d x %s], align 64".formatted(i, nest.inner(), type));
    }
    out.loop("%begin", "%end", this::row);
  }

  private void row(String number) {
    List<String> at = positions(number);
    var computed = new ArrayList<Integer>();
    for (List<Integer> stages : terms.stages()) {
      reduce(at, stages, computed);
    }
    if (!nest.stores().isEmpty()) {
      store(at, computed);
    }
    Position row = new Position(at, List.of());
    for (int k = 0; k < nest.results().size(); k++) {
      String value = body.value(nest.results().get(k).body(), row, this::stage);
      body.write(nest.stores().size() + k, row, value);
    }
  }

  /** The coordinates of a row. */
  private List<String> positions(String number) {
    List<Axis> axes = space.parallel();
    String[] at = new String[axes.size()];
    String rest = number;
    for (int i = at.length - 1; i > 0; i--) {
      at[i] = out.value("urem i64 " + rest + ", " + axes.get(i).extent());
      rest = out.value("udiv i64 " + rest + ", " + axes.get(i).extent());
    }
    if (at.length > 0) {
      at[0] = rest;
    }
    return Arrays.asList(at);
  }

  private @Nullable String stage(int argument) {
    int stage = argument - nest.loads().size();
    return stage < 0 ? null : values[stage];
  }

  /** One pass that reduces several stages. */
  private void reduce(List<String> at, List<Integer> stages, List<Integer> computed) {
    List<Stage> all = stages.stream().map(nest.stages()::get).toList();
    List<Scalar> bodies = all.stream().map(s -> terms.body(s.body())).toList();
    List<String> sums =
        all.stream().map(s -> body.type().constant(s.reduction().identity())).toList();
    List<String> reduced =
        pass(
            at,
            sums,
            (position, carried) -> {
              IntFunction<@Nullable String> known = terms(position, bodies, computed);
              return IntStream.range(0, all.size())
                  .mapToObj(k ->
                      body.combine(
                          all.get(k).reduction(),
                          carried.get(k),
                          body.value(bodies.get(k), position, known)))
                  .toList();
            });
    computed.addAll(missing(bodies, computed));
    for (int k = 0; k < all.size(); k++) {
      values[stages.get(k)] = reduced.get(k);
      values[stages.get(k)] =
          body.value(all.get(k).epilogue(), new Position(at, List.of()), this::stage);
    }
  }

  private void store(List<String> at, List<Integer> computed) {
    List<Scalar> bodies = nest.stores().stream().map(Write::body).map(terms::body).toList();
    pass(
        at,
        List.of(),
        (position, carried) -> {
          IntFunction<@Nullable String> known = terms(position, bodies, computed);
          for (int k = 0; k < bodies.size(); k++) {
            body.write(k, position, body.value(bodies.get(k), position, known));
          }
          return carried;
        });
  }

  private List<Integer> missing(List<Scalar> bodies, List<Integer> computed) {
    return terms.needed(bodies).stream().filter(i -> !computed.contains(i)).toList();
  }

  /** Computes and keeps the terms that are not kept yet; gives the values of all arguments. */
  private IntFunction<@Nullable String> terms(
      Position at, List<Scalar> bodies, List<Integer> computed) {
    String[] fresh = new String[terms.kept().size()];
    String[] slots = new String[terms.kept().size()];
    for (int i : terms.needed(bodies)) {
      slots[i] =
          out.value("getelementptr inbounds %s, ptr %%kept%d, i64 %s".formatted(type, i, slot(at)));
    }
    IntFunction<@Nullable String> known =
        argument -> {
          int term = argument - terms.first();
          if (term < 0) {
            return stage(argument);
          }
          if (fresh[term] == null) {
            fresh[term] = out.value("load " + type + ", ptr " + slots[term]);
          }
          return fresh[term];
        };
    for (int i : missing(bodies, computed)) {
      fresh[i] = body.value(terms.kept().get(i), at, known);
      out.line("store " + type + " " + fresh[i] + ", ptr " + slots[i]);
    }
    return known;
  }

  /** The row-major number of a position in its row. */
  private String slot(Position at) {
    String slot = "0";
    for (int i = 0; i < at.reduced().size(); i++) {
      String own = at.reduced().get(i);
      slot =
          i == 0
              ? own
              : out.value(
                  "add nuw nsw i64 %s, %s"
                      .formatted(
                          out.value(
                              "mul nuw nsw i64 " + slot + ", " + space.reduced().get(i).extent()),
                          own));
    }
    return slot;
  }

  /** What happens at a position of a row: gives the new values of what is carried. */
  private interface Step {
    List<String> at(Position position, List<String> carried);
  }

  private List<String> pass(List<String> at, List<String> initial, Step step) {
    return pass(at, List.of(), initial, step);
  }

  private List<String> pass(List<String> at, List<String> along, List<String> carried, Step step) {
    if (along.size() == space.reduced().size()) {
      return step.at(new Position(at, along), carried);
    }
    String to = String.valueOf(space.reduced().get(along.size()).extent());
    return out.loop(
        "0", to, type, carried, (r, now) -> pass(at, NestBody.with(along, r), now, step));
  }
}
