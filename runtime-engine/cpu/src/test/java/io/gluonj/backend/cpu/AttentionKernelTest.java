package io.gluonj.backend.cpu;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import io.gluonj.backend.Kernel;
import io.gluonj.op.AttentionGrad;
import io.gluonj.op.Infer;
import io.gluonj.op.ScaledDotProductAttention;
import io.gluonj.op.ScaledDotProductAttention.Layout;
import io.gluonj.op.ScaledDotProductAttention.Mask;
import io.gluonj.tensor.Autograd;
import io.gluonj.tensor.Generator;
import io.gluonj.tensor.NDArray;
import io.gluonj.tensor.Ops;
import io.gluonj.types.DType;
import io.gluonj.types.Device;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Attention as one kernel against its definition. */
final class AttentionKernelTest {
  private static final long SEED = 20261130;

  /** Sums of some hundred products in float32. */
  private static final double TOLERANCE = 2e-5;

  /** What a test is about. */
  private record Case(
      int batch,
      int heads,
      int keyHeads,
      int queries,
      int keys,
      int features,
      int values,
      boolean causal,
      Mask mask,
      Layout layout,
      double bound) {
    ScaledDotProductAttention op() {
      return new ScaledDotProductAttention(Optional.empty(), causal, mask, layout);
    }

    private Shape shape(int heads, int time, int features) {
      return layout == Layout.HEADS_FIRST
          ? Shape.of(batch, heads, time, features)
          : Shape.of(batch, time, heads, features);
    }

    List<TensorType> types() {
      var types = new ArrayList<TensorType>();
      types.add(new TensorType(shape(heads, queries, features), DType.FLOAT32));
      types.add(new TensorType(shape(keyHeads, keys, features), DType.FLOAT32));
      types.add(new TensorType(shape(keyHeads, keys, values), DType.FLOAT32));
      if (mask != Mask.NONE) {
        DType type = mask == Mask.BOOLEAN ? DType.UINT8 : DType.FLOAT32;
        types.add(new TensorType(Shape.of(batch, 1, queries, keys), type));
      }
      return types;
    }

    List<NDArray> inputs(Device device) {
      var random = new Generator(SEED);
      var inputs = new ArrayList<NDArray>();
      List<TensorType> types = types();
      for (int i = 0; i < 3; i++) {
        Shape shape = types.get(i).shape();
        float[] numbers = random.uniform((int) shape.size(), (float) -bound, (float) bound);
        inputs.add(NDArray.of(numbers, shape, device));
      }
      if (mask != Mask.NONE) {
        Shape shape = types.get(3).shape();
        float[] numbers = random.uniform((int) shape.size(), 0, 1);
        for (int i = 0; i < numbers.length; i++) {
          boolean hides = numbers[i] < 0.3f || i / keys % queries == 1; // one query sees nothing
          boolean counts = mask == Mask.BOOLEAN;
          numbers[i] = hides ? counts ? 0 : Float.NEGATIVE_INFINITY : counts ? 1 : numbers[i];
        }
        inputs.add(NDArray.of(numbers, shape, device).cast(types.get(3).dtype()));
      }
      return inputs;
    }
  }

  /** The result, then the gradients of queries, keys and values. */
  private static List<NDArray> run(Case c, Device device, boolean ofMask) {
    List<NDArray> inputs = c.inputs(device);
    List<NDArray> variables = inputs.subList(0, ofMask ? 4 : 3);
    variables.forEach(NDArray::attachGrad);
    var results = new ArrayList<NDArray>();
    try (var _ = Autograd.record()) {
      results.add((NDArray) Ops.call(c.op(), inputs.toArray(NDArray[]::new)));
    }
    Shape shape = results.getFirst().shape();
    float[] heads = new Generator(SEED + 1).uniform((int) shape.size(), -1, 1);
    Autograd.backward(results, List.of(NDArray.of(heads, shape, device)), false);
    variables.forEach(v -> results.add(v.grad()));
    return results;
  }

  private static void compare(Case c, List<double[]> actual, List<double[]> expected) {
    for (int i = 0; i < expected.size(); i++) {
      double[] right = expected.get(i);
      for (int k = 0; k < right.length; k++) {
        assertWithMessage("result %s, element %s of %s, seed %s", i, k, c, SEED)
            .that(actual.get(i)[k])
            .isWithin(TOLERANCE * (1 + Math.abs(right[k])))
            .of(right[k]);
      }
    }
  }

  private static List<double[]> numbers(List<NDArray> arrays) {
    return arrays.stream().map(NDArray::toDoubles).toList();
  }

  /** As {@link #run(Case, Device, boolean)}, by both kernels whatever is faster. */
  private static List<double[]> runKernels(Case c) {
    CpuRuntime runtime = CpuRuntime.shared();
    List<TensorType> in = c.types();
    List<TensorType> out = Infer.outputs(c.op(), "", in);
    var given = new ArrayList<MemorySegment>();
    for (NDArray input : c.inputs(Device.cpu())) {
      given.add(segment(input.toDoubles(), input.type().dtype()));
    }
    Kernel forward = AttentionKernel.of(runtime, c.op(), in, 2);
    List<float[]> results = run(forward, given, out);
    var grad = new AttentionGrad(Optional.empty(), c.causal(), c.mask(), c.layout(), false);
    var types = new ArrayList<>(in);
    types.addAll(out);
    types.add(out.getFirst());
    results.forEach(r -> given.add(MemorySegment.ofArray(r)));
    int size = (int) out.getFirst().shape().size();
    given.add(MemorySegment.ofArray(new Generator(SEED + 1).uniform(size, -1, 1)));
    var all = new ArrayList<>(List.of(results.getFirst()));
    all.addAll(run(AttentionKernel.of(runtime, grad, types, 2), given, in.subList(0, 3)));
    return all.stream().map(AttentionKernelTest::doubles).toList();
  }

  private static MemorySegment segment(double[] values, DType type) {
    if (type == DType.UINT8) {
      byte[] bytes = new byte[values.length];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) values[i];
      }
      return MemorySegment.ofArray(bytes);
    }
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return MemorySegment.ofArray(floats);
  }

  private static double[] doubles(float[] values) {
    double[] all = new double[values.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = values[i];
    }
    return all;
  }

  @ParameterizedTest
  @CsvSource({
    "2, 2, 2, 64, 64, 64, 64, false, NONE, HEADS_FIRST",
    "2, 2, 2, 50, 77, 64, 64, false, NONE, TIME_FIRST",
    "1, 3, 3, 130, 300, 16, 24, false, NONE, TIME_FIRST",
    "1, 1, 1, 200, 260, 80, 80, true, NONE, HEADS_FIRST",
    "1, 2, 1, 260, 200, 80, 3, true, NONE, TIME_FIRST",
    "2, 6, 2, 33, 129, 3, 5, true, NONE, HEADS_FIRST",
    "3, 4, 2, 20, 1, 1, 1, false, NONE, TIME_FIRST",
    "1, 1, 1, 4, 130, 1, 64, true, NONE, HEADS_FIRST",
    "2, 4, 2, 35, 150, 8, 9, false, ADDITIVE, TIME_FIRST",
    "2, 2, 2, 35, 150, 8, 9, true, ADDITIVE, HEADS_FIRST",
    "2, 2, 1, 40, 40, 8, 17, false, BOOLEAN, TIME_FIRST",
    "2, 2, 1, 140, 41, 8, 17, true, BOOLEAN, HEADS_FIRST",
  })
  void computesWhatTheDefinitionDoes(
      int batch,
      int heads,
      int keyHeads,
      int queries,
      int keys,
      int features,
      int values,
      boolean causal,
      Mask mask,
      Layout layout) {
    var c =
        new Case(batch, heads, keyHeads, queries, keys, features, values, causal, mask, layout, 1);
    List<double[]> expected = numbers(run(c, Device.reference(), false));
    compare(c, runKernels(c), expected);
    compare(c, numbers(run(c, Device.cpu(), false)), expected);
  }

  @Test
  void smallOrUnusualAttentionIsLeftToTheExpansion() {
    var backend = new CpuBackend();
    var c = new Case(16, 4, 4, 128, 128, 64, 64, false, Mask.NONE, Layout.TIME_FIRST, 1);
    assertThat(backend.runsWhole(c.op(), c.types())).isTrue();
    var tiny = new Case(2, 2, 2, 16, 16, 8, 8, false, Mask.NONE, Layout.TIME_FIRST, 1);
    assertThat(backend.runsWhole(tiny.op(), tiny.types())).isFalse();
    List<TensorType> half =
        c.types().stream().map(t -> new TensorType(t.shape(), DType.FLOAT16)).toList();
    assertThat(backend.runsWhole(c.op(), half)).isFalse();
  }

  @Test
  void gradientsOfAMaskAreThoseOfTheDefinition() {
    var c = new Case(2, 2, 1, 40, 41, 8, 17, true, Mask.ADDITIVE, Layout.TIME_FIRST, 1);
    compare(c, numbers(run(c, Device.cpu(), true)), numbers(run(c, Device.reference(), true)));
  }

  /** Exponentials of such scores would overflow. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void largeScoresDoNotOverflow(boolean causal) {
    var c = new Case(1, 2, 2, 60, 300, 4, 8, causal, Mask.NONE, Layout.HEADS_FIRST, 30);
    List<NDArray> actual = run(c, Device.cpu(), false);
    List<NDArray> expected = run(c, Device.reference(), false);
    // a score of some thousand is off by 1e-4, and so are weights
    assertThat(actual.getFirst().to(Device.reference()).isClose(expected.getFirst(), 5e-3))
        .isTrue();
    for (NDArray a : actual) {
      for (double number : a.toDoubles()) {
        assertThat(number).isFinite();
      }
    }
  }

  private static List<float[]> run(Kernel kernel, List<MemorySegment> in, List<TensorType> out) {
    try (Arena arena = Arena.ofConfined()) {
      var places = new ArrayList<MemorySegment>();
      in.forEach(a -> places.add(arena.allocate(a.byteSize(), 64).copyFrom(a)));
      out.forEach(t -> places.add(arena.allocate(t.bytes(), 64)));
      places.add(arena.allocate(Math.max(64, kernel.scratchBytes()), 64));
      kernel.run(places.stream().mapToLong(MemorySegment::address).toArray());
      return places.subList(in.size(), in.size() + out.size()).stream()
          .map(p -> p.toArray(ValueLayout.JAVA_FLOAT))
          .toList();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void bitsDoNotDependOnTheNumberOfThreads(boolean causal) {
    var c = new Case(1, 6, 3, 203, 301, 20, 24, causal, Mask.NONE, Layout.TIME_FIRST, 1);
    List<TensorType> in = c.types();
    var random = new Generator(SEED);
    var inputs = new ArrayList<MemorySegment>();
    in.forEach(
        t -> inputs.add(MemorySegment.ofArray(random.uniform((int) t.shape().size(), -1, 1))));
    List<TensorType> out = Infer.outputs(c.op(), "", in);
    var grad = new AttentionGrad(Optional.empty(), causal, Mask.NONE, c.layout(), false);
    var gradIn = new ArrayList<>(in);
    gradIn.addAll(out);
    gradIn.add(out.getFirst());
    List<TensorType> gradOut = in;
    float[] head = random.uniform((int) out.getFirst().shape().size(), -1, 1);
    List<List<float[]>> results = new ArrayList<>();
    for (int threads : new int[] {1, 2, 3, 5, 8}) {
      CpuRuntime runtime = CpuRuntime.shared();
      List<float[]> forward = run(AttentionKernel.of(runtime, c.op(), in, threads), inputs, out);
      var all = new ArrayList<>(inputs);
      forward.forEach(f -> all.add(MemorySegment.ofArray(f)));
      all.add(MemorySegment.ofArray(head));
      var found = new ArrayList<>(forward);
      found.addAll(run(AttentionKernel.of(runtime, grad, gradIn, threads), all, gradOut));
      results.add(found);
    }
    for (List<float[]> other : results) {
      for (int k = 0; k < other.size(); k++) {
        assertWithMessage("result %s, seed %s", k, SEED)
            .that(other.get(k))
            .isEqualTo(results.getFirst().get(k));
      }
    }
  }
}
