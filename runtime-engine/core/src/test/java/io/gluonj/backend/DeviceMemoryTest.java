package io.gluonj.backend;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gluonj.types.Device;
import io.gluonj.types.MemoryLimitException;
import io.gluonj.types.MemoryOwner;
import io.gluonj.types.MemoryOwner.Kind;
import io.gluonj.types.MemoryShare;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DeviceMemoryTest {
  private static final MemoryOwner WEIGHT = new MemoryOwner(Kind.PARAMETER, "Net.fc.weight");
  private static final MemoryOwner CONV = new MemoryOwner(Kind.RESULT, "Convolution");

  /** A device that counts what is taken from it. */
  private static final class Bare implements DeviceMemory.Provider {
    private final Map<Long, Long> taken = new HashMap<>();
    private long next = 64;
    private long left = Long.MAX_VALUE;

    @Override
    public long allocate(long bytes) {
      if (bytes > left) {
        return 0;
      }
      long address = next;
      next += bytes;
      taken.put(address, bytes);
      return address;
    }

    @Override
    public void free(long address, long bytes) {
      assertThat(taken.remove(address)).isEqualTo(bytes);
    }
  }

  private final Bare bare = new Bare();

  private DeviceMemory memory(long limit) {
    return new DeviceMemory(Device.reference(), bare, limit);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 64",
    "1, 64",
    "64, 64",
    "65, 128",
    "192, 192",
    "193, 256",
    "1000, 1024",
    "1025, 1280",
    "1281, 1536",
    "1793, 2048",
    "1048577, 1310720"
  })
  void sizesAreRoundedUpToAClassAndReused(long bytes, long taken) {
    DeviceMemory memory = memory(1L << 30);
    Storage first = memory.allocate(bytes);
    assertThat(first.bytes()).isEqualTo(bytes);
    assertThat(memory.figures().inUse()).isEqualTo(taken);
    long address = first.address();
    first.release();
    assertThat(memory.figures().cached()).isEqualTo(taken);
    assertThat(memory.allocate(taken).address()).isEqualTo(address);
    assertThat(memory.figures().cached()).isEqualTo(0);
    assertThat(bare.taken).containsExactly(address, taken);
  }

  @Test
  void figuresAndPeakFollowTheBlocksInUse() {
    DeviceMemory memory = memory(1L << 20);
    Storage a = memory.allocate(1024);
    Storage b = memory.allocate(4096);
    a.release();
    var figures = memory.figures();
    assertThat(figures.inUse()).isEqualTo(4096);
    assertThat(figures.cached()).isEqualTo(1024);
    assertThat(figures.peak()).isEqualTo(5120);
    assertThat(figures.blocks()).isEqualTo(1);
    assertThat(figures.limit()).isEqualTo(1L << 20);
    memory.resetPeak();
    assertThat(memory.figures().peak()).isEqualTo(4096);
    b.release();
    memory.trim();
    assertThat(memory.figures().cached()).isEqualTo(0);
    assertThat(bare.taken).isEmpty();
  }

  @Test
  void exhaustionNamesWhoAskedAndWhoHoldsWhat() {
    DeviceMemory memory = memory(1 << 20);
    List<Storage> held = new ArrayList<>();
    held.add(memory.allocate(512 << 10, CONV, "Net.conv1"));
    held.add(memory.allocate(128 << 10, CONV, "Net.conv2"));
    held.add(memory.allocate(128 << 10, CONV, "Net.conv2"));
    held.add(memory.allocate(64 << 10, WEIGHT, "Net.conv2"));
    for (int i = 0; i < 12; i++) {
      held.add(memory.allocate(64, new MemoryOwner(Kind.STATE, "Net.p" + i), ""));
    }
    var e =
        assertThrows(
            MemoryLimitException.class, () -> memory.allocate(256 << 10, CONV, "Net.conv3"));
    assertThat(e).hasMessageThat().contains("262,144 bytes were asked for on reference");
    assertThat(e).hasMessageThat().contains("for: result of Convolution in Net.conv3");
    assertThat(e)
        .hasMessageThat()
        .contains("in use 852,736 bytes in 16 blocks, cached 0 bytes, peak 852,736 bytes, limit");
    assertThat(e)
        .hasMessageThat()
        .contains("524,288 bytes in 1 block: result of Convolution in Net.conv1");
    assertThat(e)
        .hasMessageThat()
        .contains("262,144 bytes in 2 blocks: result of Convolution in Net.conv2");
    assertThat(e).hasMessageThat().contains("65,536 bytes in 1 block: parameter Net.fc.weight\n");
    assertThat(e).hasMessageThat().contains("use a smaller batch");
    assertThat(e.asked()).isEqualTo(256 << 10);
    assertThat(e.askedBy()).isEqualTo("result of Convolution in Net.conv3");
    assertThat(e.largest()).hasSize(10);
    assertThat(e.largest().stream().map(MemoryShare::bytes).toList())
        .isInOrder((a, b) -> Long.compare((Long) b, (Long) a));
    assertThat(e.figures()).isEqualTo(memory.figures());

    held.getFirst().release();
    Storage works = memory.allocate(256 << 10, CONV, "Net.conv3");
    works.release();
    held.subList(1, held.size()).forEach(Storage::release);
    assertThat(memory.figures().inUse()).isEqualTo(0);
    assertThat(memory.largest(10)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void thereIsOneSuggestionByWhatHoldsTheMost(Kind kind) {
    DeviceMemory memory = memory(1024);
    Storage most = memory.allocate(640, new MemoryOwner(kind, "Net"), "");
    Storage less = memory.allocate(64, CONV, "");
    var e = assertThrows(MemoryLimitException.class, () -> memory.allocate(512));
    String expected =
        switch (kind) {
          case ARRAY -> "TensorScope";
          case PARAMETER, GRADIENT, STATE -> "the model itself";
          case BATCH -> "prefetch";
          case RESULT, INTERMEDIATE -> "smaller batch";
        };
    assertThat(e).hasMessageThat().containsMatch("fix +[^\n]*" + expected);
    assertThat(e).hasMessageThat().contains("only 320 bytes of the limit are left");
    most.release();
    less.release();
  }

  @Test
  void whatIsLargerThanTheLimitAndWhatTheDeviceLacksAreToldApart() {
    DeviceMemory memory = memory(1024);
    var huge = assertThrows(MemoryLimitException.class, () -> memory.allocate(1L << 62));
    assertThat(huge).hasMessageThat().contains("this alone is more than the limit");
    bare.left = 100;
    var lacking = assertThrows(MemoryLimitException.class, () -> memory.allocate(512));
    assertThat(lacking).hasMessageThat().contains("the device itself had no block of that size");
    bare.left = 1024;
    memory.allocate(512).release();
  }

  @Test
  void cachedBlocksMakeRoomForOthers() {
    DeviceMemory memory = memory(1024);
    memory.allocate(1024).release();
    Storage other = memory.allocate(512);
    assertThat(memory.figures().cached()).isEqualTo(0);
    other.release();
  }

  @Test
  void anOwnerMayBecomeKnownLater() {
    DeviceMemory memory = memory(1024);
    Storage storage = memory.allocate(64, CONV, "Net.conv1");
    storage.owner(WEIGHT);
    assertThat(memory.largest(10)).containsExactly(new MemoryShare(WEIGHT, "", 64, 1));
    storage.release();
  }

  @Test
  void theBlocksInUseAreKnownWhateverTheOrderOfTheirRelease() {
    long seed = 7;
    Random random = new Random(seed);
    DeviceMemory memory = memory(1L << 40);
    List<Storage> live = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      if (live.isEmpty() || random.nextInt(5) < 3) {
        live.add(memory.allocate(1 + random.nextInt(100_000)));
      } else {
        live.remove(random.nextInt(live.size())).release();
      }
      if (i % 100 == 0) {
        long bytes = memory.largest(10).stream().mapToLong(MemoryShare::bytes).sum();
        long blocks = memory.largest(10).stream().mapToLong(MemoryShare::blocks).sum();
        assertThat(bytes).isEqualTo(memory.figures().inUse());
        assertThat(blocks).isEqualTo(live.size());
      }
    }
    live.forEach(Storage::release);
    assertThat(memory.largest(10)).isEmpty();
  }

  @Test
  void threadsMayAllocateAtOnce() {
    DeviceMemory memory = memory(1L << 40);
    List<CompletableFuture<Void>> threads = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      threads.add(
          CompletableFuture.runAsync(() -> {
            for (int i = 0; i < 10_000; i++) {
              Storage a = memory.allocate(i, CONV, "");
              Storage b = memory.allocate(64, WEIGHT, "");
              a.release();
              b.release();
            }
          }));
    }
    threads.forEach(CompletableFuture::join);
    assertThat(memory.figures().inUse()).isEqualTo(0);
    assertThat(memory.figures().blocks()).isEqualTo(0);
  }
}
