package io.gluonj.cuda.dnn;

import static com.google.common.truth.Truth.assertThat;

import io.gluonj.backend.reference.ReferenceBackend;
import io.gluonj.cuda.blas.DeviceData;
import io.gluonj.cuda.blas.Precision;
import io.gluonj.llvm.ObjectCache;
import io.gluonj.op.Conv;
import io.gluonj.op.Op;
import io.gluonj.op.Window;
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

/** Convolutions of each binding that loads, against the operators' definitions. */
@GpuTest
final class DnnOnDeviceTest {
  private record Task(Window window, long groups, Shape data, long filters, DType type) {
    Shape weight() {
      long[] dims = data.dims();
      dims[0] = filters;
      dims[1] = data.dim(1) / groups;
      for (int i = 0; i < window.rank(); i++) {
        dims[i + 2] = window.kernel().get(i);
      }
      return Shape.of(dims);
    }
  }

  private static Window window(
      List<Long> kernel, List<Long> stride, List<Long> dilate, List<Long> pad) {
    return Window.of(kernel, stride, dilate, pad);
  }

  private static Stream<Task> tasks() {
    List<Long> one = List.of(1L, 1L);
    Window three = window(List.of(3L, 3L), one, one, one);
    Window uneven = window(List.of(3L, 2L), List.of(2L, 1L), List.of(1L, 2L), List.of(1L, 0L));
    Window line = window(List.of(3L), List.of(2L), List.of(1L), List.of(1L));
    Window volume =
        window(
            List.of(2L, 3L, 2L), List.of(1L, 2L, 1L), List.of(1L, 1L, 1L), List.of(0L, 1L, 0L));
    return Stream.of(
        new Task(three, 1, Shape.of(2, 3, 7, 5), 4, DType.FLOAT32),
        new Task(three, 1, Shape.of(2, 3, 7, 5), 4, DType.FLOAT64),
        new Task(three, 1, Shape.of(2, 8, 7, 5), 8, DType.FLOAT16),
        new Task(three, 2, Shape.of(2, 4, 6, 6), 6, DType.FLOAT32),
        new Task(uneven, 1, Shape.of(2, 3, 8, 7), 4, DType.FLOAT32),
        new Task(line, 1, Shape.of(2, 3, 9), 5, DType.FLOAT32),
        new Task(volume, 1, Shape.of(2, 2, 4, 5, 3), 3, DType.FLOAT32));
  }

  private static Dnn open(String binding, DeviceData device) {
    System.setProperty(DnnBindings.PROPERTY, binding);
    try {
      return DnnBindings.shared().open(device.gpu()).orElseThrow();
    } catch (DeviceException e) {
      throw new TestAbortedException(e.getMessage(), e);
    } finally {
      System.clearProperty(DnnBindings.PROPERTY);
    }
  }

  @TestFactory
  Stream<DynamicTest> convolutionsAreThoseOfTheDefinition() {
    return Stream.of("jcudnn", "bytedeco")
        .flatMap(
            binding ->
                tasks()
                    .map(
                        t -> DynamicTest.dynamicTest(binding + " " + t, () -> check(binding, t))));
  }

  private static void check(String binding, Task t) {
    try (var device = DeviceData.open(31);
        Dnn dnn = open(binding, device)) {
      DType type = t.type();
      TensorType x = new TensorType(t.data(), type);
      TensorType w = new TensorType(t.weight(), type);
      TensorType b = new TensorType(Shape.of(t.filters()), type);
      TensorType y = new TensorType(t.window().output(t.data(), t.filters()), type);
      double[] vx = device.random(x);
      double[] vw = device.random(w);
      double[] vb = device.random(b);
      double[] vy = device.random(y);
      assertThat(ConvolutionShape.refusal(t.window(), x.shape(), w.shape(), type).isEmpty())
          .isTrue();
      device.gpu().lock().lock();
      try (var convolution =
          dnn.describe(
              ConvolutionShape.of(
                  t.window(), t.groups(), x.shape(), w.shape(), type, Precision.DEFAULT))) {
        var choice = new AlgorithmChoice(dnn, device.gpu(), ObjectCache.none());
        for (Pass pass : Pass.values()) {
          Algorithm algorithm = choice.choose(pass, convolution).orElseThrow();
          assertThat(algorithm.deterministic()).isTrue();
          long space = device.place(algorithm.workspace());
          long px = pass == Pass.BACKWARD_DATA ? device.place(x) : device.place(x, vx);
          long pw = pass == Pass.BACKWARD_FILTER ? device.place(w) : device.place(w, vw);
          long py = pass == Pass.FORWARD ? device.place(y) : device.place(y, vy);
          dnn.convolve(pass, convolution, algorithm, px, pw, py, space);
          switch (pass) {
            case FORWARD -> {
              dnn.addBias(convolution, device.place(b, vb), py);
              Op.Library op = new Conv(t.window(), t.groups(), true);
              device.check(
                  pass + " by " + algorithm,
                  y,
                  py,
                  reference(op, List.of(x, w, b), List.of(vx, vw, vb), y));
            }
            case BACKWARD_DATA ->
                device.check(
                    pass + " by " + algorithm,
                    x,
                    px,
                    reference(
                        new Conv.GradData(t.window(), t.groups(), t.data()),
                        List.of(w, y),
                        List.of(vw, vy),
                        x));
            case BACKWARD_FILTER ->
                device.check(
                    pass + " by " + algorithm,
                    w,
                    pw,
                    reference(
                        new Conv.GradWeight(t.window(), t.groups(), t.weight()),
                        List.of(x, y),
                        List.of(vx, vy),
                        w));
          }
        }
      } finally {
        device.gpu().lock().unlock();
      }
    }
  }

  private static double[] reference(
      Op.Library op, List<TensorType> in, List<double[]> values, TensorType out) {
    return DeviceData.run(
        new ReferenceBackend().library(Device.reference(), op, in, List.of(out)),
        in,
        values,
        out);
  }
}
