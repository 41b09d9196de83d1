package io.gluonj.codegen;

import java.util.List;

/**
 * Sums of products over a common index, as matrix products and the gradients of convolutions are:
 * {@code C[b](i, j) = Σ_k rows[b](i, k) * columns[b](k, j)}, with {@code C} row-major.
 *
 * @param batch how many products there are; their factors and results follow each other at regular
 *     distances
 * @param rows the factor whose index counts the rows of the result
 * @param columns the factor whose index counts its columns
 * @param depth extents of the axes that the common index is made of, the slowest first
 * @param bias input that is added to each row of the result, or {@link #NONE}
 * @param adds whether the sums are added to what the result holds
 * @param finish what is done to a sum before it is stored
 */
public record Contraction(
    long batch,
    Factor rows,
    Factor columns,
    List<Long> depth,
    int bias,
    boolean adds,
    Finish finish) {
  /** No input. */
  public static final int NONE = -1;

  /**
   * What is done to a sum before it is stored.
   *
   * @param residual input of the result's shape that is added, or {@link #NONE}
   * @param relu whether negative values then become 0
   */
  public record Finish(int residual, boolean relu) {
    /** Nothing. */
    public static final Finish NOTHING = new Finish(NONE, false);
  }

  /** A contraction whose sums are stored as they are. */
  public Contraction(
      long batch, Factor rows, Factor columns, List<Long> depth, int bias, boolean adds) {
    this(batch, rows, columns, depth, bias, adds, Finish.NOTHING);
  }

  public Contraction {
    depth = List.copyOf(depth);
    if (adds && bias != NONE) {
      throw new IllegalArgumentException("a bias would be added to what is there");
    }
  }

  /**
   * One step along an axis.
   *
   * @param stride distance in elements
   * @param border which coordinate it changes, or {@link #NONE}
   * @param move by how much
   */
  public record Step(long stride, int border, long move) {
    /** A step that meets no border. */
    public static Step of(long stride) {
      return new Step(stride, NONE, 0);
    }
  }

  /**
   * An axis of a factor's own index.
   *
   * @param extent how many steps there are
   */
  public record Axis(long extent, Step step) {}

  /**
   * A coordinate: elements for which it is outside of 0 (inclusive) to {@code limit} (exclusive)
   * are 0 and not read.
   *
   * @param start its value at the first element
   */
  public record Border(long start, long limit) {}

  /**
   * A factor in memory.
   *
   * @param operand number of the input
   * @param batchStride distance from one product to the next, in elements
   * @param origin offset of the first element
   * @param groups the outer axes of its own index, the slowest first
   * @param extent of the innermost axis of its own index, which meets no border
   * @param stride of that axis
   * @param depth a step for each axis of the common index
   * @param scattered whether its own index is made of the groups alone, and elements that are
   *     packed together may lie anywhere; {@code extent} is 1 then
   */
  public record Factor(
      int operand,
      long batchStride,
      long origin,
      List<Axis> groups,
      long extent,
      long stride,
      List<Step> depth,
      List<Border> borders,
      boolean scattered) {
    public Factor {
      groups = List.copyOf(groups);
      depth = List.copyOf(depth);
      borders = List.copyOf(borders);
    }

    /** A factor whose panels hold parts of runs. */
    public Factor(
        int operand,
        long batchStride,
        long origin,
        List<Axis> groups,
        long extent,
        long stride,
        List<Step> depth,
        List<Border> borders) {
      this(operand, batchStride, origin, groups, extent, stride, depth, borders, false);
    }

    /** A matrix of so many rows or columns, which are {@code stride} elements apart. */
    public static Factor matrix(
        int operand, long batchStride, long extent, long stride, long depthStride) {
      return new Factor(
          operand,
          batchStride,
          0,
          List.of(),
          extent,
          stride,
          List.of(Step.of(depthStride)),
          List.of());
    }

    /** How many positions the groups have together. */
    private long repeats() {
      return groups.stream().mapToLong(Axis::extent).reduce(1, Math::multiplyExact);
    }

    /** Extent of its own index. */
    public long size() {
      return repeats() * extent;
    }

    /** How many elements follow each other before a panel must end. */
    long run() {
      return scattered ? size() : extent;
    }

    /** How many panels of so many elements cover a run. */
    long panelsInRun(int width) {
      return Math.ceilDiv(run(), width);
    }

    /** How many panels cover everything: none holds parts of two runs. */
    long panels(int width) {
      return size() / run() * panelsInRun(width);
    }
  }

  /** Extent of the common index. */
  public long depthSize() {
    return depth.stream().reduce(1L, Math::multiplyExact);
  }

  /** Additions and multiplications. */
  public double flops() {
    return 2.0 * batch * rows.size() * columns.size() * depthSize();
  }
}
