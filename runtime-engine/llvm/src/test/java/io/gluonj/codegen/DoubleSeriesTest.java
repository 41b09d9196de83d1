package io.gluonj.codegen;

import static com.google.common.truth.Truth.assertWithMessage;

import io.gluonj.llvm.Jit;
import io.gluonj.llvm.JitModule;
import io.gluonj.llvm.ObjectCache;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Functions of float64 for GPUs, built for this processor, against {@code StrictMath}. */
final class DoubleSeriesTest {
  private static final long SEED = 17;
  private static final int RANDOM = 60_000;
  private static final MathContext DIGITS = new MathContext(60);
  private static final FunctionDescriptor LOOP =
      FunctionDescriptor.ofVoid(
          ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG);

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
    1e-300,
    Double.MIN_VALUE,
    -Double.MIN_VALUE,
    Double.MIN_NORMAL,
    -Double.MIN_NORMAL,
    1e-310,
    -1e-310,
    709,
    709.7,
    709.782712893384,
    709.79,
    710,
    711,
    -708,
    -708.5,
    -740,
    -745,
    -745.2,
    -746,
    -800,
    10,
    -10,
    100.5,
    1e5,
    -1e5,
    9007199254740992.0,
    9007199254740994.0,
    1e10,
    -1e10,
    1e20,
    -1e20,
    1e300,
    -1e300,
    Double.MAX_VALUE,
    -Double.MAX_VALUE,
    1023,
    1024,
    -1074,
    -1075,
    0.9999999999999999,
    1.0000000000000002,
    -0.9999999999999999,
    Math.PI,
    Math.PI / 2,
    6381956970095103.0 * 0x1p797,
    5.319372648326541e255,
    0.7071067811865475,
    0.7071067811865476,
    1.414213562373095,
    1.4142135623730951,
    -0.35,
    0.35,
    0.34657359027997264,
    5.99,
    6,
    6.01,
    20,
    21,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.NaN
  };

  private final Jit jit = new Jit(ObjectCache.none());

  @AfterEach
  void closeJit() {
    jit.close();
  }

  /** What {@code function} gives for each pair of arguments. */
  private double[] run(
      BinaryOperator<String> function, IrWriter out, Set<String> needed, double[] a, double[] b) {
    out.loop(
        "0",
        "%n",
        i -> {
          String x = load(out, "%a", i);
          String y = load(out, "%b", i);
          out.line("store double " + function.apply(x, y) + ", ptr " + element(out, "%out", i));
        });
    String ir =
        "define void @run(ptr %a, ptr %b, ptr %out, i64 %n) {\nentry:\n"
            + out
            + "  ret void\n}\n"
            + String.join("\n", needed);
    try (Arena arena = Arena.ofConfined();
        JitModule module = jit.compile(ir)) {
      MemorySegment results = arena.allocate(8L * a.length, 64);
      Linker.nativeLinker()
          .downcallHandle(module.address("run"), LOOP)
          .invokeExact(
              arena.allocateFrom(ValueLayout.JAVA_DOUBLE, a),
              arena.allocateFrom(ValueLayout.JAVA_DOUBLE, b),
              results,
              (long) a.length);
      return results.toArray(ValueLayout.JAVA_DOUBLE);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  private static String element(IrWriter out, String base, String i) {
    return out.value("getelementptr inbounds double, ptr " + base + ", i64 " + i);
  }

  private static String load(IrWriter out, String base, String i) {
    return out.value("load double, ptr " + element(out, base, i));
  }

  private static double[] arguments() {
    Random random = new Random(SEED);
    return DoubleStream.concat(
            Arrays.stream(SPECIAL),
            IntStream.range(0, RANDOM)
                .mapToDouble(i ->
                    switch (i % 4) {
                      case 0 -> random.nextGaussian() * 0.1;
                      case 1 -> random.nextGaussian() * 3;
                      case 2 -> random.nextGaussian() * 300;
                      default -> Double.longBitsToDouble(random.nextLong()); // any at all
                    }))
        .toArray();
  }

  /** One of the functions of one argument. */
  private interface Choice {
    UnaryOperator<String> of(DoubleSeries functions);
  }

  private void check(String name, Choice choice, DoubleUnaryOperator exact, double ulps) {
    check(name, choice, exact, ulps, arguments());
  }

  private void check(
      String name, Choice choice, DoubleUnaryOperator exact, double ulps, double[] x) {
    var needed = IrWriter.declarations();
    IrWriter out = new IrWriter(needed);
    UnaryOperator<String> function = choice.of(new DoubleSeries(out));
    double[] y = run((a, b) -> function.apply(a), out, needed, x, x);
    for (int i = 0; i < x.length; i++) {
      check(name + "(" + x[i] + ")", y[i], exact.applyAsDouble(x[i]), ulps);
    }
  }

  private static void check(String what, double actual, double expected, double ulps) {
    boolean same = Double.compare(actual, expected) == 0 || actual == expected;
    boolean close = same || Math.abs(actual - expected) <= ulps * Math.ulp(expected);
    if (!close) {
      assertWithMessage("%s, seed %s: %s, expected %s", what, SEED, actual, expected).fail();
    }
  }

  @Test
  void exponentials() {
    check("exp", f -> f::exp, StrictMath::exp, 2);
    check("expm1", f -> f::expm1, StrictMath::expm1, 3);
    check("tanh", f -> f::tanh, StrictMath::tanh, 4);
  }

  @Test
  void logarithms() {
    check("log", f -> f::log, StrictMath::log, 2);
    check("log1p", f -> f::log1p, StrictMath::log1p, 3);
  }

  @Test
  void anglesOfAnySize() {
    check("sin", f -> f::sin, StrictMath::sin, 2);
    check("cos", f -> f::cos, StrictMath::cos, 2);
  }

  @Test
  void errorFunction() {
    double[] some = Arrays.stream(arguments()).filter(x -> Math.abs(x) < 8).limit(3000).toArray();
    check("erf", f -> f::erf, DoubleSeriesTest::erf, 2, some);
    check("erf", f -> f::erf, DoubleSeriesTest::erf, 2, SPECIAL);
  }

  /** The error function by its series, with many digits. */
  private static double erf(double x) {
    if (Double.isNaN(x) || Math.abs(x) < 1e-100) {
      return x * 2 / Math.sqrt(Math.PI);
    }
    if (Math.abs(x) > 6) {
      return Math.signum(x);
    }
    BigDecimal square = new BigDecimal(x).pow(2, DIGITS);
    BigDecimal power = new BigDecimal(x);
    BigDecimal sum = BigDecimal.ZERO;
    for (int n = 0; n < 200; n++) {
      sum = sum.add(power.divide(BigDecimal.valueOf(2L * n + 1), DIGITS), DIGITS);
      power = power.multiply(square, DIGITS).divide(BigDecimal.valueOf(-n - 1L), DIGITS);
      if (power.abs().compareTo(new BigDecimal("1e-40").multiply(sum.abs())) < 0) {
        break;
      }
    }
    BigDecimal root = Pi.digits(DIGITS).sqrt(DIGITS);
    return sum.multiply(BigDecimal.TWO).divide(root, DIGITS).doubleValue();
  }

  @Test
  void powers() {
    Random random = new Random(SEED);
    int pairs = SPECIAL.length * SPECIAL.length;
    double[] a = new double[pairs + RANDOM];
    double[] b = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      if (i < pairs) {
        a[i] = SPECIAL[i / SPECIAL.length];
        b[i] = SPECIAL[i % SPECIAL.length];
      } else if (i % 2 == 0) {
        a[i] = random.nextGaussian() * 5;
        b[i] = i % 4 == 0 ? random.nextInt(60) - 30 : random.nextGaussian() * 5;
      } else {
        a[i] = Math.exp(random.nextGaussian() * (i % 4 == 1 ? 300 : 0.01));
        b[i] = random.nextDouble() * 1400 / Math.log(a[i]) - 700 / Math.log(a[i]);
      }
    }
    DoubleBinaryOperator exact = StrictMath::pow;
    var needed = IrWriter.declarations();
    IrWriter out = new IrWriter(needed);
    double[] y = run(new DoubleSeries(out)::pow, out, needed, a, b);
    for (int i = 0; i < a.length; i++) {
      // fdlibm itself is off by many digits where a base very near 1 has a huge exponent
      if (Math.abs(Math.abs(a[i]) - 1) < 0x1p-20 && Math.abs(b[i]) > 1 << 30) {
        continue;
      }
      check("pow(" + a[i] + ", " + b[i] + ")", y[i], exact.applyAsDouble(a[i], b[i]), 2);
    }
  }
}
