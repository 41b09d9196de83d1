package io.gluonj.codegen;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Sorts positions of a list by the row each one names, in scratch memory, keeping their order
 * within a row.
 *
 * <p>A key is the row times 2^32 plus the position, so that all keys differ and sorting them by
 * Batcher's bitonic network (1968) is stable. Behind the keys, which a power of two of them pads,
 * the scratch memory holds for each row where its keys begin and end.
 */
final class GpuSort {
  private static final String SCRATCH = "%scratch";
  private static final String SHARED = "@sort_shared";

  /** Keys that a block sorts in 16 KiB of shared memory, as a power of two. */
  private static final int TILE_LOG = 11;

  private final long count;
  private final long rows;
  private final int lengthLog;
  private final int tileLog;
  private final Grid grid;

  /**
   * Prepares.
   *
   * @param count positions, at least 1
   * @throws IllegalArgumentException if there are 2^31 rows or positions
   */
  GpuSort(long count, long rows) {
    if (count > Integer.MAX_VALUE || rows > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "GpuSort: %d positions of %d rows were asked for, both must be below 2^31"
              .formatted(count, rows));
    }
    this.count = count;
    this.rows = rows;
    // a warp has at least one pair for each of its threads
    this.lengthLog = Math.max(6, 64 - Long.numberOfLeadingZeros(count - 1));
    this.tileLog = Math.min(TILE_LOG, lengthLog);
    this.grid = Grid.blocks(length() >> tileLog, Grid.threadsFor(1L << (tileLog - 1)));
  }

  /** Number of keys with padding. */
  long length() {
    return 1L << lengthLog;
  }

  /** Scratch memory in words of 32 bits. */
  long words() {
    return 2 * length() + 2 * rows;
  }

  long scratchBytes() {
    return words() * Integer.BYTES;
  }

  /** Writes the key of a position, or one that comes last where there is none. */
  void writeKey(GpuCode code, String position, UnaryOperator<String> row) {
    GpuCode.Local key = code.local("i64", String.valueOf(Long.MAX_VALUE));
    code.when(
        code.compare("slt", position, String.valueOf(count)),
        () -> {
          String high =
              code.value(
                  "shl i64 " + code.resize(row.apply(position), code.indexBits(), 64) + ", 32");
          code.set(key, code.value("or i64 " + high + ", " + code.wide(position)));
        });
    code.storeInteger(64, SCRATCH, position, code.get(key));
  }

  private String bound(GpuCode code, String number) {
    return code.add(number, 2 * length());
  }

  /** Says of a row that nothing names it; {@code number} is below twice the number of rows. */
  void clearBound(GpuCode code, String number) {
    code.storeInteger(32, SCRATCH, bound(code, number), "0");
  }

  /** Finds out from the sorted keys where rows begin and end. */
  void writeBounds(GpuCode code, String position) {
    String row = row(code, position);
    String next = code.add(position, 1);
    GpuCode.Local first = code.local("i1", "true");
    code.when(
        code.compare("sgt", position, "0"),
        () -> code.set(first, code.compare("ne", row, row(code, code.add(position, -1)))));
    code.when(
        code.get(first),
        () ->
            code.storeInteger(
                32, SCRATCH, bound(code, code.times(row, 2)), narrow(code, position)));
    GpuCode.Local last = code.local("i1", "true");
    code.when(
        code.compare("slt", next, String.valueOf(count)),
        () -> code.set(last, code.compare("ne", row, row(code, next))));
    code.when(
        code.get(last),
        () ->
            code.storeInteger(
                32, SCRATCH, bound(code, code.add(code.times(row, 2), 1)), narrow(code, next)));
  }

  private static String narrow(GpuCode code, String position) {
    return code.resize(position, code.indexBits(), 32);
  }

  private static String row(GpuCode code, String position) {
    String high = code.value("lshr i64 " + code.loadInteger(64, SCRATCH, position) + ", 32");
    return code.resize(high, 64, code.indexBits());
  }

  /** Visits the positions that name a row, ascending. */
  void each(GpuCode code, String row, Consumer<String> body) {
    String number = bound(code, code.times(row, 2));
    String begin = code.loadInteger(32, SCRATCH, number);
    String end = code.loadInteger(32, SCRATCH, code.add(number, 1));
    code.loop(
        code.resize(begin, 32, code.indexBits()),
        code.resize(end, 32, code.indexBits()),
        1,
        i -> {
          String low = code.value("and i64 " + code.loadInteger(64, SCRATCH, i) + ", 4294967295");
          body.accept(code.resize(low, 64, code.indexBits()));
        });
  }

  /** Adds the kernels that sort the keys. */
  void sort(GpuSteps steps) {
    tiles(steps, "sort_tiles", 1, tileLog);
    for (int size = tileLog + 1; size <= lengthLog; size++) {
      for (int stride = size - 1; stride >= tileLog; stride--) {
        exchange(steps, size, stride);
      }
      tiles(steps, "sort_merge" + size, size, size);
    }
  }

  /** One exchange over all keys: {@code size} and {@code stride} are logarithms. */
  private void exchange(GpuSteps steps, int size, int stride) {
    steps.add(
        "sort_exchange%d_%d".formatted(size, stride),
        length() / 2,
        words(),
        FloatType.F32,
        List.of(),
        List.of(SCRATCH),
        List.of(GpuKernels.SCRATCH),
        (code, pair) -> {
          String low = lower(code, pair, String.valueOf(stride));
          String high = code.add(low, 1L << stride);
          String a = code.loadInteger(64, SCRATCH, low);
          String b = code.loadInteger(64, SCRATCH, high);
          code.when(
              wrong(code, a, b, low, String.valueOf(size)),
              () -> {
                code.storeInteger(64, SCRATCH, low, b);
                code.storeInteger(64, SCRATCH, high, a);
              });
        });
  }

  /** Exchanges within tiles for sizes from {@code first} to {@code last}, all logarithms. */
  private void tiles(GpuSteps steps, String name, int first, int last) {
    steps.add(
        name,
        grid,
        words(),
        FloatType.F32,
        List.of(),
        List.of(SCRATCH),
        List.of(GpuKernels.SCRATCH),
        code ->
            code.eachBlock(
                grid,
                tile -> {
                  code.define(
                      "%s = internal addrspace(3) global [%d x i64] undef, align 16"
                          .formatted(SHARED, 1 << tileLog));
                  String base = code.times(tile, 1L << tileLog);
                  eachOf(
                      code,
                      1L << tileLog,
                      i ->
                          code.line(
                              "store i64 %s, ptr addrspace(3) %s"
                                  .formatted(
                                      code.loadInteger(64, SCRATCH, code.add(base, i)),
                                      shared(code, i))));
                  code.loop(
                      String.valueOf(first),
                      String.valueOf(last + 1),
                      1,
                      size -> steps(code, base, size));
                  code.barrier();
                  eachOf(
                      code,
                      1L << tileLog,
                      i ->
                          code.storeInteger(
                              64, SCRATCH, code.add(base, i), read(code, shared(code, i))));
                  code.barrier();
                }));
  }

  /** All strides of one size that stay within a tile. */
  private void steps(GpuCode code, String base, String size) {
    String strides = code.min(size, tileLog);
    code.loop(
        "0",
        strides,
        1,
        step -> {
          String stride = code.subtract(code.add(strides, -1), step);
          code.barrier();
          eachOf(
              code,
              1L << (tileLog - 1),
              pair -> {
                String low = lower(code, pair, stride);
                String distance = code.value("shl " + code.index() + " 1, " + stride);
                String lowAt = shared(code, low);
                String highAt = shared(code, code.add(low, distance));
                String a = read(code, lowAt);
                String b = read(code, highAt);
                code.when(
                    wrong(code, a, b, code.add(base, low), size),
                    () -> {
                      code.line("store i64 " + b + ", ptr addrspace(3) " + lowAt);
                      code.line("store i64 " + a + ", ptr addrspace(3) " + highAt);
                    });
              });
        });
  }

  private void eachOf(GpuCode code, long count, Consumer<String> body) {
    code.loop(code.thread(), String.valueOf(count), grid.threads(), body);
  }

  private static String read(GpuCode code, String address) {
    return code.value("load i64, ptr addrspace(3) " + address);
  }

  private static String shared(GpuCode code, String position) {
    return code.value(
        "getelementptr inbounds i64, ptr addrspace(3) %s, %s %s"
            .formatted(SHARED, code.index(), position));
  }

  /** Position of the lower one of a pair: the pair's number with a 0 put in at the stride's bit. */
  private static String lower(GpuCode code, String pair, String stride) {
    String type = code.index();
    String above = code.value("lshr " + type + " " + pair + ", " + stride);
    String kept = code.value("shl " + type + " " + above + ", " + stride);
    return code.add(pair, kept);
  }

  /** Whether a pair is in the wrong order; every second run of {@code size} keys descends. */
  private static String wrong(GpuCode code, String a, String b, String position, String size) {
    String type = code.index();
    String run = code.value("lshr " + type + " " + position + ", " + size);
    String descends = code.value("trunc " + type + " " + run + " to i1");
    String more = code.value("icmp ugt i64 " + a + ", " + b);
    return code.value("xor i1 " + more + ", " + descends);
  }
}
