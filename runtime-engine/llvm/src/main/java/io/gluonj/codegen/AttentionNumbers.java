package io.gluonj.codegen;

import io.gluonj.codegen.Attention.MaskInput;
import io.gluonj.codegen.Attention.Strides;
import io.gluonj.op.AttentionShape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the code of an attention is told when it runs: extents, strides, the sizes of blocks, and
 * where in scratch memory things are. Names and their order depend on whether it is a gradient
 * only, so that attentions of all shapes share their code.
 */
final class AttentionNumbers {
  /** Most keys in a block; with their scores for a block of queries they stay in a cache. */
  static final int KEYS = 128;

  /** Rows of scores are not a power of two apart, lest they share few places of the cache. */
  static final int ROW = KEYS + 16;

  private static final int QUERIES = 48;

  /** Sums over queries are loaded and stored for each block: larger ones are worth their memory. */
  private static final int QUERIES_OF_GRADIENT = 96;

  private static final long ALIGNMENT = 16;

  /** Packing may write beyond a panel by less than a vector. */
  private static final long SLACK = Packing.SLACK_BYTES / Float.BYTES;

  /** So many products for each thread make even shares. */
  private static final long MANY = 4;

  private final Map<String, Long> values = new LinkedHashMap<>();
  private final Attention given;
  private final AttentionShape shape;
  private final Tile tile;
  private long scratch;

  private AttentionNumbers(Attention given, Tile tile, int threads, int queries) {
    this.given = given;
    this.shape = given.shape();
    this.tile = tile;
    long queryBlock = block(shape.queries(), tile.rows(), queries);
    long keyBlock = block(shape.keys(), tile.columns(), KEYS);
    put("batch", shape.batch());
    put("heads", shape.heads());
    put("keyHeads", shape.keyHeads());
    put("group", shape.group());
    put("queries", shape.queries());
    put("keys", shape.keys());
    put("features", shape.features());
    put("values", shape.values());
    put("ahead", shape.keys() - shape.queries());
    put("scale", Float.floatToRawIntBits((float) given.scale()));
    put("queryBlock", queryBlock);
    put("keyBlock", keyBlock);
    put("queryBlocks", Math.ceilDiv(shape.queries(), queryBlock));
    put("keyBlocks", Math.ceilDiv(shape.keys(), keyBlock));
    put("shares", threads);
    strides("q", given.strides(shape.heads(), shape.queries(), shape.features()));
    strides("k", given.strides(shape.keyHeads(), shape.keys(), shape.features()));
    strides("v", given.strides(shape.keyHeads(), shape.keys(), shape.values()));
    strides("o", given.strides(shape.heads(), shape.queries(), shape.values()));
    MaskInput mask = given.mask().orElse(new MaskInput(FloatType.F32.dtype(), true, 0, 0, 0, 0));
    put("m.batch", mask.batch());
    put("m.head", mask.heads());
    put("m.time", mask.queries());
    put("m.key", mask.keys());
  }

  /** The numbers of an attention; scratch memory is divided for its result. */
  static AttentionNumbers forward(Attention given, Tile tile, int threads) {
    AttentionNumbers all = new AttentionNumbers(given, tile, threads, QUERIES);
    AttentionShape s = given.shape();
    long queryBlock = all.get("queryBlock");
    all.rows("query", s.queries(), "q");
    all.columns("key", s.keys(), "k");
    all.across("valueWide", s.values(), "v");
    all.reserve("packedQuery", queryBlock * s.features());
    all.reserve("packedKey", wide(s.keys(), tile) * s.features());
    all.reserve("packedValue", all.get("keyBlocks") * all.get("keyBlock") * wide(s.values(), tile));
    all.reserve("scores", queryBlock * ROW);
    all.reserve("mixed", queryBlock * wide(s.values(), tile));
    all.reserve("statistics", 2 * queryBlock);
    all.finish();
    return all;
  }

  /** The numbers of a gradient. */
  static AttentionNumbers gradient(Attention given, Tile tile, int threads) {
    AttentionNumbers all = new AttentionNumbers(given, tile, threads, QUERIES_OF_GRADIENT);
    AttentionShape s = given.shape();
    long queryBlock = all.get("queryBlock");
    long keyBlock = all.get("keyBlock");
    long parts = s.batch() * s.keyHeads();
    all.put("whole", parts % threads == 0 || parts >= MANY * threads ? 1 : 0);
    all.rows("query", s.queries(), "q");
    all.rows("gradient", s.queries(), "o");
    all.columns("key", s.keys(), "k");
    all.columns("value", s.keys(), "v");
    all.across("queryWide", s.features(), "q");
    all.across("keyWide", s.features(), "k");
    all.across("gradientWide", s.values(), "o");
    all.reserve("packedQuery", queryBlock * s.features());
    all.reserve("packedGradient", queryBlock * s.values());
    all.reserve("packedKey", keyBlock * s.features());
    all.reserve("packedValue", keyBlock * s.values());
    all.reserve("packedQueryWide", queryBlock * wide(s.features(), tile));
    all.reserve("packedKeyWide", keyBlock * wide(s.features(), tile));
    all.reserve("packedGradientWide", queryBlock * wide(s.values(), tile));
    all.reserve("scores", queryBlock * ROW);
    all.reserve("changes", queryBlock * ROW);
    all.finish();
    return all;
  }

  private static long wide(long features, Tile tile) {
    return Math.ceilDiv(features, tile.columns()) * tile.columns();
  }

  /** As many as there are, up to so many; panels are whole. */
  private static long block(long all, long width, long most) {
    return width * Math.max(1, Math.min(Math.ceilDiv(all, width), most / width));
  }

  private void put(String name, long value) {
    values.put(name, value);
  }

  private void strides(String name, Strides strides) {
    put(name + ".batch", strides.batch());
    put(name + ".head", strides.heads());
    put(name + ".time", strides.time());
  }

  /** A factor with a panel's row for each position; its depth are the features. */
  private void rows(String side, long positions, String tensor) {
    side(side, positions, tile.rows(), get(tensor + ".time"), 1);
  }

  private void columns(String side, long positions, String tensor) {
    side(side, positions, tile.columns(), get(tensor + ".time"), 1);
  }

  /** A factor with a panel's column for each feature; its depth are the positions. */
  private void across(String side, long features, String tensor) {
    side(side, features, tile.columns(), 1, get(tensor + ".time"));
  }

  /** What a {@link Packing} reads. */
  private void side(String side, long extent, int width, long stride, long depthStride) {
    put(side + ".origin", 0);
    put(side + ".run", extent);
    put(side + ".stride", stride);
    put(side + ".inRun", Math.max(1, Math.ceilDiv(extent, width)));
    put(side + ".depth.0.stride", depthStride);
  }

  /** Room for so many numbers in the scratch memory of each share. */
  private void reserve(String name, long floats) {
    put("at." + name, scratch);
    scratch += Math.ceilDiv(floats + SLACK, ALIGNMENT) * ALIGNMENT;
  }

  private void finish() {
    reserve("mask", ROW);
    put("share", scratch);
  }

  long get(String name) {
    Long found = values.get(name);
    if (found == null) {
      throw new IllegalStateException("no number " + name + " of " + given);
    }
    return found;
  }

  /** Names of the numbers, in their order in memory. */
  List<String> names() {
    return List.copyOf(values.keySet());
  }

  /** The numbers in that order. */
  List<Long> values() {
    return List.copyOf(values.values());
  }
}
