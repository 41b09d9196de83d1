package io.gluonj.data.vision;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gluonj.data.HostArray;
import io.gluonj.types.DType;
import io.gluonj.types.InvalidArgumentException;
import io.gluonj.types.Shape;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SyntheticDigitsTest {
  private static final long SEED = 3;
  private static final int COUNT = 5_000;

  private final SyntheticDigits digits = new SyntheticDigits(COUNT, true, SEED);

  @Test
  void samplesHaveTheFormOfMnist() {
    HostArray image = digits.get(0).data();
    assertThat(image.dtype()).isEqualTo(DType.UINT8);
    assertThat(image.shape()).isEqualTo(Shape.of(28, 28, 1));
  }

  @Test
  void sampleDependsOnItsIndexOnly() {
    var alone = new SyntheticDigits(COUNT, true, SEED).get(4321);
    for (int i = 0; i < 20; i++) {
      digits.get(i);
    }
    assertThat(digits.get(4321)).isEqualTo(alone);
    assertThat(new SyntheticDigits(COUNT * 2, true, SEED).get(4321)).isEqualTo(alone);
  }

  @Test
  void sampleIsTheSameInEveryThread() {
    var there = IntStream.range(0, 200).parallel().mapToObj(digits::get).toList();
    var here = IntStream.range(0, 200).mapToObj(digits::get).toList();
    assertThat(there).isEqualTo(here);
  }

  @Test
  void picturesStayWhatTheyWere() {
    // Accuracies in documents and tests depend on them. Change the number if the drawing changes.
    int hash = 0;
    for (int i = 0; i < 100; i++) {
      hash = 31 * hash + Arrays.hashCode(digits.get(i).data().bytes());
    }
    assertThat(hash).isEqualTo(-1151136400);
  }

  @Test
  void everyTenSamplesHoldEachDigitOnce() {
    for (int start = 0; start < COUNT; start += 10) {
      Set<Integer> labels = new HashSet<>();
      for (int i = start; i < start + 10; i++) {
        labels.add(digits.get(i).label());
      }
      assertThat(labels).hasSize(10);
    }
  }

  @Test
  void labelOrderVaries() {
    Set<String> orders = new HashSet<>();
    for (int start = 0; start < 1000; start += 10) {
      StringBuilder order = new StringBuilder();
      for (int i = start; i < start + 10; i++) {
        order.append(digits.label(i));
      }
      orders.add(order.toString());
    }
    assertThat(orders).hasSize(100);
  }

  @Test
  void noTwoPicturesAreEqual() {
    Set<HostArray> seen = new HashSet<>();
    SyntheticDigits test = new SyntheticDigits(COUNT, false, SEED);
    SyntheticDigits otherSeed = new SyntheticDigits(COUNT, true, SEED + 1);
    for (int i = 0; i < COUNT; i++) {
      assertThat(seen.add(digits.get(i).data())).isTrue();
      assertThat(seen.add(test.get(i).data())).isTrue();
      assertThat(seen.add(otherSeed.get(i).data())).isTrue();
    }
  }

  @Test
  void everyPictureHasInkInTheMiddleAndLittleAtTheEdge() {
    double total = 0;
    double edge = 0;
    for (int i = 0; i < COUNT; i++) {
      float[] pixels = digits.get(i).data().floats();
      double ink = 0;
      for (int p = 0; p < pixels.length; p++) {
        ink += pixels[p];
        int x = p % 28;
        int y = p / 28;
        if (x == 0 || y == 0 || x == 27 || y == 27) {
          edge += pixels[p];
        }
      }
      assertThat(ink / 255).isGreaterThan(8.0); // pixels' worth of ink
      total += ink;
    }
    assertThat(total / COUNT / 784 / 255).isWithin(0.04).of(0.12); // MNIST: 0.13
    assertThat(edge / total).isLessThan(0.03);
  }

  @Test
  void pixelsUseTheWholeRange() {
    boolean[] seen = new boolean[256];
    for (int i = 0; i < 500; i++) {
      for (byte pixel : digits.get(i).data().bytes()) {
        seen[pixel & 0xff] = true;
      }
    }
    assertThat(IntStream.range(0, 256).filter(v -> !seen[v]).count()).isEqualTo(0);
  }

  @Test
  void indicesOutsideAreRefused() {
    assertThrows(IndexOutOfBoundsException.class, () -> digits.get(COUNT));
    assertThrows(IndexOutOfBoundsException.class, () -> digits.get(-1));
    assertThrows(InvalidArgumentException.class, () -> new SyntheticDigits(-1, true, SEED));
  }
}
