package io.gluonj.codegen;

import io.gluonj.codegen.NestBody.Position;
import io.gluonj.codegen.Space.Axis;
import io.gluonj.op.LoopNest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How one thread of a processor walks a nest: over a range of units of work, each of which is
 * computed in the same way whoever gets it, so that results do not depend on the number of threads.
 */
final class HostWalk {
  /** Positions of one unit where the innermost axis is cut into blocks. */
  private static final long BLOCK = 2048;

  /** Columns that are reduced together; their accumulators stay in the first-level cache. */
  private static final long COLUMNS = 256;

  /** What the code is told as {@code %extent}. */
  private enum Told {
    /** Nothing. */
    NOTHING,
    /** How many positions the only axis has. */
    POSITIONS,
    /** The extent of the first reduced axis. */
    REDUCED,
    /** The extent of the reduced axis that is cut into parts, which are the first parallel axis. */
    CUT
  }

  /** A reduction over fewer rows of columns is written out. */
  private static final long LEAST_TOLD = 4;

  /** Shorter reductions around others are written out. */
  private static final long LEAST_TOLD_AROUND = 16;

  /** The three ways. */
  private enum Way {
    /** No reduction: the innermost axis is the vector loop. */
    MAP,
    /** The innermost reduced axis is the vector loop. */
    ROWS,
    /** The innermost parallel axis is the vector loop, inside the reduced ones. */
    COLUMNS
  }

  private final LoopNest nest;
  private final Space space;
  private final Way way;
  private final List<Axis> outer;
  private final long extent;
  private final long block;
  private final Told told;
  private final long open;

  /** A walk over a whole nest. */
  static HostWalk of(LoopNest nest, Space space) {
    return new HostWalk(nest, space, 0);
  }

  /**
   * A walk over the parts of a reduction.
   *
   * @param space of the parts: the first axis counts them, the first reduced one is as long as each
   *     but the last, which ends where the whole does
   * @param extent of the whole
   */
  static HostWalk parts(LoopNest nest, Space space, long extent) {
    return new HostWalk(nest, space, extent);
  }

  private HostWalk(LoopNest nest, Space given, long cut) {
    this.nest = nest;
    this.way = way(given);
    boolean needsInner = way != Way.ROWS && given.parallel().isEmpty();
    this.space = needsInner ? new Space(List.of(Axis.single(nest)), given.reduced()) : given;
    List<Axis> parallel = space.parallel();
    this.outer = way == Way.ROWS ? parallel : parallel.subList(0, parallel.size() - 1);
    this.extent = way == Way.ROWS ? 1 : parallel.getLast().extent();
    this.block = way == Way.COLUMNS ? COLUMNS : BLOCK;
    this.told = cut > 0 ? Told.CUT : told();
    this.open =
        switch (told) {
          case NOTHING -> 0;
          case POSITIONS -> extent;
          case REDUCED -> space.reduced().getFirst().extent();
          case CUT -> cut;
        };
  }

  /** What differs between batches of different sizes and costs nothing to be told. */
  private Told told() {
    if (way == Way.MAP) {
      return outer.isEmpty() ? Told.POSITIONS : Told.NOTHING;
    }
    long first = space.reduced().getFirst().extent();
    boolean open =
        switch (way) {
          case MAP -> false;
          case ROWS ->
              space.parallel().isEmpty()
                  || (space.reduced().size() > 1 && first >= LEAST_TOLD_AROUND);
          case COLUMNS -> first >= LEAST_TOLD;
        };
    return open ? Told.REDUCED : Told.NOTHING;
  }

  /** What the code is told as {@code %extent}. */
  long open() {
    return open;
  }

  /** How far a loop over a reduced axis goes. */
  private String until(IrWriter out, List<String> at, int axis) {
    long extent = space.reduced().get(axis).extent();
    if (axis > 0) {
      return String.valueOf(extent);
    }
    return switch (told) {
      case NOTHING, POSITIONS -> String.valueOf(extent);
      case REDUCED -> "%extent";
      case CUT -> {
        String before = out.value("mul nuw nsw i64 " + at.getFirst() + ", " + extent);
        String left = out.value("sub nsw i64 %extent, " + before);
        yield out.call("i64", "llvm.smin.i64", "i64", left, String.valueOf(extent));
      }
    };
  }

  private static Way way(Space space) {
    if (space.reduced().isEmpty()) {
      return Way.MAP;
    }
    return space.columnwise() ? Way.COLUMNS : Way.ROWS;
  }

  Space space() {
    return space;
  }

  private long blocks() {
    return (extent + block - 1) / block;
  }

  /** Number of units of work. */
  long units() {
    return Space.size(outer) * blocks();
  }

  /** Writes the walk over units {@code %begin} to {@code %end}, exclusive. */
  void write(IrWriter out) {
    NestBody body =
        new NestBody(Target.HOST, nest, space, out).told(told == Told.REDUCED ? open : 0);
    if (way == Way.MAP && outer.isEmpty()) {
      String from = out.value("mul nsw i64 %begin, " + block);
      String to = limit(out, out.value("mul nsw i64 %end, " + block));
      out.loop(from, to, i -> map(body, List.of(i)));
      return;
    }
    if (way == Way.COLUMNS) {
      out.line(
          "%acc = alloca [" + Math.min(extent, block) + " x " + body.type().ir() + "], align 64");
    }
    out.loop("%begin", "%end", unit -> unit(out, body, unit));
  }

  private String limit(IrWriter out, String end) {
    String most = told == Told.POSITIONS ? "%extent" : String.valueOf(extent);
    return out.call("i64", "llvm.smin.i64", "i64", end, most);
  }

  private void unit(IrWriter out, NestBody body, String unit) {
    String row = unit;
    String first = "0";
    if (blocks() > 1) {
      String number = out.value("urem i64 " + unit + ", " + blocks());
      row = out.value("udiv i64 " + unit + ", " + blocks());
      first = out.value("mul nuw nsw i64 " + number + ", " + block);
    }
    List<String> at = positions(out, row);
    switch (way) {
      case ROWS -> {
        String all = reduceRow(out, body, at);
        if (!nest.scans()) {
          body.store(new Position(at, List.of()), List.of(all));
        }
      }
      case MAP -> {
        String to = blocks() == 1 ? String.valueOf(extent) : end(out, first);
        out.loop(first, to, i -> map(body, NestBody.with(at, i)));
      }
      case COLUMNS -> columns(out, body, at, first);
    }
  }

  private String end(IrWriter out, String first) {
    return limit(out, out.value("add nuw nsw i64 " + first + ", " + block));
  }

  /** The coordinates of a row among the outer axes. */
  private List<String> positions(IrWriter out, String row) {
    String[] at = new String[outer.size()];
    String rest = row;
    for (int i = at.length - 1; i > 0; i--) {
      at[i] = out.value("urem i64 " + rest + ", " + outer.get(i).extent());
      rest = out.value("udiv i64 " + rest + ", " + outer.get(i).extent());
    }
    if (at.length > 0) {
      at[0] = rest;
    }
    return Arrays.asList(at);
  }

  private void map(NestBody body, List<String> at) {
    Position position = new Position(at, List.of());
    List<String> values = body.values(position);
    if (nest.reduction() != LoopNest.Reduction.NONE) {
      values = List.of(body.combine(body.identity(), values.getFirst()));
    }
    body.store(position, values);
  }

  private String reduceRow(IrWriter out, NestBody body, List<String> at) {
    return reduce(out, body, at, new ArrayList<>(), body.identity());
  }

  private String reduce(
      IrWriter out, NestBody body, List<String> at, List<String> reduced, String acc) {
    if (reduced.size() == space.reduced().size()) {
      Position position = new Position(at, reduced);
      String next = body.combine(acc, body.values(position).getFirst());
      if (nest.scans()) {
        body.store(position, List.of(next));
      }
      return next;
    }
    String to = until(out, at, reduced.size());
    return out.loop(
            "0",
            to,
            body.type().ir(),
            List.of(acc),
            (r, carried) ->
                List.of(reduce(out, body, at, NestBody.with(reduced, r), carried.getFirst())))
        .getFirst();
  }

  /** Accumulates a block of columns in memory, row by row. */
  private void columns(IrWriter out, NestBody body, List<String> at, String first) {
    String count =
        extent % block == 0 || blocks() == 1
            ? String.valueOf(Math.min(extent, block))
            : out.value("sub nsw i64 " + end(out, first) + ", " + first);
    String type = body.type().ir();
    out.loop(
        "0",
        count,
        c -> out.line("store " + type + " " + body.identity() + ", ptr " + slot(out, type, c)));
    accumulate(out, body, at, first, count, new ArrayList<>());
    if (nest.scans()) {
      return;
    }
    out.loop(
        "0",
        count,
        c -> {
          String value = out.value("load " + type + ", ptr " + slot(out, type, c));
          String column = out.value("add nuw nsw i64 " + first + ", " + c);
          body.store(new Position(NestBody.with(at, column), List.of()), List.of(value));
        });
  }

  private void accumulate(
      IrWriter out,
      NestBody body,
      List<String> at,
      String first,
      String count,
      List<String> reduced) {
    if (reduced.size() < space.reduced().size()) {
      String to = until(out, at, reduced.size());
      out.loop("0", to, r -> accumulate(out, body, at, first, count, NestBody.with(reduced, r)));
      return;
    }
    String type = body.type().ir();
    out.loop(
        "0",
        count,
        c -> {
          String slot = slot(out, type, c);
          String acc = out.value("load " + type + ", ptr " + slot);
          String column = out.value("add nuw nsw i64 " + first + ", " + c);
          Position position = new Position(NestBody.with(at, column), reduced);
          String next = body.combine(acc, body.values(position).getFirst());
          out.line("store " + type + " " + next + ", ptr " + slot);
          if (nest.scans()) {
            body.store(position, List.of(next));
          }
        });
  }

  private static String slot(IrWriter out, String type, String column) {
    return out.value("getelementptr inbounds " + type + ", ptr %acc, i64 " + column);
  }
}
