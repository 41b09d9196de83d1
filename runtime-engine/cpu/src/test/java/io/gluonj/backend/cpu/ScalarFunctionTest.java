package io.gluonj.backend.cpu;

import static com.google.common.truth.Truth.assertWithMessage;
import static io.gluonj.backend.cpu.Comparison.access;
import static io.gluonj.backend.cpu.Comparison.longs;
import static io.gluonj.backend.cpu.Comparison.map;

import io.gluonj.backend.Kernel;
import io.gluonj.op.Scalar;
import io.gluonj.op.Scalar.Fn;
import io.gluonj.op.Scalar.Fn2;
import io.gluonj.op.Scalars;
import io.gluonj.types.DType;
import io.gluonj.types.Device;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Functions against their definition: everywhere, and where it is difficult. */
final class ScalarFunctionTest {
  private static final long SEED = 9;
  private static final int RANDOM = 20_000;

  /** Units in the last place of float32 that a function may be off. */
  private static final double ULPS = 4;

  private static final double[] SPECIAL = {
    0,
    -0.0,
    1,
    -1,
    0.5,
    -0.5,
    2,
    -2,
    3,
    -3,
    2.5,
    -2.5,
    1e-3,
    -1e-3,
    1e-20,
    -1e-20,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    Float.MIN_NORMAL,
    1e-40,
    87,
    -87,
    88.5,
    88.7,
    88.8,
    -88,
    -100,
    -103,
    -104,
    -150,
    10,
    -10,
    100.5,
    1e5,
    -1e5,
    16777216,
    16777217,
    1e10,
    -1e10,
    1e20,
    -1e20,
    1e30,
    3e38,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    0.99999994,
    1.0000001,
    -0.99999994,
    Math.PI,
    Math.PI / 2,
    0.7071,
    0.70710677,
    0.70710683,
    1.4142135,
    -0.35,
    0.35,
    0.34657,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.NaN
  };

  private static List<Double> arguments() {
    var values = new ArrayList<Double>();
    for (double v : SPECIAL) {
      values.add((double) (float) v);
    }
    Random random = new Random(SEED);
    for (int i = 0; i < RANDOM; i++) {
      values.add(
          switch (i % 4) {
            case 0 -> (double) (float) (random.nextGaussian() * 0.1);
            case 1 -> (double) (float) (random.nextGaussian() * 3);
            case 2 -> (double) (float) (random.nextGaussian() * 50);
            default -> (double) Float.intBitsToFloat(random.nextInt()); // any float at all
          });
    }
    return values;
  }

  private static double[] run(Scalar body, DType type, List<List<Double>> inputs) {
    int n = inputs.getFirst().size();
    try (Arena arena = Arena.ofConfined()) {
      var loads = new ArrayList<io.gluonj.op.LoopNest.Access>();
      long[] addresses = new long[inputs.size() + 1];
      for (int k = 0; k < inputs.size(); k++) {
        MemorySegment data = arena.allocate((long) n * type.bytes(), 64);
        for (int i = 0; i < n; i++) {
          type.write(data, i, inputs.get(k).get(i));
        }
        loads.add(access(k, type, 0, 1));
        addresses[k] = data.address();
      }
      MemorySegment out = arena.allocate((long) n * type.bytes(), 64);
      addresses[inputs.size()] = out.address();
      Kernel kernel =
          new CpuBackend()
              .loops(
                  Device.cpu(), map(longs(n), loads, access(0, type, 0, 1), body), inputs.size());
      kernel.run(addresses);
      double[] results = new double[n];
      for (int i = 0; i < n; i++) {
        results[i] = type.read(out, i);
      }
      return results;
    }
  }

  private static double evaluate(Scalar body, double... args) {
    return Scalars.evaluate(
        body,
        new Scalars.Leaves() {
          @Override
          public double arg(int index) {
            return args[index];
          }

          @Override
          public double iota(int axis) {
            throw new AssertionError("no positions here");
          }

          @Override
          public double uniform(int key, int site) {
            throw new AssertionError("no random numbers here");
          }
        });
  }

  private static void check(String what, double actual, double exact, double ulps) {
    float expected = (float) exact;
    if (Double.isNaN(exact)) {
      assertWithMessage(what).that(actual).isNaN();
    } else if (Float.isInfinite(expected) || actual != expected) {
      // within one step of overflow either side is right
      boolean atTheEdge =
          Float.isInfinite(expected)
              && Math.abs(exact) < 1.000001 * Float.MAX_VALUE
              && Math.abs(actual) >= 0.999999 * Float.MAX_VALUE;
      double error = Math.abs(actual - expected) / Math.ulp(expected);
      assertWithMessage("%s: %s, expected %s", what, actual, expected)
          .that(actual == expected || atTheEdge || error <= ulps)
          .isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(Fn.class)
  void floatFunctionOfAnyArgument(Fn fn) {
    List<Double> x = arguments();
    Scalar body = new Scalar.Unary(fn, Scalar.arg(0));
    double[] y = run(body, DType.FLOAT32, List.of(x));
    for (int i = 0; i < y.length; i++) {
      check(fn + "(" + x.get(i) + ")", y[i], evaluate(body, x.get(i)), ULPS);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Fn.class,
      names = {"ERF", "TANH"})
  void sigmoidalFunctionsAreAccurateEverywhereAndExactlyOneAtTheEnds(Fn fn) {
    var x = new ArrayList<Double>();
    for (int i = 0; i <= 400_000; i++) {
      x.add((double) (i * 0.000025f));
    }
    double[] y = run(new Scalar.Unary(fn, Scalar.arg(0)), DType.FLOAT32, List.of(x));
    for (int i = 0; i < y.length; i++) {
      double exact = evaluate(new Scalar.Unary(fn, Scalar.arg(0)), x.get(i));
      assertWithMessage("%s(%s) = %s, exactly %s", fn, x.get(i), y[i], exact)
          .that(y[i] <= 1 && Math.abs(y[i] - exact) <= 4e-7 * exact)
          .isTrue();
    }
    assertWithMessage("%s(10)", fn).that(y[y.length - 1]).isEqualTo(1.0);
  }

  @ParameterizedTest
  @EnumSource(Fn.class)
  void doubleFunctionOfAnyArgument(Fn fn) {
    List<Double> x = arguments();
    Scalar body = new Scalar.Unary(fn, Scalar.arg(0));
    double[] y = run(body, DType.FLOAT64, List.of(x));
    for (int i = 0; i < y.length; i++) {
      double expected = evaluate(body, x.get(i));
      String what = fn + "(" + x.get(i) + ") = " + y[i] + ", expected " + expected;
      if (Double.isNaN(expected)) {
        assertWithMessage(what).that(y[i]).isNaN();
      } else {
        boolean equal = y[i] == expected;
        boolean near = Math.abs(y[i] - expected) <= 1e-12 * Math.abs(expected);
        assertWithMessage(what).that(equal || near).isTrue();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Fn2.class)
  void floatFunctionOfTwoArguments(Fn2 fn) {
    var a = new ArrayList<Double>();
    var b = new ArrayList<Double>();
    for (double u : SPECIAL) {
      for (double v : SPECIAL) {
        a.add((double) (float) u);
        b.add((double) (float) v);
      }
    }
    Random random = new Random(SEED);
    for (int i = 0; i < RANDOM; i++) {
      a.add((double) (float) (random.nextGaussian() * 5));
      b.add((double) (float) (random.nextGaussian() * 5));
    }
    Scalar body = new Scalar.Binary(fn, Scalar.arg(0), Scalar.arg(1));
    double[] y = run(body, DType.FLOAT32, List.of(a, b));
    for (int i = 0; i < y.length; i++) {
      double expected = evaluate(body, a.get(i), b.get(i));
      // a remainder of a quotient beyond 2^24 has no exact bits in float32
      if (fn == Fn2.MOD && !(Math.abs(a.get(i) / b.get(i)) < 1 << 22)) {
        continue;
      }
      if (fn == Fn2.MOD) {
        double slack = 1e-6 * Math.abs(b.get(i)) + Float.MIN_VALUE;
        assertWithMessage("%s mod %s = %s, expected %s", a.get(i), b.get(i), y[i], expected)
            .that(Double.isNaN(expected) ? Double.isNaN(y[i]) : Math.abs(y[i] - expected) <= slack)
            .isTrue();
      } else {
        check(fn + "(" + a.get(i) + ", " + b.get(i) + ")", y[i], expected, ULPS);
      }
    }
  }
}
