package io.gluonj.backend.cuda;

import static com.google.common.truth.Truth.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReplayTest {
  private final List<String> done = new ArrayList<>();
  private final Replay<String> replay = new Replay<>(graph -> done.add("destroy " + graph));
  private boolean capturable = true;

  private final Replay.Work<String> work =
      new Replay.Work<>() {
        @Override
        public void enqueue(long[][] addresses) {
          done.add("enqueue " + addresses[0][0]);
        }

        @Override
        public @Nullable String capture(long[][] addresses) {
          done.add("capture " + addresses[0][0]);
          return capturable ? "graph " + addresses[0][0] : null;
        }

        @Override
        public void replay(String captured) {
          done.add("replay " + captured);
        }
      };

  private void run(long address) {
    replay.run(work, new long[][] {{address, 1}, {2}});
  }

  @Test
  void theFirstRunIsEnqueuedTheSecondCapturedTheThirdReplayed() {
    run(7);
    run(7);
    run(7);
    assertThat(done)
        .containsExactly("enqueue 7", "capture 7", "replay graph 7", "replay graph 7")
        .inOrder();
    assertThat(replay.captures()).isEqualTo(1);
    assertThat(replay.replays()).isEqualTo(2);
  }

  @Test
  void otherAddressesAreOtherGraphs() {
    run(7);
    run(8);
    run(7);
    run(8);
    assertThat(done)
        .containsExactly(
            "enqueue 7", "enqueue 8", "capture 7", "replay graph 7", "capture 8", "replay graph 8")
        .inOrder();
  }

  @Test
  void theLeastRecentlyUsedGraphIsDestroyed() {
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < Replay.KEPT; i++) {
        run(i);
      }
    }
    run(0);
    run(100);
    run(100);
    assertThat(done).contains("destroy graph 1");
    assertThat(done).doesNotContain("destroy graph 0");
    replay.destroyAll();
    assertThat(done).containsAtLeast("destroy graph 0", "destroy graph 100");
    assertThat(done.stream().filter(d -> d.startsWith("destroy")).toList()).containsNoDuplicates();
  }

  @Test
  void whatCannotBeCapturedIsEnqueuedFromThenOn() {
    capturable = false;
    run(7);
    run(7);
    run(7);
    run(7);
    assertThat(done)
        .containsExactly("enqueue 7", "capture 7", "enqueue 7", "enqueue 7", "enqueue 7")
        .inOrder();
  }

  @Test
  void addressesThatNeverComeAgainAreNoLongerLookedFor() {
    for (int i = 0; i < Replay.PATIENCE; i++) {
      run(i);
    }
    done.clear();
    run(Replay.PATIENCE - 1);
    assertThat(done).containsExactly("enqueue " + (Replay.PATIENCE - 1));
    assertThat(replay.captures()).isEqualTo(0);
  }

  @Test
  void addressesOfLongAgoAreForgotten() {
    run(7);
    for (int i = 0; i <= Replay.REMEMBERED; i++) {
      run(100 + i);
    }
    run(7);
    assertThat(replay.captures()).isEqualTo(0);
  }
}
