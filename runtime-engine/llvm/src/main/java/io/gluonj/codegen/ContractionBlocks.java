package io.gluonj.codegen;

/**
 * How the work of a contraction is divided among threads and cut into blocks that stay in caches.
 *
 * @param depth steps along the common index that are packed together
 * @param rows panels of rows that are packed together
 * @param columns panels of columns that are packed together
 * @param rowBytes size of the packed rows
 * @param shareBytes scratch memory of one share
 * @param batchShares parts of the batch; if there are several, rows and columns are not divided
 * @param rowShares parts of the rows
 * @param columnShares parts of the columns
 */
record ContractionBlocks(
    Tile tile,
    long depth,
    long rows,
    long columns,
    long rowBytes,
    long shareBytes,
    long batchShares,
    long rowShares,
    long columnShares) {
  /** A panel of columns of so many bytes for each column stays in the first-level cache. */
  private static final long DEPTH_BYTES = 1100;

  /** Packed rows stay in the second-level cache. */
  private static final long ROW_BYTES = 112 << 10;

  /** Packed columns stay in the last-level cache. */
  private static final long COLUMN_BYTES = 1 << 20;

  /** So many products for each thread make even shares. */
  private static final long MANY = 4;

  /** Packing an element takes as long as so many products. */
  private static final double PACKING = 12;

  private static final long ALIGNMENT = 64;

  private record Shares(long batches, long rows, long columns) {}

  static ContractionBlocks of(Contraction given, FloatType type, Tile tile, int threads) {
    long rowPanels = given.rows().panels(tile.rows());
    long columnPanels = given.columns().panels(tile.columns());
    Shares shares = shares(given.batch(), rowPanels, columnPanels, tile, threads);
    long size = given.depthSize();
    long depth = block(size, DEPTH_BYTES / type.bytes());
    long bytes = depth * type.bytes();
    long rows = block(Math.ceilDiv(rowPanels, shares.rows()), ROW_BYTES / (bytes * tile.rows()));
    long columns =
        block(
            Math.ceilDiv(columnPanels, shares.columns()), COLUMN_BYTES / (bytes * tile.columns()));
    long rowBytes = aligned(rows * tile.rows() * bytes);
    return new ContractionBlocks(
        tile,
        depth,
        rows,
        columns,
        rowBytes,
        rowBytes + aligned(columns * tile.columns() * bytes),
        shares.batches(),
        shares.rows(),
        shares.columns());
  }

  /** Number of shares. */
  long shares() {
    return batchShares * rowShares * columnShares;
  }

  /** As few panels for each share as possible; whole products if there are enough of them. */
  private static Shares shares(long batch, long rows, long columns, Tile tile, int threads) {
    if (batch % threads == 0 || batch >= MANY * threads) {
      return new Shares(threads, 1, 1);
    }
    Shares best = new Shares(1, threads, 1);
    double least = Double.MAX_VALUE;
    for (int r = 1; r <= threads; r++) {
      int c = threads / r;
      double height = Math.ceilDiv(rows, r) * (double) tile.rows();
      double width = Math.ceilDiv(columns, c) * (double) tile.columns();
      double cost = height * width + PACKING * (height + width);
      if (r * c == threads && cost < least) {
        least = cost;
        best = new Shares(1, r, c);
      }
    }
    return best;
  }

  /** Blocks of nearly equal size, at most so large. */
  private static long block(long all, long most) {
    return Math.ceilDiv(all, Math.ceilDiv(all, Math.max(1, most)));
  }

  private static long aligned(long bytes) {
    return Math.ceilDiv(bytes + Packing.SLACK_BYTES, ALIGNMENT) * ALIGNMENT;
  }
}
