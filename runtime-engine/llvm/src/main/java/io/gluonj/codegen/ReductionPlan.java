package io.gluonj.codegen;

import io.gluonj.codegen.Space.Axis;

/**
 * How threads share a reduction. A row is what one result is reduced from; neighbours in it that
 * are loaded together are a group.
 *
 * @param way who shares a row
 * @param vector positions in a group
 * @param groups in a row
 * @param lanes threads that share a row
 * @param width neighbouring rows of a block
 * @param parts in which a row is cut, each reduced on its own; 1 if it is not
 * @param length of a part in groups, the last part may be shorter
 * @param ahead groups that a thread loads before it reduces them
 */
record ReductionPlan(
    Way way, int vector, long groups, int lanes, int width, long parts, long length, int ahead) {
  /** Who shares a row. */
  enum Way {
    /** Some threads of a warp, or one thread: they exchange values by shuffles. */
    LANES,
    /** A block. */
    BLOCK,
    /** Threads of a block whose neighbours reduce neighbouring columns. */
    COLUMNS
  }

  private static final int WARP = 32;

  /** Groups that a thread reduces alone before others help. */
  private static final long ALONE = 4;

  /** Groups of a row from which a block is better than a warp, if rows are few. */
  private static final long LONG_ROW = 512;

  private static final long FEW_ROWS = 4096;

  /** Threads that keep a large GPU busy. */
  private static final long BUSY_THREADS = 1 << 16;

  /** Blocks wanted from rows that are cut. */
  private static final long BUSY_BLOCKS = 1024;

  /** Blocks that need no help. */
  private static final long ENOUGH_BLOCKS = 256;

  /** Groups for each thread that make a part worth its while. */
  private static final long PART_GROUPS = 8;

  /** Loads that a thread has under way. */
  private static final int AHEAD = 4;

  static ReductionPlan of(GpuNest work) {
    ReductionPlan plan = work.space().columnwise() ? columns(work) : rows(work);
    boolean several = plan.length >= AHEAD * (long) plan.lanes && work.small();
    return several ? plan.with(AHEAD) : plan;
  }

  private static ReductionPlan whole(Way way, int vector, long groups, int lanes, int width) {
    return new ReductionPlan(way, vector, groups, lanes, width, 1, groups, 1);
  }

  private ReductionPlan with(int loads) {
    return new ReductionPlan(way, vector, groups, lanes, width, parts, length, loads);
  }

  private static int powerOfTwo(long atLeast, int most) {
    long limited = Math.clamp(atLeast, 1, most);
    return (int) Long.highestOneBit(2 * limited - 1);
  }

  private static ReductionPlan rows(GpuNest work) {
    Axis axis = work.space().reduced().getLast();
    int vector = work.vector(axis, false);
    while (axis.extent() % vector != 0) {
      vector /= 2;
    }
    long groups = work.row() / vector;
    if (groups < LONG_ROW || (work.rows() > FEW_ROWS && groups < 16 * LONG_ROW)) {
      int lanes = powerOfTwo(Math.ceilDiv(groups, ALONE), WARP);
      return whole(Way.LANES, vector, groups, lanes, Grid.THREADS / lanes);
    }
    return whole(Way.BLOCK, vector, groups, Grid.THREADS, 1).cut(work.rows());
  }

  private static ReductionPlan columns(GpuNest work) {
    long rows = work.rows();
    long row = work.row();
    long columns = work.space().parallel().getLast().extent();
    int wanted = powerOfTwo(Math.min(Math.ceilDiv(row, ALONE), BUSY_THREADS / rows), Grid.THREADS);
    int width = powerOfTwo(columns, WARP);
    int lanes = Math.min(wanted, Grid.THREADS / width);
    if (lanes == 1) {
      return whole(Way.LANES, 1, row, 1, Grid.THREADS);
    }
    return whole(Way.COLUMNS, 1, row, lanes, width)
        .cut(rows / columns * Math.ceilDiv(columns, width));
  }

  /** Cuts rows where there are too few blocks and each has much to do. */
  private ReductionPlan cut(long blocks) {
    long most = groups / (lanes * PART_GROUPS);
    if (blocks >= ENOUGH_BLOCKS || most < 2) {
      return this;
    }
    long wanted = Math.min(most, BUSY_BLOCKS / blocks);
    // whole rounds of all threads
    long each = Math.ceilDiv(Math.ceilDiv(groups, wanted), (long) lanes) * lanes;
    return new ReductionPlan(
        way, vector, groups, lanes, width, Math.ceilDiv(groups, each), each, 1);
  }

  /** Whether rows are cut. */
  boolean split() {
    return parts > 1;
  }

  /** Threads of a block. */
  int threads() {
    return lanes * width;
  }
}
