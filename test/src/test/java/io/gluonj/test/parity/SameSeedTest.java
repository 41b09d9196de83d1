package io.gluonj.test.parity;

import static com.google.common.truth.Truth.assertThat;

import com.google.common.primitives.Floats;
import io.gluonj.initializer.Initializer;
import io.gluonj.initializer.MSRAPrelu;
import io.gluonj.initializer.Normal;
import io.gluonj.initializer.Orthogonal;
import io.gluonj.initializer.Xavier;
import io.gluonj.nn.Dense;
import io.gluonj.nn.Dropout;
import io.gluonj.tensor.Autograd;
import io.gluonj.tensor.Generator;
import io.gluonj.tensor.NDArray;
import io.gluonj.testing.EachDevice;
import io.gluonj.types.Device;
import io.gluonj.types.Shape;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Equal seeds give the random numbers of the definition on each device, to the last bit. */
@EachDevice
final class SameSeedTest {
  private static final long SEED = 1234567890123L;

  private final Device device;

  SameSeedTest(Device device) {
    this.device = device;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void dropoutLeavesOutTheSameElements(boolean hybrid) {
    for (int size : new int[] {1, 31, 4096, 100_003}) {
      assertThat(dropped(size, device, hybrid))
          .isEqualTo(dropped(size, Device.reference(), hybrid));
    }
  }

  /** Two draws of ones, because the second must differ from the first in the same way. */
  private static List<List<Float>> dropped(int size, Device device, boolean hybrid) {
    Generator.standard().seed(SEED);
    Dropout dropout = new Dropout(0.25);
    dropout.hybridize(hybrid);
    NDArray ones = NDArray.of(filled(size), Shape.of(size), device);
    try (var _ = Autograd.trainMode()) {
      return List.of(list(dropout.call(ones)), list(dropout.call(ones)));
    }
  }

  private static float[] filled(int size) {
    float[] ones = new float[size];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static List<Float> list(NDArray array) {
    return Floats.asList(array.toFloats());
  }

  @Test
  void weightsBeginAlike() {
    for (Initializer initializer :
        List.of(new Xavier(), new Normal(0.1), new MSRAPrelu(), new Orthogonal())) {
      assertThat(weights(initializer, device)).isEqualTo(weights(initializer, Device.reference()));
    }
  }

  private static List<Float> weights(Initializer initializer, Device device) {
    Generator.standard().seed(SEED);
    Dense dense = new Dense(17);
    dense.initialize(initializer, device, Shape.of(1, 33));
    return list(dense.collectParams().values().iterator().next().data());
  }
}
