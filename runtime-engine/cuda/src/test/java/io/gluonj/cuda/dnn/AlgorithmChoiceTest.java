package io.gluonj.cuda.dnn;

import static com.google.common.truth.Truth.assertThat;

import io.gluonj.cuda.CudaException;
import io.gluonj.cuda.blas.Precision;
import io.gluonj.llvm.ObjectCache;
import io.gluonj.op.Window;
import io.gluonj.types.DType;
import io.gluonj.types.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How an algorithm is chosen, with a library that only says what it would do. */
final class AlgorithmChoiceTest {
  private static final long BOUND = 1000;
  private static final int FMA = 3;

  private final List<Algorithm> expected = new ArrayList<>();
  private final List<Algorithm> measured = new ArrayList<>();
  private final Map<Long, Long> blocks = new HashMap<>();
  private int measurements;
  private boolean exhausted;
  private @Nullable CudaException failure;

  private final Dnn dnn =
      new Dnn() {
        @Override
        public String title() {
          return "a model";
        }

        @Override
        public Convolution describe(ConvolutionShape shape) {
          return new Convolution() {
            @Override
            public ConvolutionShape shape() {
              return shape;
            }

            @Override
            public void close() {}
          };
        }

        @Override
        public List<Algorithm> expected(Pass pass, Convolution convolution) {
          return expected;
        }

        @Override
        public List<Algorithm> measured(
            Pass pass, Convolution c, long x, long w, long y, long workspace, long bytes) {
          assertThat(blocks.get(x)).isAtLeast(c.shape().bytes(c.shape().x()));
          assertThat(blocks.get(w)).isAtLeast(c.shape().bytes(c.shape().w()));
          assertThat(blocks.get(y)).isAtLeast(c.shape().bytes(c.shape().y()));
          assertThat(blocks.get(workspace)).isAtLeast(bytes);
          measurements++;
          if (failure != null) {
            throw failure;
          }
          return measured;
        }

        @Override
        public void convolve(
            Pass pass, Convolution c, Algorithm a, long x, long w, long y, long workspace) {
          throw new AssertionError("nothing is computed here");
        }

        @Override
        public void addBias(Convolution convolution, long bias, long y) {
          throw new AssertionError("nothing is computed here");
        }

        @Override
        public void close() {}
      };

  private final AlgorithmChoice.Memory memory =
      new AlgorithmChoice.Memory() {
        @Override
        public long allocate(long bytes) {
          if (exhausted && blocks.size() == 3) {
            return 0;
          }
          long address = 4096L * (blocks.size() + 1);
          blocks.put(address, bytes);
          return address;
        }

        @Override
        public void free(long address, long bytes) {
          assertThat(blocks.remove(address)).isEqualTo(bytes);
        }
      };

  private static Algorithm algorithm(int id, float time, long workspace, boolean deterministic) {
    return new Algorithm(id, 0, time, workspace, deterministic, FMA);
  }

  private Dnn.Convolution convolution(Precision precision) {
    List<Long> one = List.of(1L, 1L);
    return dnn.describe(
        ConvolutionShape.of(
            Window.of(List.of(3L, 3L), one, one, one),
            1,
            Shape.of(2, 3, 8, 8),
            Shape.of(4, 3, 3, 3),
            DType.FLOAT32,
            precision));
  }

  private AlgorithmChoice choice(ObjectCache cache) {
    return new AlgorithmChoice(dnn, memory, cache, "a device", BOUND);
  }

  @Test
  void fastestMeasuredOneIsTakenAndKept(@TempDir Path folder) {
    expected.addAll(List.of(algorithm(1, -1, 10, true), algorithm(2, -1, 20, true)));
    measured.addAll(List.of(algorithm(2, 0.5f, 20, true), algorithm(1, 0.7f, 10, true)));
    Dnn.Convolution c = convolution(Precision.DEFAULT);

    assertThat(choice(ObjectCache.in(folder)).choose(Pass.FORWARD, c).map(Algorithm::id))
        .hasValue(2);
    assertThat(choice(ObjectCache.in(folder)).choose(Pass.FORWARD, c).map(Algorithm::id))
        .hasValue(2);
    assertThat(measurements).isEqualTo(1);
    assertThat(blocks).isEmpty();

    assertThat(choice(ObjectCache.in(folder)).choose(Pass.BACKWARD_DATA, c)).isPresent();
    assertThat(measurements).isEqualTo(2);
  }

  @Test
  void workspaceOfAKeptChoiceIsAskedAnew(@TempDir Path folder) {
    expected.addAll(List.of(algorithm(1, -1, 10, true), algorithm(2, -1, 20, true)));
    measured.add(algorithm(2, 0.5f, 20, true));
    Dnn.Convolution c = convolution(Precision.DEFAULT);
    choice(ObjectCache.in(folder)).choose(Pass.FORWARD, c);

    expected.set(1, algorithm(2, -1, 400, true));

    assertThat(choice(ObjectCache.in(folder)).choose(Pass.FORWARD, c).map(Algorithm::workspace))
        .hasValue(400L);
  }

  @Test
  void onesThatGiveOtherBitsOrNeedTooMuchAreLeftOut() {
    expected.addAll(List.of(algorithm(1, -1, 10, true), algorithm(2, -1, 20, true)));
    measured.addAll(
        List.of(
            algorithm(0, 0.1f, 0, false),
            algorithm(5, 0.2f, BOUND + 1, true),
            new Algorithm(6, 9, -1, 0, true, FMA),
            algorithm(1, 0.7f, 10, true)));
    assertThat(
            choice(ObjectCache.none())
                .choose(Pass.BACKWARD_FILTER, convolution(Precision.DEFAULT))
                .map(Algorithm::id))
        .hasValue(1);
  }

  @Test
  void withoutAnyTheLibraryIsNotUsed() {
    expected.addAll(List.of(algorithm(0, -1, 0, false), algorithm(5, -1, BOUND + 1, true)));
    assertThat(
            choice(ObjectCache.none()).choose(Pass.BACKWARD_FILTER, convolution(Precision.DEFAULT)))
        .isEmpty();
    assertThat(measurements).isEqualTo(0);
  }

  @Test
  void withoutMemoryTheExpectedOneIsTaken() {
    expected.addAll(List.of(algorithm(1, -1, 10, true), algorithm(2, -1, 20, true)));
    exhausted = true;
    assertThat(
            choice(ObjectCache.none())
                .choose(Pass.FORWARD, convolution(Precision.DEFAULT))
                .map(Algorithm::id))
        .hasValue(1);
    assertThat(blocks).isEmpty();
  }

  @Test
  void failedMeasurementsLeaveTheExpectedOne(@TempDir Path folder) {
    expected.addAll(List.of(algorithm(1, -1, 10, true), algorithm(2, -1, 20, true)));
    failure = new CudaException(8, "cudnnFind… returned 8", "it failed", "none");
    Dnn.Convolution c = convolution(Precision.DEFAULT);
    assertThat(choice(ObjectCache.in(folder)).choose(Pass.FORWARD, c).map(Algorithm::id))
        .hasValue(1);
    assertThat(blocks).isEmpty();

    choice(ObjectCache.in(folder)).choose(Pass.FORWARD, c);
    assertThat(measurements).isEqualTo(2);
  }

  @Test
  void float32StaysFloat32() {
    expected.add(new Algorithm(1, 0, -1, 10, true, 0));
    assertThat(
            choice(ObjectCache.none())
                .choose(Pass.FORWARD, convolution(Precision.DEFAULT))
                .map(Algorithm::mathType))
        .hasValue(FMA);
    assertThat(
            choice(ObjectCache.none())
                .choose(Pass.FORWARD, convolution(Precision.TF32))
                .map(Algorithm::mathType))
        .hasValue(0);
  }
}
