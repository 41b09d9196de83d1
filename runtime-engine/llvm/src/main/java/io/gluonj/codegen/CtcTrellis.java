package io.gluonj.codegen;

import io.gluonj.types.DType;
import java.util.List;
import java.util.function.Consumer;

/**
 * One sequence of {@link io.gluonj.op.CtcPaths} as a thread of a GPU sees it. The scratch memory
 * holds, all as float64: the weights of the ways to each state at each step, those of the ways on
 * from there, and the whole weight of each sequence.
 */
final class CtcTrellis {
  static final String WEIGHTS = "%weights";
  static final String LABEL = "%label";
  static final String STEPS = "%steps";
  static final String LABELS = "%labels";
  static final String LOSS = "%loss";
  static final String SHARES = "%shares";
  static final String SCRATCH = "%scratch";

  private static final String NONE = FloatType.F64.constant(Double.NEGATIVE_INFINITY);

  private final CtcSizes sizes;
  private final GpuCode code;
  private final DoubleSeries functions;
  private final String n;
  private final String length;
  private final String labels;
  private final String end;

  CtcTrellis(CtcSizes sizes, GpuCode code, String n) {
    this.sizes = sizes;
    this.code = code;
    this.functions = new DoubleSeries(code.writer());
    this.n = n;
    this.length = code.max(code.min(whole(2, STEPS, n), sizes.steps()), 0);
    this.labels = code.max(code.min(whole(3, LABELS, n), sizes.width()), 0);
    this.end = code.add(code.times(labels, 2), 1);
  }

  private String whole(int input, String base, String at) {
    String bits = String.valueOf(code.indexBits());
    return code.call(
        code.index(),
        "llvm.fptosi.sat.i" + bits + ".f64",
        "double",
        code.load(sizes.in().get(input).dtype(), base, at));
  }

  private String label(String number) {
    return whole(1, LABEL, code.add(code.times(n, sizes.width()), number));
  }

  /** The class of a label, of the first or the last one where it is none. */
  private String inside(String label) {
    return code.max(code.min(label, sizes.classes() - 1), 0);
  }

  private String isLabel(String state) {
    return code.compare("eq", code.modulo(state, 2), "1");
  }

  private String classOf(String state) {
    GpuCode.Local found = code.local(code.index(), String.valueOf(sizes.op().blank()));
    code.when(isLabel(state), () -> code.set(found, inside(label(code.over(state, 2)))));
    return code.get(found);
  }

  private String weight(String step, String state) {
    String row = code.add(code.times(step, sizes.batch()), n);
    return code.load(
        sizes.type(), WEIGHTS, code.add(code.times(row, sizes.classes()), classOf(state)));
  }

  /** Where the weight of the ways to a state lies; that of the ways on lies a table behind. */
  private String place(String step, String state) {
    String row = code.add(code.times(n, sizes.steps()), step);
    return code.add(code.times(row, sizes.states()), state);
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
        code.value("select i1 %s, double %s, double %s".formatted(nothing, code.constant(0), high));
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
    return Grid.blocks(1, Grid.threadsFor(sizes.states()));
  }

  void forward() {
    code.loop(
        "0",
        length,
        1,
        t ->
            eachState(
                block(),
                s -> {
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
        code.compare("sgt", s, "0"), () -> code.set(next, ways(place(before, code.add(s, -1)))));
    ifJump(s, () -> code.set(jump, ways(place(before, code.add(s, -2)))));
    return plus(List.of(ways(place(before, s)), code.get(next), code.get(jump)));
  }

  void backward() {
    code.loop(
        "0",
        length,
        1,
        back ->
            eachState(
                block(),
                s -> {
                  String t = code.subtract(code.add(length, -1), back);
                  GpuCode.Local sum = code.local("double", NONE);
                  code.when(
                      code.and(
                          code.compare("eq", back, "0"), code.compare("sge", s, code.add(end, -2))),
                      () -> code.set(sum, code.constant(0)));
                  code.when(
                      code.compare("sgt", back, "0"),
                      () -> code.set(sum, leaving(code.add(t, 1), s)));
                  code.store(
                      DType.FLOAT64, SCRATCH, code.add(place(t, s), sizes.table()), code.get(sum));
                }));
  }

  private String leaving(String after, String s) {
    GpuCode.Local next = code.local("double", NONE);
    GpuCode.Local jump = code.local("double", NONE);
    String second = code.add(s, 1);
    String third = code.add(s, 2);
    code.when(code.compare("slt", second, end), () -> code.set(next, through(after, second)));
    code.when(
        code.compare("slt", third, end),
        () -> ifJump(third, () -> code.set(jump, through(after, third))));
    return plus(List.of(through(after, s), code.get(next), code.get(jump)));
  }

  /** The ways on from a state, its own weight included. */
  private String through(String step, String state) {
    String on = ways(code.add(place(step, state), sizes.table()));
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
              code.compare("sgt", labels, "0"), () -> code.set(other, ways(code.add(last, -1))));
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
    code.store(DType.FLOAT64, SCRATCH, kept(), found);
    String none = code.value("fcmp oeq double " + found + ", " + NONE);
    String loss = code.floating("fsub", code.constant(0), found);
    code.store(
        sizes.type(),
        LOSS,
        n,
        code.value("select i1 %s, double %s, double %s".formatted(none, code.constant(0), loss)));
  }

  /** Where the logarithm of the sequence's whole weight is kept. */
  private String kept() {
    return code.add(n, 2 * sizes.table());
  }

  /** Writes 0 to an element of the shares, or NaN where the step counts and the loss is NaN. */
  void clear(String step, String at) {
    String whole = code.load(DType.FLOAT64, SCRATCH, kept());
    String counts = code.compare("slt", step, length);
    String wrong = code.value("fcmp uno double " + whole + ", " + whole);
    String value =
        code.value(
            "select i1 %s, double %s, double %s"
                .formatted(code.and(counts, wrong), whole, code.constant(0)));
    code.store(sizes.type(), SHARES, at, value);
  }

  /** Writes the share of a state's class, if the state is the first of that class. */
  void share(String t, String s) {
    String whole = code.load(DType.FLOAT64, SCRATCH, kept());
    String finite = code.value("fcmp ogt double " + whole + ", " + NONE);
    String visited = code.and(code.compare("slt", t, length), code.compare("slt", s, end));
    code.when(
        code.and(visited, finite),
        () -> {
          GpuCode.Local sum = code.sum();
          GpuCode.Local first = code.local("i1", "true");
          String own = classOf(s);
          String isBlank = code.compare("eq", own, String.valueOf(sizes.op().blank()));
          String later = code.and(isBlank, code.compare("sgt", s, "0"));
          code.when(later, () -> code.set(first, "false"));
          code.when(code.get(first), () -> gather(t, s, own, isBlank, whole, sum, first));
          code.when(
              code.get(first),
              () -> {
                String row = code.add(code.times(t, sizes.batch()), n);
                String at = code.add(code.times(row, sizes.classes()), own);
                code.store(sizes.type(), SHARES, at, code.get(sum));
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
          code.when(isLabel(other), () -> code.set(same, code.compare("eq", classOf(other), own)));
          code.when(
              code.get(same),
              () -> {
                String place = place(t, other);
                String paths =
                    code.floating("fadd", ways(place), ways(code.add(place, sizes.table())));
                String part = functions.exp(code.floating("fsub", paths, whole));
                code.accumulate(sum, part);
              });
          code.when(
              code.and(code.get(same), code.compare("slt", other, s)),
              () -> code.set(first, "false"));
        });
  }
}
