package io.gluonj.testing;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import io.gluonj.op.Op;
import io.gluonj.op.OpSchema;
import io.gluonj.tensor.Autograd;
import io.gluonj.tensor.Generator;
import io.gluonj.tensor.NDArray;
import io.gluonj.tensor.Ops;
import io.gluonj.types.AutogradException;
import io.gluonj.types.Device;
import io.gluonj.types.TensorType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Every sample of every operator, on a device against the definition. */
public final class OperatorTable {
  private static final long SEED = 20261123;
  private static final double TOLERANCE = 1e-5;
  private static final double POINTWISE_TOLERANCE = 2e-6;

  private OperatorTable() {}

  /** All records in the sealed tree of operators. */
  private static Set<Class<? extends Op>> operators() {
    var found = new LinkedHashSet<Class<? extends Op>>();
    collect(Op.class, found);
    return found;
  }

  private static void collect(Class<?> type, Set<Class<? extends Op>> found) {
    if (type.isRecord()) {
      found.add(type.asSubclass(Op.class));
    } else if (type.isSealed()) {
      for (Class<?> permitted : type.getPermittedSubclasses()) {
        collect(permitted, found);
      }
    }
  }

  /** All samples of all operators. */
  public static List<OpSchema.Sample> samples() {
    List<OpSchema.Sample> samples =
        operators().stream().flatMap(type -> OpSchema.of(type).samples().stream()).toList();
    assertThat(samples.size()).isAtLeast(100);
    return samples;
  }

  /** One test of the outputs of each sample. */
  public static Stream<DynamicTest> tests(Device device) {
    return table(sample -> compare(sample, device, OperatorTable::outputs));
  }

  /**
   * One test of the gradients of each sample, in training mode; samples without gradients have none
   * on either device.
   */
  public static Stream<DynamicTest> gradientTests(Device device) {
    return table(sample -> compare(sample, device, OperatorTable::gradients));
  }

  private static Stream<DynamicTest> table(Consumer<OpSchema.Sample> check) {
    return samples().stream()
        .filter(sample -> !sample.inputs().isEmpty())
        .map(sample ->
            DynamicTest.dynamicTest(
                sample.op() + " of " + sample.types(), () -> check.accept(sample)));
  }

  private static void compare(
      OpSchema.Sample sample,
      Device device,
      BiFunction<OpSchema.Sample, Device, List<double[]>> run) {
    double tolerance = sample.op() instanceof Op.Pointwise ? POINTWISE_TOLERANCE : TOLERANCE;
    List<double[]> actual = run.apply(sample, device);
    List<double[]> expected = run.apply(sample, Device.reference());
    assertThat(actual).hasSize(expected.size());
    for (int k = 0; k < actual.size(); k++) {
      assertWithMessage("result %s, seed %s", k, SEED)
          .that(actual.get(k))
          .hasLength(expected.get(k).length);
      for (int i = 0; i < actual.get(k).length; i++) {
        check(k, i, actual.get(k)[i], expected.get(k)[i], tolerance);
      }
    }
  }

  private static void check(int output, int i, double actual, double expected, double tolerance) {
    boolean close =
        Double.compare(actual, expected) == 0
            || actual == expected
            || Math.abs(actual - expected) <= tolerance * (1 + Math.abs(expected));
    if (!close) {
      assertWithMessage(
              "result %s, element %s is %s, expected %s, seed %s",
              output, i, actual, expected, SEED)
          .fail();
    }
  }

  private static List<double[]> outputs(OpSchema.Sample sample, Device device) {
    Generator.standard().seed(SEED); // the same numbers everywhere
    return Ops.callAll(sample.op(), "", inputs(sample, device)).stream()
        .map(output -> ((NDArray) output).toDoubles())
        .toList();
  }

  private static List<double[]> gradients(OpSchema.Sample sample, Device device) {
    Generator.standard().seed(SEED); // the same dropout everywhere
    List<NDArray> inputs = inputs(sample, device);
    List<NDArray> variables =
        inputs.stream().filter(input -> input.type().dtype().isFloating()).toList();
    variables.forEach(NDArray::attachGrad);
    try {
      var outputs = new ArrayList<NDArray>();
      try (var _ = Autograd.record()) {
        Ops.callAll(sample.op(), "", inputs).forEach(output -> outputs.add((NDArray) output));
      }
      outputs.removeIf(output -> !output.type().dtype().isFloating());
      Random random = new Random(SEED + 1);
      List<NDArray> heads =
          outputs.stream().map(output -> array(output.type(), -1, 1, random, device)).toList();
      Autograd.backward(outputs, heads, false);
    } catch (AutogradException e) {
      return List.of(); // there is no derivative; the other device must agree about that
    }
    return variables.stream().map(v -> v.grad().toDoubles()).toList();
  }

  /** Inputs of a sample, the same in each call. */
  public static List<NDArray> inputs(OpSchema.Sample sample, Device device) {
    Random random = new Random(SEED);
    var inputs = new ArrayList<NDArray>();
    for (OpSchema.SampleInput input : sample.inputs()) {
      inputs.add(array(input.type(), input.low(), input.high(), random, device));
    }
    return inputs;
  }

  private static NDArray array(
      TensorType type, double low, double high, Random random, Device device) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment values = arena.allocate(type.bytes(), 8);
      for (long i = 0; i < type.shape().size(); i++) {
        type.dtype().write(values, i, low + random.nextDouble() * (high - low));
      }
      return NDArray.of(values, type, device);
    }
  }
}
