package io.gluonj.codegen;

import io.gluonj.op.BoxSuppression;
import io.gluonj.types.DType;
import io.gluonj.types.TensorType;
import java.util.List;

/**
 * {@link BoxSuppression} as a GPU kernel, in double precision: a block takes a list of boxes, and
 * its threads meet after each box that might suppress others.
 */
public final class GpuBoxSuppression {
  private static final String BOXES = "%boxes";
  private static final String GROUP = "%group";
  private static final String CANDIDATES = "%candidates";
  private static final String REMAINS = "%remains";

  private final BoxSuppression op;
  private final List<TensorType> in;
  private final long n;
  private final int threads;
  private final GpuCode code;
  private final String from;

  private GpuBoxSuppression(
      BoxSuppression op, List<TensorType> in, int threads, GpuCode code, String list) {
    this.op = op;
    this.in = in;
    this.n = in.getFirst().shape().dim(1);
    this.threads = threads;
    this.code = code;
    this.from = code.times(list, n);
  }

  /** The kernel: operands are boxes, group, candidates and the result. */
  public static GpuKernels of(BoxSuppression op, List<TensorType> in) {
    long batch = in.getFirst().shape().dim(0);
    int threads = Grid.threadsFor(in.getFirst().shape().dim(1));
    Grid grid = Grid.blocks(batch, threads);
    GpuModule module = new GpuModule();
    // threads read what others wrote before a barrier: no claim that the result has no alias
    module.kernel(
        "box_suppression",
        List.of(
            "ptr noalias readonly " + BOXES,
            "ptr noalias readonly " + GROUP,
            "ptr noalias readonly " + CANDIDATES,
            "ptr " + REMAINS),
        FloatType.F64,
        in.getFirst().shape().size() + grid.size(),
        code ->
            code.eachBlock(
                grid, list -> new GpuBoxSuppression(op, in, threads, code, list).suppress()));
    return new GpuKernels(module.ir(), List.of(grid.launch("box_suppression", 4)), 0);
  }

  private DType type() {
    return in.getFirst().dtype();
  }

  private void suppress() {
    code.loop(code.thread(), String.valueOf(n), threads, i -> {
      String candidate = code.load(in.get(2).dtype(), CANDIDATES, code.add(from, i));
      String counts = code.value("fcmp une double " + candidate + ", " + code.constant(0));
      code.store(
          type(), REMAINS, code.add(from, i), code.value("uitofp i1 " + counts + " to double"));
    });
    code.barrier();
    code.loop("0", String.valueOf(n), 1, i -> {
      code.when(
          remains(i),
          () ->
              code.loop(
                  code.add(code.add(i, 1), code.thread()),
                  String.valueOf(n),
                  threads,
                  j ->
                      code.when(
                          code.and(sameGroup(i, j), overlaps(i, j)),
                          () ->
                              code.store(
                                  type(), REMAINS, code.add(from, j), code.constant(0)))));
      code.barrier();
    });
  }

  private String remains(String i) {
    String value = code.load(type(), REMAINS, code.add(from, i));
    return code.value("fcmp une double " + value + ", " + code.constant(0));
  }

  private String sameGroup(String i, String j) {
    DType group = in.get(1).dtype();
    String a = code.load(group, GROUP, code.add(from, i));
    String b = code.load(group, GROUP, code.add(from, j));
    return code.value("fcmp oeq double " + a + ", " + b);
  }

  private String edge(String box, int number) {
    String row = code.times(code.add(from, box), 4);
    return code.load(type(), BOXES, code.add(row, number));
  }

  private String overlaps(String i, String j) {
    String common = code.floating("fmul", common(i, j, 0), common(i, j, 1));
    String union = code.floating("fsub", code.floating("fadd", area(i), area(j)), common);
    String share = code.floating("fdiv", common, union);
    return code.value("fcmp ogt double " + share + ", " + code.constant(op.threshold()));
  }

  private String common(String i, String j, int axis) {
    String low = call("maxnum", edge(i, axis), edge(j, axis));
    String high = call("minnum", edge(i, 2 + axis), edge(j, 2 + axis));
    return call("maxnum", code.floating("fsub", high, low), code.constant(0));
  }

  private String area(String i) {
    String width = code.floating("fsub", edge(i, 2), edge(i, 0));
    String height = code.floating("fsub", edge(i, 3), edge(i, 1));
    // one negative side makes the area 0, and so do two
    return code.floating(
        "fmul", call("maxnum", width, code.constant(0)), call("maxnum", height, code.constant(0)));
  }

  private String call(String function, String a, String b) {
    return code.call("double", "llvm." + function + ".f64", "double", a, b);
  }
}
