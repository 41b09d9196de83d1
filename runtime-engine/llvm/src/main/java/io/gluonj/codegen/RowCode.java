package io.gluonj.codegen;

import io.gluonj.codegen.NestBody.Position;
import io.gluonj.codegen.Space.Axis;
import io.gluonj.types.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The code of one thread of a reduction. */
record RowCode(GpuNest work, ReductionPlan plan, GpuCode code, NestBody body) {
  /** The coordinates of a row. */
  List<String> row(String number) {
    return GpuNest.positions(code, number, work.space().parallel());
  }

  /** How values of threads are combined. */
  Fold fold() {
    return new Fold(code, body.type(), body::combine);
  }

  /** What a thread reduces of a part of a row: every so many groups. */
  String part(List<String> at, String part, String lane) {
    int ahead = plan.ahead();
    List<GpuCode.Local> sums =
        IntStream.range(0, ahead * plan.vector())
            .mapToObj(k -> code.local(body.type().ir(), body.identity()))
            .toList();
    String begin = code.times(part, plan.length());
    String end =
        plan.split()
            ? code.min(code.add(begin, plan.length()), plan.groups())
            : String.valueOf(plan.groups());
    GpuCode.Local position = code.local(code.index(), code.add(begin, lane));
    if (ahead > 1) {
      String last = code.subtract(end, String.valueOf((ahead - 1) * (long) plan.lanes()));
      code.loop(
          position, last, (long) ahead * plan.lanes(), number -> step(at, number, ahead, sums));
    }
    code.loop(position, end, plan.lanes(), number -> step(at, number, 1, sums));
    var values = new ArrayList<>(sums.stream().map(code::get).toList());
    while (values.size() > 1) {
      values.add(body.combine(values.removeFirst(), values.removeFirst()));
    }
    return values.getFirst();
  }

  /** All loads of some groups first, so that a thread need not wait for one after another. */
  private void step(List<String> at, String number, int count, List<GpuCode.Local> sums) {
    List<Axis> axes = work.space().reduced();
    var values = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      String group = code.add(number, (long) i * plan.lanes());
      List<String> first = GpuNest.group(code, group, axes, plan.vector());
      for (int k = 0; k < plan.vector(); k++) {
        values.add(body.values(new Position(at, first, k)).getFirst());
      }
    }
    for (int k = 0; k < values.size(); k++) {
      code.set(sums.get(k), body.combine(code.get(sums.get(k)), values.get(k)));
    }
  }

  /**
   * Stores a result, or the value of a part.
   *
   * @param slot position of the part's value in scratch memory
   */
  void finish(List<String> at, String slot, String value) {
    if (plan.split()) {
      DType type = work.nest().compute();
      code.store(type, GpuNest.SCRATCH, slot, value);
    } else {
      body.store(new Position(at, List.of()), List.of(value));
    }
  }
}
