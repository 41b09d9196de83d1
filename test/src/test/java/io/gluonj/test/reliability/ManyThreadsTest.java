package io.gluonj.test.reliability;

import static com.google.common.truth.Truth.assertWithMessage;

import io.gluonj.gluon.HybridBlock;
import io.gluonj.initializer.Xavier;
import io.gluonj.samples.SampleModel;
import io.gluonj.tensor.Generator;
import io.gluonj.tensor.NDArray;
import io.gluonj.testing.EachDevice;
import io.gluonj.types.Device;
import io.gluonj.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Eight threads use one net at once and get, bit for bit, what one thread gets. */
@EachDevice
final class ManyThreadsTest {
  private static final int THREADS = 8;
  private static final int CALLS = 24;
  private static final int INPUTS = 3;
  private static final long SEED = 5;

  private final Device device;

  ManyThreadsTest(Device device) {
    this.device = device;
  }

  static Stream<Arguments> ways() {
    return Stream.of(SampleModel.values())
        .flatMap(m -> Stream.of(Arguments.of(m, false), Arguments.of(m, true)));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void oneNetServesThemAll(SampleModel model, boolean hybrid) throws Exception {
    Generator.standard().seed(SEED);
    HybridBlock net = model.create();
    net.initialize(new Xavier(), device, model.input(1));
    net.hybridize(hybrid);
    List<NDArray> inputs = IntStream.range(0, INPUTS).mapToObj(k -> images(model, k)).toList();
    CountDownLatch start = new CountDownLatch(1);
    var results = new ArrayList<Future<List<float[]>>>();
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      for (int t = 0; t < THREADS; t++) {
        int first = t;
        results.add(
            threads.submit(() -> {
              start.await(); // they compile at once, too
              return IntStream.range(first, first + CALLS)
                  .mapToObj(k -> net.call(inputs.get(k % INPUTS)).toFloats())
                  .toList();
            }));
      }
      start.countDown();
      List<float[]> expected = inputs.stream().map(x -> net.call(x).toFloats()).toList();
      for (int t = 0; t < THREADS; t++) {
        List<float[]> found = results.get(t).get();
        for (int k = 0; k < CALLS; k++) {
          assertWithMessage("thread %s, call %s (seed %s)", t, k, SEED)
              .that(found.get(k))
              .isEqualTo(expected.get((t + k) % INPUTS));
        }
      }
    }
  }

  /** Batches of different sizes, so that threads run different programs. */
  private NDArray images(SampleModel model, int k) {
    Shape shape = model.input(k + 1L);
    float[] pixels = new Generator(SEED + k).uniform(Math.toIntExact(shape.size()), 0, 1);
    return NDArray.of(pixels, shape, device);
  }
}
