package io.gluonj.backend.cpu;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import io.gluonj.backend.Kernel;
import io.gluonj.backend.cpu.ContractionKernel.Machine;
import io.gluonj.backend.reference.ReferenceBackend;
import io.gluonj.codegen.Contraction;
import io.gluonj.op.Conv;
import io.gluonj.op.MatMul;
import io.gluonj.op.Op;
import io.gluonj.op.Window;
import io.gluonj.types.DType;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Own products and sums of products against the operators' definitions. */
final class ContractionTest {
  private static final long SEED = 20261130;
  private static final CpuRuntime RUNTIME = CpuRuntime.shared();

  /** A product: its extents, and how its operands lie. */
  record Case(MatMul op, long batch, long m, long n, long k) {
    List<TensorType> in(DType type) {
      var in = new ArrayList<TensorType>();
      in.add(new TensorType(op.transposeA() ? Shape.of(batch, k, m) : Shape.of(batch, m, k), type));
      in.add(new TensorType(op.transposeB() ? Shape.of(batch, n, k) : Shape.of(batch, k, n), type));
      if (op.bias()) {
        in.add(new TensorType(Shape.of(n), type));
      }
      return in;
    }

    List<TensorType> out(DType type) {
      return List.of(new TensorType(Shape.of(batch, m, n), type));
    }
  }

  /** Edges of tiles, of blocks and of shares; every order of both operands. */
  static List<Case> cases() {
    var cases = new ArrayList<Case>();
    long[][] extents = {
      {1, 1, 1, 1},
      {1, 6, 16, 4},
      {1, 7, 17, 5},
      {2, 5, 15, 9},
      {9, 13, 33, 8},
      {3, 12, 8, 300},
      {1, 37, 53, 291},
      {1, 150, 1, 64},
      {1, 1, 150, 64},
      {1, 40, 2, 1000},
      {1, 200, 140, 30}
    };
    for (long[] e : extents) {
      for (int order = 0; order < 4; order++) {
        var op = new MatMul((order & 1) != 0, (order & 2) != 0, (e[0] + order) % 2 == 0);
        cases.add(new Case(op, e[0], e[1], e[2], e[3]));
      }
    }
    return cases;
  }

  /** Operands of a kernel: random inputs, results and scratch memory that hold NaN. */
  private static final class Operands implements AutoCloseable {
    private final Arena arena = Arena.ofConfined();
    private final List<TensorType> types;
    private final List<MemorySegment> memory;

    Operands(List<TensorType> in, List<TensorType> out) {
      var random = new Random(SEED);
      types = Stream.concat(in.stream(), out.stream()).toList();
      memory = types.stream().map(t -> arena.allocate(t.bytes(), 64)).toList();
      for (int i = 0; i < types.size(); i++) {
        boolean input = i < in.size();
        for (int k = 0; k < types.get(i).shape().size(); k++) {
          double value = input ? random.nextDouble() * 2 - 1 : Double.NaN;
          types.get(i).dtype().write(memory.get(i), k, value);
        }
      }
    }

    void run(Kernel kernel) {
      MemorySegment scratch = arena.allocate(Math.max(64, kernel.scratchBytes()), 64);
      scratch.fill((byte) 0xff);
      long[] addresses =
          Stream.concat(memory.stream(), Stream.of(scratch))
              .mapToLong(MemorySegment::address)
              .toArray();
      kernel.run(kernel.scratchBytes() > 0 ? addresses : Arrays.copyOf(addresses, memory.size()));
    }

    double[] values(int operand) {
      TensorType type = types.get(operand);
      return IntStream.range(0, (int) type.shape().size())
          .mapToDouble(k -> type.dtype().read(memory.get(operand), k))
          .toArray();
    }

    @Override
    public void close() {
      arena.close();
    }
  }

  private static void compare(
      Op.Library op, Kernel kernel, List<TensorType> in, List<TensorType> out, double tolerance) {
    try (Operands expected = new Operands(in, out);
        Operands actual = new Operands(in, out)) {
      expected.run(ReferenceBackend.definition(op::reference, in, out));
      actual.run(kernel);
      for (int i = 0; i < out.size(); i++) {
        double[] should = expected.values(in.size() + i);
        double[] is = actual.values(in.size() + i);
        for (int k = 0; k < should.length; k++) {
          assertWithMessage("%s of %s, result %s, element %s, seed %s", op, in, i, k, SEED)
              .that(is[k])
              .isWithin(tolerance * (1 + Math.abs(should[k])))
              .of(should[k]);
        }
      }
    }
  }

  private static double[] results(Kernel kernel, List<TensorType> in, List<TensorType> out) {
    try (Operands operands = new Operands(in, out)) {
      operands.run(kernel);
      return operands.values(in.size());
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void productsAreRight(Case given) {
    List<TensorType> in = given.in(DType.FLOAT32);
    Contraction contraction = ContractionKernel.of(given.op(), in);
    for (int bits : new int[] {128, 256, 512}) {
      var kernel = new ContractionKernel(RUNTIME, new Machine(bits, 2), contraction, in, false);
      compare(given.op(), kernel, in, given.out(DType.FLOAT32), 2e-5);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void productsOfDoublesKeepTheirPrecision(Case given) {
    List<TensorType> in = given.in(DType.FLOAT64);
    var kernel = new ContractionKernel(RUNTIME, ContractionKernel.of(given.op(), in), in);
    compare(given.op(), kernel, in, given.out(DType.FLOAT64), 1e-13);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everyDivisionOfTheWorkGivesTheSameBits(Case given) {
    List<TensorType> in = given.in(DType.FLOAT32);
    List<TensorType> out = given.out(DType.FLOAT32);
    Contraction contraction = ContractionKernel.of(given.op(), in);
    double[] first = null;
    for (int threads : new int[] {1, 2, 3, 4, 7, 64}) {
      Machine machine = new Machine(256, threads);
      double[] these =
          results(new ContractionKernel(RUNTIME, machine, contraction, in, false), in, out);
      first = first == null ? these : first;
      assertWithMessage("%s shares", threads).that(these).isEqualTo(first);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void packedColumnsGiveTheSameBits(Case given) {
    List<TensorType> in = given.in(DType.FLOAT32);
    List<TensorType> out = given.out(DType.FLOAT32);
    var kernel = new ContractionKernel(RUNTIME, ContractionKernel.of(given.op(), in), in);
    if (given.batch() > 1) {
      assertThat(kernel.packed(1)).isNull();
      return;
    }
    Kernel.Packed packed = Objects.requireNonNull(kernel.packed(1));
    Kernel both =
        new Kernel() {
          @Override
          public long scratchBytes() {
            return packed.bytes() + packed.kernel().scratchBytes();
          }

          @Override
          public void run(long[] addresses) {
            long[] now = addresses.clone();
            int last = now.length - 1;
            now[1] = addresses[last];
            now[last] = addresses[last] + packed.bytes();
            packed.packing().run(new long[] {addresses[1], addresses[last]});
            packed.kernel().run(now);
          }
        };
    assertThat(results(both, in, out)).isEqualTo(results(kernel, in, out));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void sumsAreAddedToWhatIsThere(Case given) {
    var op = new MatMul(given.op().transposeA(), given.op().transposeB(), false);
    var plain = new Case(op, given.batch(), given.m(), given.n(), given.k());
    List<TensorType> in = plain.in(DType.FLOAT32);
    Contraction once = ContractionKernel.of(op, in);
    Contraction adds =
        new Contraction(once.batch(), once.rows(), once.columns(), once.depth(), once.bias(), true);
    List<TensorType> out = plain.out(DType.FLOAT32);
    try (Operands operands = new Operands(in, out)) {
      operands.run(new ContractionKernel(RUNTIME, once, in));
      double[] first = operands.values(2);
      operands.run(new ContractionKernel(RUNTIME, adds, in));
      double[] second = operands.values(2);
      for (int i = 0; i < first.length; i++) {
        assertWithMessage("element %s, seed %s", i, SEED)
            .that(second[i])
            .isWithin(1e-5 * (1 + Math.abs(first[i])))
            .of(2 * first[i]);
      }
    }
  }

  /** A convolution: images (batch, extent, extent, channels), or channels first. */
  record Images(Window window, long groups, long extent, long channels, long filters) {
    Shape data() {
      return window.channelsLast()
          ? Shape.of(3, extent, extent + 1, channels)
          : Shape.of(3, channels, extent, extent + 1);
    }
  }

  private static Window window(
      long kernel, long stride, long dilate, long pad, boolean channelsLast) {
    return Window.of(
            List.of(kernel, kernel),
            List.of(stride, stride),
            List.of(dilate, dilate),
            List.of(pad, pad))
        .inOrder(channelsLast);
  }

  static List<Images> images() {
    var images = new ArrayList<Images>();
    for (boolean last : new boolean[] {true, false}) {
      images.add(new Images(window(3, 1, 1, 1, last), 1, 7, 5, 9));
      images.add(new Images(window(3, 2, 1, 1, last), 1, 8, 18, 7));
      images.add(new Images(window(3, 1, 2, 2, last), 1, 9, 6, 17));
      images.add(new Images(window(5, 1, 1, 0, last), 1, 12, 20, 50));
      images.add(new Images(window(5, 2, 1, 0, last), 1, 11, 3, 4));
      images.add(new Images(window(1, 1, 1, 0, last), 1, 6, 33, 20));
      images.add(new Images(window(1, 2, 1, 0, last), 1, 7, 16, 6));
      images.add(new Images(window(3, 1, 1, 1, last), 2, 6, 10, 14));
      images.add(new Images(window(2, 1, 3, 1, last), 3, 9, 9, 6));
      images.add(new Images(window(3, 1, 1, 4, last), 1, 2, 7, 5));
    }
    return images;
  }

  @ParameterizedTest
  @MethodSource("images")
  void gradientsOfWeightsAreRight(Images given) {
    Window window = given.window();
    Shape weight =
        Shape.of(
            given.filters(),
            given.channels() / given.groups(),
            window.kernel().get(0),
            window.kernel().get(1));
    boolean bias = window.channelsLast();
    var op = new Conv.GradWeight(window, given.groups(), weight, bias);
    List<TensorType> in =
        List.of(
            new TensorType(given.data(), DType.FLOAT32),
            new TensorType(window.output(given.data(), given.filters()), DType.FLOAT32));
    var out = new ArrayList<>(List.of(new TensorType(weight, DType.FLOAT32)));
    if (bias) {
      out.add(TensorType.float32(given.filters()));
    }
    compare(op, ConvGradWeightKernel.of(op, in, RUNTIME, new LoopKernels(RUNTIME)), in, out, 2e-5);
  }

  private static List<Images> plain() {
    return images().stream().filter(i -> i.window().channelsLast() && i.groups() == 1).toList();
  }

  private static TensorType result(Images given) {
    return new TensorType(given.window().output(given.data(), given.filters()), DType.FLOAT32);
  }

  private static TensorType weight(Images given) {
    List<Long> kernel = given.window().kernel();
    return TensorType.float32(given.filters(), given.channels(), kernel.get(0), kernel.get(1));
  }

  @ParameterizedTest
  @MethodSource("plain")
  void convolutionsAreRight(Images given) {
    TensorType data = new TensorType(given.data(), DType.FLOAT32);
    TensorType result = result(given);
    for (boolean bias : new boolean[] {false, true}) {
      var op = new Conv(given.window(), 1, bias);
      var in = new ArrayList<>(List.of(data, weight(given)));
      if (bias) {
        in.add(TensorType.float32(given.filters()));
      }
      var found = ConvContraction.of(op, Contraction.Finish.NOTHING, in, result);
      var kernel = new ContractionKernel(RUNTIME, found.contraction(), in);
      compare(op, kernel, in, List.of(result), 2e-5);
    }
  }

  @ParameterizedTest
  @MethodSource("plain")
  void residualsAreAddedBeforeNegativeValuesAreCut(Images given) {
    TensorType data = new TensorType(given.data(), DType.FLOAT32);
    TensorType result = result(given);
    List<TensorType> in = List.of(data, weight(given), result);
    List<TensorType> out = List.of(result);
    var plain = new Conv(given.window(), 1, false);
    var finish = new Contraction.Finish(2, true);
    try (Operands sums = new Operands(in, out);
        Operands finished = new Operands(in, out)) {
      Contraction alone =
          ConvContraction.of(plain, Contraction.Finish.NOTHING, in, result).contraction();
      sums.run(new ContractionKernel(RUNTIME, alone, in));
      Contraction whole = ConvContraction.of(plain, finish, in, result).contraction();
      finished.run(new ContractionKernel(RUNTIME, whole, in));
      double[] residual = sums.values(2);
      double[] sum = sums.values(3);
      double[] actual = finished.values(3);
      for (int i = 0; i < sum.length; i++) {
        assertWithMessage("element %s, seed %s", i, SEED)
            .that(actual[i])
            .isEqualTo((double) Math.max(0, (float) sum[i] + (float) residual[i]));
      }
    }
  }
}
