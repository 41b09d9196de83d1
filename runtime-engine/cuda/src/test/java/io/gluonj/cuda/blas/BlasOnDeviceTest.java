package io.gluonj.cuda.blas;

import io.gluonj.backend.reference.ReferenceBackend;
import io.gluonj.op.MatMul;
import io.gluonj.testing.GpuTest;
import io.gluonj.types.DType;
import io.gluonj.types.Device;
import io.gluonj.types.DeviceException;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.opentest4j.TestAbortedException;

/** Products of each binding that loads, against the definition of {@link MatMul}. */
@GpuTest
final class BlasOnDeviceTest {
  private record Task(
      boolean ta, boolean tb, long batch, long m, long n, long k, DType type, double beta) {}

  private static Stream<Task> tasks() {
    long[][] extents = {{1, 1, 1, 1}, {1, 3, 5, 7}, {1, 64, 33, 17}, {4, 5, 6, 7}, {1, 1, 9, 4}};
    return Stream.of(DType.FLOAT32, DType.FLOAT64, DType.FLOAT16, DType.BFLOAT16)
        .flatMap(
            type ->
                Stream.of(extents)
                    .flatMap(
                        e ->
                            Stream.of(0, 1, 2, 3)
                                .map(
                                    t ->
                                        new Task(
                                            (t & 1) != 0,
                                            (t & 2) != 0,
                                            e[0],
                                            e[1],
                                            e[2],
                                            e[3],
                                            type,
                                            t == 3 ? 1 : 0))));
  }

  @TestFactory
  Stream<DynamicTest> productsAreThoseOfTheDefinition() {
    return Stream.of("jcublas", "bytedeco")
        .flatMap(
            binding ->
                tasks()
                    .map(
                        t -> DynamicTest.dynamicTest(binding + " " + t, () -> check(binding, t))));
  }

  private static Blas open(String binding, DeviceData device) {
    System.setProperty(BlasBindings.PROPERTY, binding);
    try {
      return BlasBindings.shared()
          .open(
              new BlasDevice(
                  device.gpu(),
                  kernels -> {
                    throw new AssertionError("libraries need no kernels of ours");
                  }));
    } catch (DeviceException e) {
      throw new TestAbortedException(e.getMessage(), e);
    } finally {
      System.clearProperty(BlasBindings.PROPERTY);
    }
  }

  private static void check(String binding, Task t) {
    try (var device = DeviceData.open(32);
        Blas blas = open(binding, device)) {
      TensorType a =
          new TensorType(
              t.ta() ? Shape.of(t.batch(), t.k(), t.m()) : Shape.of(t.batch(), t.m(), t.k()),
              t.type());
      TensorType b =
          new TensorType(
              t.tb() ? Shape.of(t.batch(), t.n(), t.k()) : Shape.of(t.batch(), t.k(), t.n()),
              t.type());
      TensorType c = new TensorType(Shape.of(t.batch(), t.m(), t.n()), t.type());
      double[] va = device.random(a);
      double[] vb = device.random(b);
      double[] before = device.random(c);
      var product =
          new Product(
              t.ta(),
              t.tb(),
              t.m(),
              t.n(),
              t.k(),
              t.batch(),
              t.m() * t.k(),
              t.k() * t.n(),
              t.m() * t.n(),
              t.beta(),
              t.type(),
              t.type(),
              Precision.DEFAULT);
      long result = device.place(c, before);
      device.gpu().lock().lock();
      try {
        blas.prepare(product).enqueue(device.place(a, va), device.place(b, vb), result);
      } finally {
        device.gpu().lock().unlock();
      }
      double[] expected =
          DeviceData.run(
              new ReferenceBackend()
                  .library(
                      Device.reference(),
                      new MatMul(t.ta(), t.tb(), false),
                      List.of(a, b),
                      List.of(c)),
              List.of(a, b),
              List.of(va, vb),
              c);
      for (int i = 0; i < expected.length; i++) {
        expected[i] += t.beta() * before[i];
      }
      device.check(blas.title(), c, result, expected);
    }
  }
}
