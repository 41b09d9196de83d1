package io.gluonj.ptx;

import java.util.Arrays;
import java.util.List;

/**
 * Gives the lanes of a block their turns, where they wait for each other. Each runs until it must
 * wait; the order changes from turn to turn, so that what a barrier should have ordered goes wrong
 * without it.
 */
final class Turns {
  private final Block block;
  private final Lane[] lanes;

  Turns(Block block, Lane[] lanes) {
    this.block = block;
    this.lanes = lanes;
  }

  void run() {
    Body body = block.launch().kernel().body();
    for (Lane lane : lanes) {
      lane.restart();
    }
    for (int turn = 0; ; turn++) {
      boolean ran = false;
      for (int i = 0; i < lanes.length; i++) {
        Lane lane = lanes[turn % 2 == 0 ? lanes.length - 1 - i : i];
        if (!lane.exited && lane.wait == Wait.NOTHING) {
          lane.exited = body.run(lane, lane.entry) == Body.EXITED;
          ran = true;
        }
      }
      if (!release() && !ran) {
        if (Arrays.stream(lanes).allMatch(lane -> lane.exited)) {
          return;
        }
        throw stuck();
      }
    }
  }

  private boolean release() {
    boolean released = false;
    for (int first = 0; first < lanes.length; first += Lane.WARP) {
      Lane[] warp = Arrays.copyOfRange(lanes, first, Math.min(lanes.length, first + Lane.WARP));
      released |= new Warp(block, warp).release();
    }
    return released || barrier();
  }

  /** Opens the barriers for which all have come. */
  private boolean barrier() {
    boolean opened = false;
    for (int id = 0; id < 16; id++) {
      int barrier = id;
      List<Lane> waiting =
          Arrays.stream(lanes)
              .filter(lane -> !lane.exited && lane.wait.barrier() && lane.control == barrier)
              .toList();
      if (!waiting.isEmpty()) {
        int count = waiting.getFirst().clamp;
        if (waiting.size() == (count == 0 ? lanes.length : count)) {
          open(waiting);
          opened = true;
        }
      }
    }
    return opened;
  }

  private static void open(List<Lane> waiting) {
    int count = (int) waiting.stream().filter(lane -> lane.value != 0).count();
    for (Lane lane : waiting) {
      lane.result = count;
      lane.predicate =
          switch (lane.wait) {
            case BARRIER_AND -> count == waiting.size() ? 1 : 0;
            default -> count > 0 ? 1 : 0;
          };
      lane.wait = Wait.NOTHING;
    }
  }

  private PtxException stuck() {
    long left = Arrays.stream(lanes).filter(lane -> lane.exited).count();
    Lane first = Arrays.stream(lanes).filter(lane -> !lane.exited).findFirst().orElseThrow();
    long same =
        Arrays.stream(lanes).filter(lane -> !lane.exited && lane.site == first.site).count();
    return block
        .faults()
        .error(
            first,
            "it waits for ever: %d of %d threads have come here, %d have left the kernel"
                .formatted(same, lanes.length, left),
            first.site);
  }
}
