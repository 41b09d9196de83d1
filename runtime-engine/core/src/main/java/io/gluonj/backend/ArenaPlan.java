package io.gluonj.backend;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Packs blocks with known lifetimes into one: each takes the lowest offset where it fits between
 * the blocks that live at the same time.
 */
final class ArenaPlan {
  private static final long ALIGNMENT = 64;

  private record Block(long offset, long bytes, int from, int to) {}

  private final List<Block> blocks = new ArrayList<>();
  private long bytes;

  /** Reserves memory from step {@code from} to step {@code to}, both included. */
  long take(long size, int from, int to) {
    long rounded = Math.max(ALIGNMENT, (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
    long offset = 0;
    List<Block> contemporaries =
        blocks.stream()
            .filter(b -> b.from() <= to && b.to() >= from)
            .sorted(Comparator.comparingLong(Block::offset))
            .toList();
    for (Block block : contemporaries) {
      if (offset + rounded <= block.offset()) {
        break;
      }
      offset = Math.max(offset, block.offset() + block.bytes());
    }
    blocks.add(new Block(offset, rounded, from, to));
    bytes = Math.max(bytes, offset + rounded);
    return offset;
  }

  /**
   * Keeps the block that is to end with step {@code at}, the present one, until a later one: it is
   * written over. All blocks that live now lie elsewhere, so that this is always possible.
   */
  void extend(long offset, int at, int to) {
    for (int i = 0; i < blocks.size(); i++) {
      Block block = blocks.get(i);
      if (block.offset() == offset && block.from() <= at && block.to() >= at) {
        blocks.set(i, new Block(offset, block.bytes(), block.from(), to));
        return;
      }
    }
    throw new IllegalArgumentException("no block at " + offset + " lives at step " + at);
  }

  /** Size of the whole. */
  long bytes() {
    return bytes;
  }
}
