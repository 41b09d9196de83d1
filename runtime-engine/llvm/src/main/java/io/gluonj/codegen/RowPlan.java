package io.gluonj.codegen;

import io.gluonj.codegen.Space.Axis;
import java.util.List;

/**
 * How threads share the rows of a row nest.
 *
 * @param vector neighbours that are moved together, a group
 * @param groups in a row
 * @param lanes threads that share a row: up to a warp, or a block
 * @param width rows of a block
 * @param kept groups that a thread keeps in registers; 0 if it reads its part of the row again
 */
record RowPlan(int vector, long groups, int lanes, int width, int kept) {
  static final int WARP = 32;

  /** Values that a thread keeps of each load. */
  private static final int KEPT_VALUES = 32;

  /** Groups that a thread takes alone before others help. */
  private static final long ALONE = 4;

  /** Neighbouring columns that keep a GPU busy with one thread each. */
  private static final long MANY_COLUMNS = 1 << 13;

  static RowPlan of(GpuNest work) {
    List<Axis> row = work.space().reduced();
    if (row.isEmpty()) {
      return of(1, 1, 1);
    }
    boolean columns = work.space().columnwise() && work.rows() >= MANY_COLUMNS;
    int vector = columns ? 1 : work.vector(row.getLast(), true);
    while (row.getLast().extent() % vector != 0) {
      vector /= 2;
    }
    long groups = work.row() / vector;
    if (columns) {
      return of(vector, groups, 1);
    }
    if (groups > (long) WARP * KEPT_VALUES / vector) {
      return of(vector, groups, Grid.THREADS);
    }
    long helpers = Math.clamp(Math.ceilDiv(groups, ALONE), 1, WARP);
    return of(vector, groups, (int) Long.highestOneBit(2 * helpers - 1));
  }

  private static RowPlan of(int vector, long groups, int lanes) {
    long each = Math.ceilDiv(groups, (long) lanes);
    int kept = each * vector <= KEPT_VALUES ? (int) each : 0;
    return new RowPlan(vector, groups, lanes, Grid.THREADS / lanes, kept);
  }
}
