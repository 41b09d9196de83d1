package io.gluonj.codegen;

import io.gluonj.codegen.GpuCode.Local;
import io.gluonj.codegen.NestBody.Position;
import io.gluonj.op.Arguments;
import io.gluonj.op.RowNest;
import io.gluonj.op.RowNest.Stage;
import io.gluonj.op.Scalar;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The code of one thread for one row of a row nest. */
final class RowPass {
  private final RowNest nest;
  private final Space space;
  private final RowPlan plan;
  private final GpuCode code;
  private final NestBody body;
  private final List<String> at;
  private final String lane;

  /** Values of loads that are read in several passes, by load and number of the value. */
  private final Map<Integer, List<Local>> kept = new HashMap<>();

  private final List<String> values = new ArrayList<>();

  /**
   * A row.
   *
   * @param at its coordinates
   * @param lane number of the thread among those that share it
   */
  RowPass(
      RowNest nest,
      Space space,
      RowPlan plan,
      GpuCode code,
      NestBody body,
      List<String> at,
      String lane) {
    this.nest = nest;
    this.space = space;
    this.plan = plan;
    this.code = code;
    this.body = body;
    this.at = at;
    this.lane = lane;
  }

  /**
   * Computes all stages and writes.
   *
   * @param own whether the row is this thread's to write
   */
  void write(String own) {
    keep();
    nest.stages().forEach(this::stage);
    code.when(
        own,
        () -> {
          each((position, number) -> {
            for (int k = 0; k < nest.stores().size(); k++) {
              Scalar value = nest.stores().get(k).body();
              body.write(k, position, body.value(value, position, known(number)));
            }
          });
          if (!nest.results().isEmpty()) {
            code.when(code.compare("eq", lane, "0"), this::results);
          }
        });
  }

  private void results() {
    Position row = new Position(at, List.of());
    for (int k = 0; k < nest.results().size(); k++) {
      Scalar value = nest.results().get(k).body();
      body.write(nest.stores().size() + k, row, body.value(value, row, known(0)));
    }
  }

  /** Loads what several passes read. */
  private void keep() {
    if (plan.kept() == 0) {
      return;
    }
    for (int load = 0; load < nest.loads().size(); load++) {
      int number = load;
      if (nest.bodies().stream().filter(b -> Arguments.reads(b, number)).count() > 1) {
        kept.put(
            load,
            IntStream.range(0, plan.kept() * plan.vector())
                .mapToObj(i -> code.local(body.type().ir(), body.type().constant(0)))
                .toList());
      }
    }
    if (!kept.isEmpty()) {
      each((position, number) ->
          kept.forEach((load, locals) ->
              code.set(locals.get(number), body.value(Scalar.arg(load), position, i -> null))));
    }
  }

  private void stage(Stage stage) {
    String identity = body.type().constant(stage.reduction().identity());
    List<Local> sums =
        IntStream.range(0, plan.vector())
            .mapToObj(k -> code.local(body.type().ir(), identity))
            .toList();
    each((position, number) -> {
      String value = body.value(stage.body(), position, known(number));
      Local sum = sums.get(position.ahead());
      code.set(sum, body.combine(stage.reduction(), code.get(sum), value));
    });
    var fold = new Fold(code, body.type(), (a, b) -> body.combine(stage.reduction(), a, b));
    var parts = new ArrayList<>(sums.stream().map(code::get).toList());
    while (parts.size() > 1) {
      parts.add(fold.combine().apply(parts.removeFirst(), parts.removeFirst()));
    }
    String all =
        plan.lanes() <= RowPlan.WARP
            ? fold.lanes(parts.getFirst(), plan.lanes())
            : fold.block(parts.getFirst(), plan.lanes());
    values.add(all);
    values.set(
        values.size() - 1, body.value(stage.epilogue(), new Position(at, List.of()), known(0)));
  }

  /** Values that need not be loaded, for the value of some number among those that are kept. */
  private IntFunction<@Nullable String> known(int number) {
    return index -> {
      if (index >= nest.loads().size()) {
        return values.get(index - nest.loads().size());
      }
      List<Local> locals = kept.get(index);
      return locals == null ? null : code.get(locals.get(number));
    };
  }

  /** This thread's positions; each with its number among the kept ones, if any are kept. */
  private void each(BiConsumer<Position, Integer> then) {
    if (plan.kept() == 0) {
      code.loop(
          lane, String.valueOf(plan.groups()), plan.lanes(), group -> neighbours(group, 0, then));
      return;
    }
    for (int step = 0; step < plan.kept(); step++) {
      long before = (long) step * plan.lanes();
      String group = code.add(lane, before);
      int first = step * plan.vector();
      boolean whole = before + plan.lanes() <= plan.groups();
      code.when(
          whole ? GpuCode.TRUE : code.within(group, plan.groups()),
          () -> neighbours(group, first, then));
    }
  }

  private void neighbours(String group, int first, BiConsumer<Position, Integer> then) {
    List<String> start = GpuNest.group(code, group, space.reduced(), plan.vector());
    for (int k = 0; k < plan.vector(); k++) {
      then.accept(new Position(at, start, k), first + k);
    }
  }
}
