package io.gluonj.codegen;

import io.gluonj.types.DType;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The body of one GPU kernel under construction: integer arithmetic on positions, variables,
 * branches and loops over an {@link IrWriter}.
 *
 * <p>Positions have one integer type in the whole kernel, i32 wherever it suffices, because a GPU
 * computes 64-bit integers from 32-bit ones. Operands that are plain numbers are folded here, so
 * that the text shows what the shape left to be computed. Variables live on the stack, which LLVM
 * turns into registers; that frees loops and branches from naming what they carry.
 */
final class GpuCode {
  /** What needs no check at all. */
  static final String TRUE = "true";

  /** Positions below this leave room in an i32 for the sums of addressing. */
  private static final long NARROW_LIMIT = 1L << 30;

  /** A variable of the kernel. */
  record Local(String address, String type) {}

  private final IrWriter out;
  private final Elements elements;
  private final FloatType compute;
  private final String index;
  private final StringBuilder locals = new StringBuilder();
  private int labels;

  /**
   * An empty body.
   *
   * @param declarations of the module
   * @param compute type of the values
   * @param extent upper bound of all positions and of the number of threads
   */
  GpuCode(Set<String> declarations, FloatType compute, long extent) {
    this.out = new IrWriter(declarations);
    this.compute = compute;
    this.elements = new Elements(out, compute);
    this.index = extent < NARROW_LIMIT ? "i32" : "i64";
  }

  /** The type in which values of a type are computed: float64 where float32 would lose digits. */
  static FloatType computing(DType type) {
    return switch (type) {
      case FLOAT32, FLOAT16, BFLOAT16 -> FloatType.F32;
      case FLOAT64, UINT8, INT8, BOOL, INT32, INT64 -> FloatType.F64;
    };
  }

  /** Type of positions. */
  String index() {
    return index;
  }

  /** Type of values. */
  FloatType compute() {
    return compute;
  }

  /** What the instructions are written to, for emitters that are not bound to GPUs. */
  IrWriter writer() {
    return out;
  }

  /** Adds an instruction with a result; gives the result's name. */
  String value(String instruction) {
    return out.value(instruction);
  }

  /** Adds an instruction without a result. */
  void line(String instruction) {
    out.line(instruction);
  }

  /** Adds a call of a function with arguments of one type. */
  String call(String result, String function, String type, String... arguments) {
    return out.call(result, function, type, arguments);
  }

  /** Adds a global to the module. */
  void define(String global) {
    out.define(global);
  }

  // Positions

  private static boolean known(String x) {
    return !x.startsWith("%");
  }

  /** {@code a + b}. */
  String add(String a, String b) {
    if (known(a) && known(b)) {
      return String.valueOf(Long.parseLong(a) + Long.parseLong(b));
    }
    return a.equals("0") ? b : b.equals("0") ? a : arithmetic("add nsw", a, b);
  }

  /** {@code a + b}. */
  String add(String a, long b) {
    return add(a, String.valueOf(b));
  }

  /** {@code a - b}. */
  String subtract(String a, String b) {
    if (known(a) && known(b)) {
      return String.valueOf(Long.parseLong(a) - Long.parseLong(b));
    }
    return b.equals("0") ? a : arithmetic("sub nsw", a, b);
  }

  /** {@code a b}. */
  String times(String a, long b) {
    if (known(a)) {
      return String.valueOf(Long.parseLong(a) * b);
    }
    return b == 0 ? "0" : b == 1 ? a : arithmetic("mul nsw", a, String.valueOf(b));
  }

  /** {@code a / b} of a position, which is not negative. */
  String over(String a, long b) {
    if (known(a)) {
      return String.valueOf(Long.parseLong(a) / b);
    }
    return b == 1 ? a : arithmetic("udiv", a, String.valueOf(b));
  }

  /** {@code a mod b} of a position, which is not negative. */
  String modulo(String a, long b) {
    if (known(a)) {
      return String.valueOf(Long.parseLong(a) % b);
    }
    return b == 1 ? "0" : arithmetic("urem", a, String.valueOf(b));
  }

  /** The larger one of {@code a} and {@code b}. */
  String max(String a, long b) {
    return known(a)
        ? String.valueOf(Math.max(Long.parseLong(a), b))
        : out.call(index, "llvm.smax." + index, index, a, String.valueOf(b));
  }

  /** The smaller one of {@code a} and {@code b}. */
  String min(String a, long b) {
    return known(a)
        ? String.valueOf(Math.min(Long.parseLong(a), b))
        : out.call(index, "llvm.smin." + index, index, a, String.valueOf(b));
  }

  private String arithmetic(String instruction, String a, String b) {
    return out.value(instruction + " " + index + " " + a + ", " + b);
  }

  // Conditions

  /** Compares positions, for example by {@code slt}. */
  String compare(String predicate, String a, String b) {
    return out.value("icmp " + predicate + " " + index + " " + a + ", " + b);
  }

  /** {@code 0 <= x < extent}. */
  String within(String x, long extent) {
    return compare("ult", x, String.valueOf(extent));
  }

  /** Both conditions. */
  String and(String a, String b) {
    return a.equals(TRUE) ? b : b.equals(TRUE) ? a : out.value("and i1 " + a + ", " + b);
  }

  // Variables and elements

  /** A new variable. */
  Local local(String type, String initial) {
    Local local = array(type);
    set(local, initial);
    return local;
  }

  /** A new variable without a value. */
  Local array(String type) {
    String address = "%l" + labels++;
    locals.append("  ").append(address).append(" = alloca ").append(type).append('\n');
    return new Local(address, type);
  }

  /** Reads a variable. */
  String get(Local local) {
    return out.value("load " + local.type() + ", ptr " + local.address());
  }

  /** Writes a variable. */
  void set(Local local, String value) {
    out.line("store " + local.type() + " " + value + ", ptr " + local.address());
  }

  /** A variable that sums up values. */
  Local sum() {
    return local(compute.ir(), compute.constant(0));
  }

  /** Adds a value to a variable. */
  void accumulate(Local sum, String value) {
    set(sum, floating("fadd", get(sum), value));
  }

  /** Computes with values, for example by {@code fmul}; multiply and add may become one. */
  String floating(String operation, String a, String b) {
    return out.value(operation + " contract " + compute.ir() + " " + a + ", " + b);
  }

  /** A number in the type of computation. */
  String constant(double number) {
    return compute.constant(number);
  }

  /** The value of an element. */
  String load(DType type, String base, String position) {
    return elements.load(type, base, wide(position));
  }

  /** Writes an element. */
  void store(DType type, String base, String position, String value) {
    elements.store(type, base, wide(position), value);
  }

  /** Adds a value to an element of the type of computation, in any order with other threads. */
  void addAtomically(String base, String position, String value) {
    String address =
        out.value(
            "getelementptr inbounds %s, ptr %s, i64 %s"
                .formatted(compute.ir(), base, wide(position)));
    out.line("atomicrmw fadd ptr " + address + ", " + compute.ir() + " " + value + " monotonic");
  }

  /** The bits of an element of {@code bits} bits. */
  String loadInteger(int bits, String base, String position) {
    return out.value(
        "load i%d, ptr %s, align %d".formatted(bits, element(bits, base, position), bits / 8));
  }

  /** Writes the bits of an element of {@code bits} bits. */
  void storeInteger(int bits, String base, String position, String value) {
    out.line(
        "store i%d %s, ptr %s, align %d"
            .formatted(bits, value, element(bits, base, position), bits / 8));
  }

  private String element(int bits, String base, String position) {
    return out.value(
        "getelementptr inbounds i%d, ptr %s, i64 %s".formatted(bits, base, wide(position)));
  }

  /** An integer that is not negative, from i{@code from} to i{@code to}. */
  String resize(String value, int from, int to) {
    if (from == to) {
      return value;
    }
    String instruction = from < to ? "zext" : "trunc";
    return out.value(instruction + " i" + from + " " + value + " to i" + to);
  }

  /** Bits of a position. */
  int indexBits() {
    return index.equals("i32") ? 32 : 64;
  }

  /** A position as i64. */
  String wide(String position) {
    return known(position) || index.equals("i64")
        ? position
        : out.value("sext " + index + " " + position + " to i64");
  }

  // Control

  /** Runs a body where a condition holds. */
  void when(String condition, Runnable body) {
    if (condition.equals(TRUE)) {
      body.run();
      return;
    }
    int id = labels++;
    out.line("br i1 " + condition + ", label %then" + id + ", label %end" + id);
    out.begin("then" + id);
    body.run();
    out.line("br label %end" + id);
    out.begin("end" + id);
  }

  /** Runs a body for positions from {@code from} up to {@code to}, exclusive. */
  void loop(String from, String to, long step, Consumer<String> body) {
    loop(local(index, from), to, step, body);
  }

  /** Runs a body while a position is below {@code to}; afterwards it is where the next was. */
  void loop(Local position, String to, long step, Consumer<String> body) {
    int id = labels++;
    out.line("br label %head" + id);
    out.begin("head" + id);
    String at = get(position);
    String more = compare("slt", at, to);
    out.line("br i1 " + more + ", label %body" + id + ", label %exit" + id);
    out.begin("body" + id);
    body.accept(at);
    set(position, add(at, step));
    out.line("br label %head" + id);
    out.begin("exit" + id);
  }

  /** Runs a body for each number below {@code count}; only once needs no loop. */
  void loop(long count, Consumer<String> body) {
    if (count == 1) {
      body.accept("0");
    } else {
      loop("0", String.valueOf(count), 1, body);
    }
  }

  /** Runs a body for each number below {@code count}, written out. */
  void unrolled(int count, Consumer<Integer> body) {
    for (int i = 0; i < count; i++) {
      body.accept(i);
    }
  }

  // Threads

  /** This thread within its block. */
  String thread() {
    return register("tid.x");
  }

  /** This thread's block. */
  String block() {
    return register("ctaid.x");
  }

  private String register(String name) {
    String value = out.call("i32", "llvm.nvvm.read.ptx.sreg." + name, "i32");
    return index.equals("i32") ? value : out.value("zext i32 " + value + " to i64");
  }

  /** Waits until all threads of the block are here; what they wrote is visible to all of them. */
  void barrier() {
    out.define("declare void @llvm.nvvm.barrier0()");
    out.line("call void @llvm.nvvm.barrier0()");
  }

  /** Gives the numbers below {@code count} out to the threads of a grid. */
  void each(Grid grid, Consumer<String> body) {
    String first = add(times(block(), grid.threads()), thread());
    long stride = grid.size();
    String count = String.valueOf(grid.count());
    if (stride >= grid.count()) {
      String inside = stride == grid.count() ? TRUE : compare("slt", first, count);
      when(inside, () -> body.accept(first));
    } else {
      loop(first, count, stride, body);
    }
  }

  /**
   * Gives the numbers below {@code count} out to the blocks of a grid, whose threads share them.
   */
  void eachBlock(Grid grid, Consumer<String> body) {
    if (grid.blocks() == grid.count()) {
      body.accept(block());
    } else {
      loop(block(), String.valueOf(grid.count()), grid.blocks(), body);
    }
  }

  /** The kernel's instructions. */
  @Override
  public String toString() {
    return locals.toString() + out;
  }
}
