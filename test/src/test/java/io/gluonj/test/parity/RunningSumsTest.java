package io.gluonj.test.parity;

import static com.google.common.truth.Truth.assertWithMessage;

import io.gluonj.op.Cumulative;
import io.gluonj.tensor.Autograd;
import io.gluonj.tensor.NDArray;
import io.gluonj.tensor.Ops;
import io.gluonj.testing.EachDevice;
import io.gluonj.types.Device;
import io.gluonj.types.Shape;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Running sums along axes of all lengths, short ones and those that are cut into blocks. */
@EachDevice(reference = true)
final class RunningSumsTest {
  private final Device device;

  RunningSumsTest(Device device) {
    this.device = device;
  }

  @ParameterizedTest
  @CsvSource({"1,1023,1", "1,1024,1", "2,1025,3", "1,5000,2", "1,40000,1"})
  void eachElementIsTheSumOfThoseBefore(int outer, int n, int inner) {
    float[] x = new float[outer * n * inner];
    Random random = new Random(17);
    for (int i = 0; i < x.length; i++) {
      x[i] = random.nextInt(9) - 4; // sums are exact
    }
    NDArray data = NDArray.of(x, Shape.of(outer, n, inner), device);
    data.attachGrad();
    NDArray y;
    try (var _ = Autograd.record()) {
      y = (NDArray) Ops.call(new Cumulative(Optional.of(1), Optional.empty()), data);
    }
    NDArray head = NDArray.of(x, Shape.of(outer, n, inner), device);
    Autograd.backward(List.of(y), List.of(head), false);
    double[] sums = y.toDoubles();
    double[] gradient = data.grad().toDoubles();
    for (int row = 0; row < outer * inner; row++) {
      int first = row / inner * n * inner + row % inner;
      double before = 0;
      double after = 0;
      for (int i = 0; i < n; i++) {
        int here = first + i * inner;
        int mirrored = first + (n - 1 - i) * inner;
        before += x[here];
        after += x[mirrored];
        assertWithMessage("sum %s of row %s", i, row).that(sums[here]).isEqualTo(before);
        assertWithMessage("gradient %s of row %s", n - 1 - i, row)
            .that(gradient[mirrored])
            .isEqualTo(after);
      }
    }
  }
}
