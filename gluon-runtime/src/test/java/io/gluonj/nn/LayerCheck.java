package io.gluonj.nn;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import io.gluonj.gluon.HybridBlock;
import io.gluonj.initializer.Uniform;
import io.gluonj.tensor.Autograd;
import io.gluonj.tensor.Generator;
import io.gluonj.tensor.GradReq;
import io.gluonj.tensor.NDArray;
import io.gluonj.types.DType;
import io.gluonj.types.Device;
import io.gluonj.types.Shape;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/** What every layer must satisfy, in float64 on the reference device. */
final class LayerCheck {
  static final long SEED = 7;
  private static final double STEP = 1e-5;

  private LayerCheck() {}

  /** Numbers with gaps between them, so that maxima and kinks are not near a tie. */
  static NDArray input(long... dims) {
    Shape shape = Shape.of(dims);
    float[] values = new Generator(SEED).uniform((int) shape.size(), -2, 2);
    for (int i = 0; i < values.length; i++) {
      values[i] = (Math.round(values[i] * 100) * 0.01f) + i * 1e-3f + 5e-4f;
    }
    return NDArray.of(values, shape, Device.reference()).cast(DType.FLOAT64);
  }

  /** The same layer twice: the second compiled, with equal parameters. */
  static List<HybridBlock> pair(Supplier<? extends HybridBlock> maker) {
    var layers = new ArrayList<HybridBlock>();
    for (int i = 0; i < 2; i++) {
      Generator.standard().seed(SEED);
      HybridBlock layer = maker.get();
      layer.initialize(new Uniform(0.5), Device.reference());
      layer.cast(DType.FLOAT64);
      layers.add(layer);
    }
    layers.getLast().hybridize();
    return layers;
  }

  /** Output and gradients of the sum of the output times fixed numbers. */
  static Map<String, NDArray> run(HybridBlock layer, NDArray x) {
    x.attachGrad();
    NDArray y;
    NDArray sum;
    try (var tape = Autograd.record()) {
      assertThat(tape).isNotNull();
      y = layer.call(x);
      sum = weighted(y);
    }
    sum.backward();
    Map<String, NDArray> results = new LinkedHashMap<>();
    results.put("output", y);
    results.put("x", x.grad().copyTo(x.device()));
    layer
        .collectParams()
        .values()
        .forEach(p -> {
          if (p.gradReq() != GradReq.NULL) {
            results.put(p.shortName(), p.grad());
          } else {
            results.put(p.shortName(), p.data());
          }
        });
    return results;
  }

  private static NDArray weighted(NDArray y) {
    float[] factors = new Generator(SEED + 1).uniform((int) y.size(), -1, 1);
    NDArray c = NDArray.of(factors, y.shape(), y.device()).cast(y.dtype());
    return y.mul(c).sum();
  }

  /** Compiled and eager calls agree, in outputs, gradients and running statistics. */
  static void compiledAgrees(Supplier<? extends HybridBlock> maker, NDArray x) {
    List<HybridBlock> layers = pair(maker);
    Map<String, NDArray> eager = run(layers.getFirst(), x);
    Map<String, NDArray> compiled = run(layers.getLast(), x);
    assertThat(layers.getLast().compilations()).isAtLeast(1);
    assertThat(compiled.keySet()).isEqualTo(eager.keySet());
    eager.forEach((name, expected) ->
        assertWithMessage("%s of the compiled layer, seed %s", name, SEED)
            .that(Objects.requireNonNull(compiled.get(name)).isClose(expected, 1e-9))
            .isTrue());
  }

  /** A device computes in float32 what the reference does, eager and compiled. */
  static void deviceAgrees(Supplier<? extends HybridBlock> maker, NDArray x, Device device) {
    Map<String, NDArray> expected = runInFloat32(maker.get(), x, Device.reference(), false);
    for (boolean hybrid : new boolean[] {false, true}) {
      Map<String, NDArray> actual = runInFloat32(maker.get(), x, device, hybrid);
      expected.forEach((name, value) ->
          assertWithMessage("%s on %s, hybrid %s, seed %s", name, device, hybrid, SEED)
              .that(
                  Objects.requireNonNull(actual.get(name))
                      .to(Device.reference())
                      .isClose(value, 1e-5))
              .isTrue());
    }
  }

  private static Map<String, NDArray> runInFloat32(
      HybridBlock layer, NDArray x, Device device, boolean hybrid) {
    Generator.standard().seed(SEED);
    layer.initialize(new Uniform(0.5), device);
    layer.hybridize(hybrid);
    return run(layer, x.cast(DType.FLOAT32).copyTo(device));
  }

  /** Gradients with respect to the input and every parameter are the derivatives. */
  static void gradientsAreDerivatives(Supplier<? extends HybridBlock> maker, NDArray x) {
    HybridBlock layer = pair(maker).getFirst();
    Map<String, NDArray> results = run(layer, x);
    compare(layer, x, "x", x, Objects.requireNonNull(results.get("x")));
    layer
        .collectParams()
        .values()
        .forEach(p -> {
          if (p.gradReq() != GradReq.NULL) {
            compare(layer, x, p.shortName(), p.data(), p.grad());
          }
        });
  }

  private static void compare(
      HybridBlock layer, NDArray x, String name, NDArray variable, NDArray gradient) {
    double[] values = variable.toDoubles();
    double[] expected = gradient.toDoubles();
    for (int i = 0; i < values.length; i++) {
      double before = values[i];
      values[i] = before + STEP;
      double above = value(layer, x, variable, values);
      values[i] = before - STEP;
      double below = value(layer, x, variable, values);
      values[i] = before;
      assertWithMessage("derivative by %s[%s], seed %s", name, i, SEED)
          .that(expected[i])
          .isWithin(1e-5 * (1 + Math.abs(expected[i])))
          .of((above - below) / (2 * STEP));
    }
    set(variable, values);
  }

  private static double value(HybridBlock layer, NDArray x, NDArray variable, double[] values) {
    set(variable, values);
    try (var mode = Autograd.trainMode()) {
      assertThat(mode).isNotNull();
      return weighted(layer.call(x)).item();
    }
  }

  private static void set(NDArray variable, double[] values) {
    variable.set(NDArray.of(MemorySegment.ofArray(values), variable.type(), variable.device()));
  }
}
