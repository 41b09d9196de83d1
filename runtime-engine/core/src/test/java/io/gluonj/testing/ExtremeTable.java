package io.gluonj.testing;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import io.gluonj.op.Infer;
import io.gluonj.op.OpSchema.Sample;
import io.gluonj.op.OpSchema.SampleInput;
import io.gluonj.tensor.Generator;
import io.gluonj.tensor.NDArray;
import io.gluonj.tensor.Ops;
import io.gluonj.tensor.TensorScope;
import io.gluonj.types.Device;
import io.gluonj.types.GluonException;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Every sample of every operator with extreme values and extents, on a device against the
 * definition: large and tiny magnitudes, NaN, infinities, ties, no elements, one element, no axes.
 */
public final class ExtremeTable {
  private static final long SEED = 20261125;
  private static final double TOLERANCE = 1e-5;

  private ExtremeTable() {}

  /** What values floating inputs have; others keep those of the sample. */
  private enum Values {
    SAMPLE,
    LARGE,
    TINY,
    TIES,
    NAN,
    INFINITE,
    ZEROS
  }

  /** One test for each sample. */
  public static Stream<DynamicTest> tests(Device device) {
    return OperatorTable.samples().stream()
        .filter(sample -> !sample.inputs().isEmpty())
        .map(sample ->
            DynamicTest.dynamicTest(
                sample.op() + " of " + sample.types(), () -> check(sample, device)));
  }

  /**
   * What a device that computes in float32 cannot do as the definition does. The first two lose
   * digits in any order of evaluation; docs/mxnet-differences.md has the others.
   */
  private static final Map<String, Set<Values>> EXCEPTIONS =
      Map.of(
          "ftrl_update", Set.of(Values.LARGE), // sqrt(n + g²) - sqrt(n) cancels
          "_recurrence_grad", Set.of(Values.LARGE), // products overflow in float32 only
          "_contrib_box_iou", Set.of(Values.TINY), // the areas underflow
          "_conv_grad_weight", Set.of(Values.NAN, Values.INFINITE),
          "_conv", Set.of(Values.NAN, Values.INFINITE),
          "_conv_activation", Set.of(Values.NAN, Values.INFINITE),
          "Convolution", Set.of(Values.NAN, Values.INFINITE),
          "Deconvolution", Set.of(Values.NAN, Values.INFINITE),
          "_max_pool", Set.of(Values.NAN),
          "Pooling", Set.of(Values.NAN));

  private static void check(Sample sample, Device device) {
    var wrong = new ArrayList<String>();
    Set<Values> excepted = EXCEPTIONS.getOrDefault(sample.op().schema().name(), Set.of());
    for (Values values : Values.values()) {
      if (!excepted.contains(values)) {
        compare(sample, values, device, wrong);
      }
    }
    for (Sample other : resized(sample)) {
      compare(other, Values.SAMPLE, device, wrong);
    }
    assertWithMessage("seed %s", SEED).that(wrong).isEmpty();
  }

  /** The sample with each of its extents replaced everywhere by 0 and 1, and without axes. */
  private static List<Sample> resized(Sample sample) {
    Set<Long> extents = new LinkedHashSet<>();
    sample
        .types()
        .forEach(t -> {
          for (long dim : t.shape().dims()) {
            extents.add(dim);
          }
        });
    var all = new ArrayList<Sample>();
    for (long extent : extents) {
      for (long other : new long[] {0, 1}) {
        all.add(
            with(
                sample,
                shape -> {
                  Shape changed = shape;
                  for (int i = 0; i < shape.rank(); i++) {
                    changed = shape.dim(i) == extent ? changed.with(i, other) : changed;
                  }
                  return changed;
                }));
      }
    }
    all.add(with(sample, shape -> Shape.scalar()));
    return all.stream().filter(ExtremeTable::allowed).toList();
  }

  private static Sample with(Sample sample, java.util.function.UnaryOperator<Shape> change) {
    return new Sample(
        sample.op(),
        sample.inputs().stream()
            .map(in ->
                new SampleInput(
                    new TensorType(change.apply(in.type().shape()), in.type().dtype()),
                    in.low(),
                    in.high()))
            .toList());
  }

  /**
   * Whether the operator's rules allow these shapes; that they refuse others is tested elsewhere.
   */
  private static boolean allowed(Sample sample) {
    try {
      return Infer.outputs(sample.op(), "", sample.types()).stream()
          .allMatch(t -> t.shape().isKnown());
    } catch (GluonException e) {
      return false;
    }
  }

  private static void compare(Sample sample, Values values, Device device, List<String> wrong) {
    String what = values + " " + sample.types();
    List<double[]> expected = run(sample, values, Device.reference());
    List<double[]> actual = run(sample, values, device);
    assertThat(actual).hasSize(expected.size());
    for (int k = 0; k < expected.size(); k++) {
      double[] e = expected.get(k);
      double[] a = actual.get(k);
      assertThat(a).hasLength(e.length);
      double scale = 1;
      for (double x : e) {
        scale = Double.isFinite(x) ? Math.max(scale, Math.abs(x)) : scale;
      }
      for (int i = 0; i < e.length; i++) {
        boolean close =
            a[i] == e[i]
                || (Double.isNaN(a[i]) && Double.isNaN(e[i]))
                || Math.abs(a[i] - e[i]) <= TOLERANCE * scale;
        if (!close) {
          wrong.add(what + ": output " + k + "[" + i + "] is " + a[i] + ", expected " + e[i]);
          break;
        }
      }
    }
  }

  private static List<double[]> run(Sample sample, Values values, Device device) {
    try (var _ = TensorScope.open()) {
      Generator.standard().seed(SEED); // the same numbers on every device
      Random random = new Random(SEED);
      var inputs = new ArrayList<NDArray>();
      for (SampleInput input : sample.inputs()) {
        inputs.add(array(input, values, random, device));
      }
      return Ops.callAll(sample.op(), "", inputs).stream()
          .map(output -> ((NDArray) output).toDoubles())
          .toList();
    }
  }

  private static NDArray array(SampleInput input, Values values, Random random, Device device) {
    TensorType type = input.type();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment host = arena.allocate(type.bytes(), 8);
      for (long i = 0; i < type.shape().size(); i++) {
        double plain = input.low() + random.nextDouble() * (input.high() - input.low());
        double value = type.dtype().isFloating() ? value(values, plain, i) : plain;
        type.dtype().write(host, i, value);
      }
      return NDArray.of(host, type, device);
    }
  }

  private static double value(Values values, double plain, long i) {
    return switch (values) {
      case SAMPLE -> plain;
      case LARGE -> plain * 1e9;
      case TINY -> plain * 1e-30;
      case TIES -> 1;
      case ZEROS -> i % 2 == 0 ? 0.0 : -0.0;
      case NAN -> i % 3 == 1 ? Double.NaN : plain;
      case INFINITE ->
          i % 4 == 1 ? Double.POSITIVE_INFINITY : i % 4 == 2 ? Double.NEGATIVE_INFINITY : plain;
    };
  }
}
