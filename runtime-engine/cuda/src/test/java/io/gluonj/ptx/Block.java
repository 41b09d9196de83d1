package io.gluonj.ptx;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** A block that runs, and what its lanes share. One worker runs one block after another in it. */
final class Block {
  private static final int POISON = 0xFF;

  private final Launch launch;
  private final Arena arena;
  private final Faults faults = new Faults(this);
  private final long[] low;
  private final long[] high;
  private final MemorySegment shared;
  private final Lane[] lanes;
  private int x;
  private int y;
  private int z;
  private long executed;

  Block(Launch launch, Arena arena) {
    this.launch = launch;
    this.arena = arena;
    Kernel kernel = launch.kernel();
    low = new long[kernel.sites().size()];
    high = new long[kernel.sites().size()];
    Arrays.fill(low, Long.MAX_VALUE);
    long bytes = kernel.code().sharedBytes() + launch.dynamicShared();
    shared = arena.allocate(Math.max(bytes, 1), 256).asSlice(0, bytes);
    int registers = kernel.keeps() ? kernel.code().registers() : 0;
    lanes = new Lane[kernel.waits() ? (int) launch.block().size() : 0];
    for (int i = 0; i < lanes.length; i++) {
      lanes[i] = new Lane(this, i, registers);
    }
  }

  /** Runs the block of this linear index; shared memory starts with what nobody should read. */
  void run(long index) {
    Dim grid = launch.grid();
    x = (int) (index % grid.x());
    y = (int) (index / grid.x() % grid.y());
    z = (int) (index / grid.x() / grid.y());
    shared.fill((byte) POISON);
    if (launch.kernel().waits()) {
      new Turns(this, lanes).run();
    } else {
      runFreely();
    }
  }

  /** No lane waits for another, so any order must do: the last goes first. */
  private void runFreely() {
    int registers = launch.kernel().keeps() ? launch.kernel().code().registers() : 0;
    for (int i = (int) launch.block().size() - 1; i >= 0; i--) {
      launch.kernel().body().run(new Lane(this, i, registers), 0);
    }
  }

  /** Lanes of a warp that have not left, as bits. */
  int present(int warp) {
    int mask = 0;
    int size = (int) launch.block().size();
    for (int i = warp * Lane.WARP; i < Math.min(size, (warp + 1) * Lane.WARP); i++) {
      if (lanes.length == 0 || !lanes[i].exited) {
        mask |= 1 << (i % Lane.WARP);
      }
    }
    return mask;
  }

  long newLocal(long bytes) {
    MemorySegment local = arena.allocate(bytes, 16);
    local.fill((byte) POISON);
    return local.address();
  }

  Launch launch() {
    return launch;
  }

  Faults faults() {
    return faults;
  }

  /** For each site the allocation that its last access lay in. */
  long[] low() {
    return low;
  }

  long[] high() {
    return high;
  }

  long sharedBase() {
    return shared.address();
  }

  long sharedBytes() {
    return shared.byteSize();
  }

  long parameters() {
    return launch.parameters().address();
  }

  int x() {
    return x;
  }

  int y() {
    return y;
  }

  int z() {
    return z;
  }

  void executed(long instructions) {
    executed += instructions;
  }

  long executed() {
    return executed;
  }
}
