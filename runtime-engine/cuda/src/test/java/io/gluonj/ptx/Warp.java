package io.gluonj.ptx;

/** What the lanes of a warp exchange: shuffles, votes, matches. */
final class Warp {
  private final Block block;
  private final Lane[] lanes;

  Warp(Block block, Lane[] lanes) {
    this.block = block;
    this.lanes = lanes;
  }

  /** Serves every group of lanes that is complete. */
  boolean release() {
    boolean released = false;
    for (Lane lane : lanes) {
      if (!lane.exited && lane.wait != Wait.NOTHING && !lane.wait.barrier() && complete(lane)) {
        serve(lane.mask, lane.wait);
        released = true;
      }
    }
    return released;
  }

  private boolean complete(Lane lane) {
    if ((lane.mask >>> lane.laneid() & 1) == 0) {
      throw block.faults().error(lane, "it is not in its own membermask", lane.site);
    }
    for (int i = 0; i < Lane.WARP; i++) {
      if ((lane.mask >>> i & 1) != 0) {
        if (i < lanes.length && lanes[i].exited) {
          throw block
              .faults()
              .error(lane, "lane " + i + " of its membermask has left the kernel", lane.site);
        }
        if (i < lanes.length && (lanes[i].wait != lane.wait || lanes[i].mask != lane.mask)) {
          return false;
        }
      }
    }
    return true;
  }

  private void serve(int mask, Wait what) {
    int votes = 0;
    for (Lane lane : members(mask)) {
      votes |= lane.value != 0 ? 1 << lane.laneid() : 0;
    }
    for (Lane lane : members(mask)) {
      switch (what) {
        case SHUFFLE_UP, SHUFFLE_DOWN, SHUFFLE_BUTTERFLY, SHUFFLE_INDEX -> shuffle(lane);
        case VOTE_ALL -> lane.predicate = votes == present(mask) ? 1 : 0;
        case VOTE_ANY -> lane.predicate = votes != 0 ? 1 : 0;
        case VOTE_UNIFORM -> lane.predicate = votes == 0 || votes == present(mask) ? 1 : 0;
        case VOTE_BALLOT -> lane.result = votes;
        case MATCH_ANY, MATCH_ALL -> match(lane, mask, what);
        case NOTHING, WARP, BARRIER, BARRIER_AND, BARRIER_OR, BARRIER_COUNT -> {}
      }
    }
    for (Lane lane : members(mask)) {
      lane.wait = Wait.NOTHING;
    }
  }

  private int present(int mask) {
    return lanes.length == Lane.WARP ? mask : mask & ((1 << lanes.length) - 1);
  }

  private Lane[] members(int mask) {
    return java.util.Arrays.stream(lanes)
        .filter(lane -> (mask >>> lane.laneid() & 1) != 0)
        .toArray(Lane[]::new);
  }

  /** PTX ISA, "shfl.sync": the clamp has the segment's mask above bit 8. */
  private void shuffle(Lane lane) {
    int own = lane.laneid();
    int b = lane.control & 0x1F;
    int clamp = lane.clamp & 0x1F;
    int segment = (lane.clamp >>> 8) & 0x1F;
    int last = (own & segment) | (clamp & ~segment);
    int first = own & segment;
    int from =
        switch (lane.wait) {
          case SHUFFLE_UP -> own - b;
          case SHUFFLE_DOWN -> own + b;
          case SHUFFLE_BUTTERFLY -> own ^ b;
          default -> first | (b & ~segment);
        };
    boolean inside = lane.wait == Wait.SHUFFLE_UP ? from >= last : from <= last;
    int source = inside ? from : own;
    if ((lane.mask >>> source & 1) == 0 || source >= lanes.length) {
      throw block
          .faults()
          .error(lane, "it reads lane " + source + ", which does not take part", lane.site);
    }
    lane.result = lanes[source].value;
    lane.predicate = inside ? 1 : 0;
  }

  private void match(Lane lane, int mask, Wait what) {
    int equal = 0;
    for (Lane other : members(mask)) {
      equal |= other.value == lane.value ? 1 << other.laneid() : 0;
    }
    boolean all = equal == present(mask);
    lane.result = what == Wait.MATCH_ANY || all ? equal : 0;
    lane.predicate = all ? 1 : 0;
  }
}
