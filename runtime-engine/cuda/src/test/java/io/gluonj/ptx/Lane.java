package io.gluonj.ptx;

/**
 * One thread of a block, as PTX names it a lane of a warp: what the byte code of a kernel asks for
 * its place, its memory and its neighbours.
 */
final class Lane {
  static final int WARP = 32;

  /** A lane that runs longer than this is taken for an endless loop. */
  static final long MAX_INSTRUCTIONS = 2_000_000_000L;

  final Block block;
  final int index;
  final long[] slots;

  int entry;
  Wait wait = Wait.NOTHING;
  boolean exited;
  int site;
  long value;
  int control;
  int clamp;
  int mask;
  long result;
  int predicate;

  private final long[] low;
  private final long[] high;
  private final int tidX;
  private final int tidY;
  private final int tidZ;
  private long localBase;

  Lane(Block block, int index, int slots) {
    this.block = block;
    this.index = index;
    this.slots = new long[slots];
    low = block.low();
    high = block.high();
    Dim dim = block.launch().block();
    tidX = index % dim.x();
    tidY = index / dim.x() % dim.y();
    tidZ = index / dim.x() / dim.y();
  }

  void restart() {
    entry = 0;
    exited = false;
    wait = Wait.NOTHING;
  }

  /** A global address that was checked. */
  long global(long address, int bytes, int at) {
    if ((address & (bytes - 1)) != 0 || address < low[at] || address > high[at] - bytes) {
      block.faults().find(this, address, bytes, at);
    }
    return address;
  }

  /** A generic address as one of the host. */
  long generic(long address, int bytes, int at) {
    if (address >= Space.SHARED_WINDOW) {
      return shared(address - Space.SHARED_WINDOW, bytes, at);
    }
    if (address >= Space.LOCAL_WINDOW) {
      return local(address - Space.LOCAL_WINDOW, bytes, at);
    }
    return global(address, bytes, at);
  }

  long shared(long offset, int bytes, int at) {
    if ((offset & (bytes - 1)) != 0 || offset < 0 || offset > block.sharedBytes() - bytes) {
      throw block.faults().outside(this, "shared", offset, bytes, block.sharedBytes(), at);
    }
    return block.sharedBase() + offset;
  }

  long local(long offset, int bytes, int at) {
    long size = block.launch().kernel().code().localBytes();
    if ((offset & (bytes - 1)) != 0 || offset < 0 || offset > size - bytes) {
      throw block.faults().outside(this, "local", offset, bytes, size, at);
    }
    if (localBase == 0) {
      localBase = block.newLocal(size);
    }
    return localBase + offset;
  }

  long param(long offset, int bytes, int at) {
    long size = block.launch().kernel().code().parameterBytes();
    if ((offset & (bytes - 1)) != 0 || offset < 0 || offset > size - bytes) {
      throw block.faults().outside(this, "param", offset, bytes, size, at);
    }
    return block.parameters() + offset;
  }

  /** The count so far, at the end of a turn or where a loop closes. */
  void count(long instructions, int at) {
    if (instructions > MAX_INSTRUCTIONS) {
      throw block.faults().endless(this, at);
    }
  }

  void executed(long instructions) {
    block.executed(instructions);
  }

  void await(Wait what, int at) {
    wait = what;
    site = at;
  }

  /** Waits at a barrier; {@code count} 0 means all lanes of the block. */
  void barrier(int id, int count, int operand, Wait kind, int at) {
    control = id;
    clamp = count;
    value = operand;
    await(kind, at);
  }

  void collective(long operand, int b, int c, int lanes, Wait kind, int at) {
    value = operand;
    control = b;
    clamp = c;
    mask = lanes;
    await(kind, at);
  }

  PtxException trap(int at) {
    return block.faults().error(this, "the kernel trapped", at);
  }

  int warp() {
    return index / WARP;
  }

  // Special registers, named after them.

  int tidX() {
    return tidX;
  }

  int tidY() {
    return tidY;
  }

  int tidZ() {
    return tidZ;
  }

  int ntidX() {
    return block.launch().block().x();
  }

  int ntidY() {
    return block.launch().block().y();
  }

  int ntidZ() {
    return block.launch().block().z();
  }

  int ctaidX() {
    return block.x();
  }

  int ctaidY() {
    return block.y();
  }

  int ctaidZ() {
    return block.z();
  }

  int nctaidX() {
    return block.launch().grid().x();
  }

  int nctaidY() {
    return block.launch().grid().y();
  }

  int nctaidZ() {
    return block.launch().grid().z();
  }

  int laneid() {
    return index % WARP;
  }

  int warpid() {
    return warp();
  }

  int nwarpid() {
    return (int) ((block.launch().block().size() + WARP - 1) / WARP);
  }

  int lanemaskEq() {
    return 1 << laneid();
  }

  int lanemaskLt() {
    return (1 << laneid()) - 1;
  }

  int lanemaskLe() {
    return lanemaskLt() | lanemaskEq();
  }

  int lanemaskGt() {
    return ~lanemaskLe();
  }

  int lanemaskGe() {
    return ~lanemaskLt();
  }

  int dynamicSmemSize() {
    return (int) block.launch().dynamicShared();
  }

  int totalSmemSize() {
    return (int) block.sharedBytes();
  }

  int clock() {
    return (int) System.nanoTime();
  }

  long clock64() {
    return System.nanoTime();
  }

  long globaltimer() {
    return System.nanoTime();
  }

  /** Lanes of the warp that have not left: all of them may be active. */
  int activemask() {
    return block.present(warp());
  }
}
