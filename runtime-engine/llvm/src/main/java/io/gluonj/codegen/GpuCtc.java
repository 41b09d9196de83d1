package io.gluonj.codegen;

import io.gluonj.op.CtcPaths;
import io.gluonj.types.DType;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * {@link CtcPaths} as GPU kernels, in double precision. Two blocks take a sequence, one forward and
 * one backward through its steps, with the states shared by the block's threads; scratch memory
 * keeps the weights of the ways to and from each state. Then one thread for each sequence finds its
 * loss, and one thread for each step and class of a label adds up the class's share, in the order
 * of the states: every run gives equal bits.
 */
public final class GpuCtc {
  private static final String WEIGHTS = "%weights";
  private static final String LABEL = "%label";
  private static final String STEPS = "%steps";
  private static final String LABELS = "%labels";
  private static final String LOSS = "%loss";
  private static final String SHARES = "%shares";
  private static final String SCRATCH = "%scratch";
  private static final int SHARES_OPERAND = 5;

  /** Operands that every kernel reads, in the operator's order. */
  private static final List<String> INPUTS = List.of(WEIGHTS, LABEL, STEPS, LABELS);

  private static final FloatType COMPUTE = FloatType.F64;
  private static final String NONE = COMPUTE.constant(Double.NEGATIVE_INFINITY);

  private final CtcPaths op;
  private final List<TensorType> in;
  private final long steps;
  private final long batch;
  private final long classes;
  private final long width;
  private final long states;
  private final GpuModule module = new GpuModule();
  private final List<GpuKernels.Launch> launches = new ArrayList<>();

  private GpuCtc(CtcPaths op, List<TensorType> in) {
    this.op = op;
    this.in = in;
    Shape weights = in.getFirst().shape();
    this.steps = weights.dim(0);
    this.batch = weights.dim(1);
    this.classes = weights.dim(2);
    this.width = in.get(1).shape().dim(1);
    this.states = 2 * width + 1;
  }

  /**
   * The kernels: operands are the operator's inputs and outputs.
   *
   * @param in types of the inputs; the outputs have the type of the weights
   */
  public static GpuKernels of(CtcPaths op, List<TensorType> in) {
    return new GpuCtc(op, in).kernels();
  }

  private long table() {
    return batch * steps * states;
  }

  private GpuKernels kernels() {
    int threads = Grid.threadsFor(states);
    if (table() > 0) {
      Grid ways = Grid.blocks(2 * batch, threads);
      add("ctc_ways", ways, "", GpuKernels.SCRATCH, code -> code.eachBlock(ways, task -> {
        Trellis trellis = new Trellis(code, code.over(task, 2));
        String direction = code.modulo(task, 2);
        code.when(code.compare("eq", direction, "0"), trellis::forward);
        code.when(code.compare("eq", direction, "1"), trellis::backward);
      }));
    }
    each("ctc_loss", batch, LOSS, 4, (code, n) -> new Trellis(code, n).loss());
    each("ctc_clear", batch * steps * classes, SHARES, SHARES_OPERAND, this::clear);
    each("ctc_shares", table(), SHARES, SHARES_OPERAND, this::share);
    long scratch = (2 * table() + batch) * Double.BYTES;
    return new GpuKernels(launches.isEmpty() ? "" : module.ir(), launches, scratch);
  }

  private void each(
      String name,
      long tasks,
      String output,
      int operand,
      java.util.function.BiConsumer<GpuCode, String> body) {
    if (tasks > 0) {
      Grid grid = Grid.of(tasks);
      add(name, grid, output, operand, code -> code.each(grid, i -> body.accept(code, i)));
    }
  }

  /**
   * Adds a kernel. Threads read in the scratch memory what others wrote before a barrier, which
   * forbids to call it free of aliases.
   */
  private void add(
      String name, Grid grid, String output, int operand, Consumer<GpuCode> body) {
    boolean plain = output.isEmpty();
    List<String> parameters =
        Stream.of(
                INPUTS.stream().map(input -> "ptr noalias readonly " + input),
                Stream.of("ptr " + SCRATCH),
                plain ? Stream.<String>of() : Stream.of("ptr noalias " + output))
            .flatMap(p -> p)
            .toList();
    long extent = Math.max(2 * table() + batch, batch * steps * classes) + grid.size();
    module.kernel(name, parameters, COMPUTE, extent, body);
    List<Integer> operands =
        plain
            ? List.of(0, 1, 2, 3, GpuKernels.SCRATCH)
            : List.of(0, 1, 2, 3, GpuKernels.SCRATCH, operand);
    launches.add(new GpuKernels.Launch(name, operands, grid.blocks(), grid.threads()));
  }

  private DType type() {
    return in.getFirst().dtype();
  }

  /** Where the logarithm of a sequence's whole weight is kept. */
  private String whole(GpuCode code, String n) {
    return code.add(n, 2 * table());
  }

  /** Writes 0, or NaN, to an element of the shares. */
  private void clear(GpuCode code, String i) {
    String row = code.over(i, classes);
    Trellis trellis = new Trellis(code, code.modulo(row, batch));
    String whole = code.load(DType.FLOAT64, SCRATCH, whole(code, trellis.n));
    String counts = code.compare("slt", code.over(row, batch), trellis.length);
    String wrong = code.value("fcmp uno double " + whole + ", " + whole);
    String value =
        code.value(
            "select i1 %s, double %s, double %s"
                .formatted(code.and(counts, wrong), whole, code.constant(0)));
    code.store(type(), SHARES, i, value);
  }

  private void share(GpuCode code, String i) {
    String row = code.over(i, states);
    Trellis trellis = new Trellis(code, code.over(row, steps));
    trellis.share(code.modulo(row, steps), code.modulo(i, states));
  }

  /** One sequence, as one thread sees it. */
  private final class Trellis {
    private final GpuCode code;
    private final DoubleSeries functions;
    private final String n;
    private final String length;
    private final String labels;
    private final String end;

    Trellis(GpuCode code, String n) {
      this.code = code;
      this.functions = new DoubleSeries(code.writer());
      this.n = n;
      this.length = code.max(code.min(whole(2, STEPS, n), steps), 0);
      this.labels = code.max(code.min(whole(3, LABELS, n), width), 0);
      this.end = code.add(code.times(labels, 2), 1);
    }

    private String whole(int input, String base, String at) {
      String bits = String.valueOf(code.indexBits());
      return code.call(
          code.index(),
          "llvm.fptosi.sat.i" + bits + ".f64",
          "double",
          code.load(in.get(input).dtype(), base, at));
    }

    private String label(String number) {
      return whole(1, LABEL, code.add(code.times(n, width), number));
    }

    /** The class of a label, of the first or the last one where it is none. */
    private String inside(String label) {
      return code.max(code.min(label, classes - 1), 0);
    }

    private String isLabel(String state) {
      return code.compare("eq", code.modulo(state, 2), "1");
    }

    private String classOf(String state) {
      GpuCode.Local found = code.local(code.index(), String.valueOf(op.blank()));
      code.when(isLabel(state), () -> code.set(found, inside(label(code.over(state, 2)))));
      return code.get(found);
    }

    private String weight(String step, String state) {
      String row = code.add(code.times(step, batch), n);
      return code.load(type(), WEIGHTS, code.add(code.times(row, classes), classOf(state)));
    }

    /** Where the weight of the ways to a state lies; that of the ways on lies a table behind. */
    private String place(String step, String state) {
      String row = code.add(code.times(n, steps), step);
      return code.add(code.times(row, states), state);
    }

    private String ways(String place) {
      return code.load(DType.FLOAT64, SCRATCH, place);
    }

    /** Whether a state is a label that differs from the one before. */
    private void ifJump(String state, Runnable body) {
      String later = code.compare("sgt", state, "2");
      code.when(
          code.and(later, isLabel(state)),
          () -> {
            String number = code.over(state, 2);
            String before = label(code.add(number, -1));
            code.when(code.compare("ne", label(number), before), body);
          });
    }

    /** The logarithm of the sum of numbers given by their logarithms. */
    private String plus(List<String> terms) {
      String high = terms.getFirst();
      for (String term : terms.subList(1, terms.size())) {
        high = code.call("double", "llvm.maxnum.f64", "double", high, term);
      }
      String nothing = code.value("fcmp oeq double " + high + ", " + NONE);
      String shift =
          code.value(
              "select i1 %s, double %s, double %s".formatted(nothing, code.constant(0), high));
      String sum = code.constant(0);
      for (String term : terms) {
        sum = code.floating("fadd", sum, functions.exp(code.floating("fsub", term, shift)));
      }
      return code.floating("fadd", functions.log(sum), shift);
    }

    /** Gives the states out to the threads of the block, which meet afterwards. */
    private void eachState(Grid grid, Consumer<String> body) {
      code.loop(code.thread(), end, grid.threads(), body);
      code.barrier();
    }

    private Grid block() {
      return Grid.blocks(1, Grid.threadsFor(states));
    }

    void forward() {
      code.loop(
          "0",
          length,
          1,
          t -> eachState(block(), s -> {
            GpuCode.Local sum = code.local("double", NONE);
            code.when(
                code.and(code.compare("eq", t, "0"), code.compare("slt", s, "2")),
                () -> code.set(sum, code.constant(0)));
            code.when(
                code.compare("sgt", t, "0"),
                () -> code.set(sum, arriving(code.add(t, -1), s)));
            String total = code.floating("fadd", code.get(sum), weight(t, s));
            code.store(DType.FLOAT64, SCRATCH, place(t, s), total);
          }));
    }

    private String arriving(String before, String s) {
      GpuCode.Local next = code.local("double", NONE);
      GpuCode.Local jump = code.local("double", NONE);
      code.when(
          code.compare("sgt", s, "0"),
          () -> code.set(next, ways(place(before, code.add(s, -1)))));
      ifJump(s, () -> code.set(jump, ways(place(before, code.add(s, -2)))));
      return plus(List.of(ways(place(before, s)), code.get(next), code.get(jump)));
    }

    void backward() {
      code.loop(
          "0",
          length,
          1,
          back -> eachState(block(), s -> {
            String t = code.subtract(code.add(length, -1), back);
            GpuCode.Local sum = code.local("double", NONE);
            code.when(
                code.and(
                    code.compare("eq", back, "0"), code.compare("sge", s, code.add(end, -2))),
                () -> code.set(sum, code.constant(0)));
            code.when(
                code.compare("sgt", back, "0"), () -> code.set(sum, leaving(code.add(t, 1), s)));
            code.store(DType.FLOAT64, SCRATCH, code.add(place(t, s), table()), code.get(sum));
          }));
    }

    private String leaving(String after, String s) {
      GpuCode.Local next = code.local("double", NONE);
      GpuCode.Local jump = code.local("double", NONE);
      String second = code.add(s, 1);
      String third = code.add(s, 2);
      code.when(
          code.compare("slt", second, end), () -> code.set(next, through(after, second)));
      code.when(
          code.compare("slt", third, end),
          () -> ifJump(third, () -> code.set(jump, through(after, third))));
      return plus(List.of(through(after, s), code.get(next), code.get(jump)));
    }

    /** The ways on from a state, its own weight included. */
    private String through(String step, String state) {
      String on = ways(code.add(place(step, state), table()));
      return code.floating("fadd", on, weight(step, state));
    }

    void loss() {
      GpuCode.Local whole = code.local("double", NONE);
      String empty = code.compare("eq", length, "0");
      String blanks = code.compare("eq", labels, "0");
      code.when(code.and(empty, blanks), () -> code.set(whole, code.constant(0)));
      code.when(
          code.compare("sgt", length, "0"),
          () -> {
            String last = place(code.add(length, -1), code.add(end, -1));
            GpuCode.Local other = code.local("double", NONE);
            code.when(
                code.compare("sgt", labels, "0"),
                () -> code.set(other, ways(code.add(last, -1))));
            code.set(whole, plus(List.of(ways(last), code.get(other))));
          });
      code.loop(
          "0",
          labels,
          1,
          i -> {
            String label = label(i);
            code.when(
                code.compare("ne", label, inside(label)),
                () -> code.set(whole, code.constant(Double.NaN)));
          });
      String found = code.get(whole);
      code.store(DType.FLOAT64, SCRATCH, GpuCtc.this.whole(code, n), found);
      String none = code.value("fcmp oeq double " + found + ", " + NONE);
      String loss = code.floating("fsub", code.constant(0), found);
      code.store(
          type(),
          LOSS,
          n,
          code.value(
              "select i1 %s, double %s, double %s".formatted(none, code.constant(0), loss)));
    }

    /** Writes the share of a state's class, if the state is the first of that class. */
    void share(String t, String s) {
      String whole = code.load(DType.FLOAT64, SCRATCH, GpuCtc.this.whole(code, n));
      String finite = code.value("fcmp ogt double " + whole + ", " + NONE);
      String visited =
          code.and(code.compare("slt", t, length), code.compare("slt", s, end));
      code.when(
          code.and(visited, finite),
          () -> {
            GpuCode.Local sum = code.sum();
            GpuCode.Local first = code.local("i1", "true");
            String own = classOf(s);
            String isBlank = code.compare("eq", own, String.valueOf(op.blank()));
            String later = code.and(isBlank, code.compare("sgt", s, "0"));
            code.when(later, () -> code.set(first, "false"));
            code.when(code.get(first), () -> gather(t, s, own, isBlank, whole, sum, first));
            code.when(
                code.get(first),
                () -> {
                  String row = code.add(code.times(t, batch), n);
                  String at = code.add(code.times(row, classes), own);
                  code.store(type(), SHARES, at, code.get(sum));
                });
          });
    }

    private void gather(
        String t,
        String s,
        String own,
        String isBlank,
        String whole,
        GpuCode.Local sum,
        GpuCode.Local first) {
      code.loop(
          "0",
          end,
          1,
          other -> {
            GpuCode.Local same = code.local("i1", isBlank);
            code.when(
                isLabel(other),
                () -> code.set(same, code.compare("eq", classOf(other), own)));
            code.when(
                code.get(same),
                () -> {
                  String place = place(t, other);
                  String paths =
                      code.floating("fadd", ways(place), ways(code.add(place, table())));
                  String part = functions.exp(code.floating("fsub", paths, whole));
                  code.accumulate(sum, part);
                });
            code.when(
                code.and(code.get(same), code.compare("slt", other, s)),
                () -> code.set(first, "false"));
          });
    }
  }
}
