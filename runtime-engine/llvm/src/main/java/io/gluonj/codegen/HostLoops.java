package io.gluonj.codegen;

import io.gluonj.op.LoopNest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A loop nest as LLVM IR for the processor.
 *
 * <p>The module exports {@code void run(ptr addresses, i64 begin, i64 end, i64 extent)}, which
 * computes some of the {@link #units()}, and {@code void team(ptr data)}, the body of an OpenMP
 * region that computes its thread's share of them. {@code addresses} is an array of the operator's
 * inputs, then its outputs; {@code data} the number of units and the extent followed by that array.
 *
 * <p>How many units there are and the extent, which is that of the outermost axis where units do
 * not count it, are told when the code is run. So nests that differ there only, as they do for
 * batches of different sizes, have the same text and are compiled once.
 *
 * @param ir the module's text, the same for equal nests
 * @param units independent parts of the work; 0 where there is nothing to do
 * @param nanoseconds about how long one thread takes for all of them
 * @param extent what the code is told beside its range of units
 */
public record HostLoops(String ir, long units, double nanoseconds, long extent) {
  /** Name of the function that computes a range of units. */
  public static final String RUN = "run";

  /** Name of the function that a team of threads calls. */
  public static final String TEAM = "team";

  private static final double PICOSECONDS_PER_BYTE = 12;

  /** Code that asks for no extent. */
  public HostLoops(String ir, long units, double nanoseconds) {
    this(ir, units, nanoseconds, 0);
  }

  /** A function of the module while it is written: what it takes besides the range. */
  private record Operands(List<Integer> inputs, List<Integer> outputs, InPlace inPlace) {}

  /**
   * Writes the code of a nest.
   *
   * @param inputs number of inputs of the operator: output {@code k} has address {@code inputs + k}
   */
  public static HostLoops of(LoopNest nest, int inputs) {
    Uses uses = Uses.of(nest);
    return of(nest, uses, HostWalk.of(nest, Space.of(nest, uses)), inputs);
  }

  /**
   * Writes the code that computes the parts of a reduction.
   *
   * @param inputs number of inputs of the operator; the parts have address {@code inputs}
   */
  public static HostLoops parts(SplitReduction split, int inputs) {
    LoopNest nest = split.parts();
    return of(
        nest, Uses.of(nest), HostWalk.parts(nest, Space.unmerged(nest), split.extent()), inputs);
  }

  private static HostLoops of(LoopNest nest, Uses uses, HostWalk walk, int inputs) {
    InPlace inPlace = InPlace.of(nest, uses.loads());
    Set<String> declarations = IrWriter.declarations();
    IrWriter body = new IrWriter(declarations);
    body.parallel(inPlace.possible());
    walk.write(body);
    return module(
        body,
        declarations,
        uses.loads().stream().map(l -> nest.loads().get(l).operand()).distinct().toList(),
        nest.stores().stream().map(s -> s.access().operand()).distinct().toList(),
        inPlace,
        inputs,
        nest.outer() == 0 ? 0 : walk.units(),
        cost(nest, uses),
        walk.open());
  }

  /**
   * The module around a body that computes units {@code %begin} to {@code %end} and writes nothing
   * in place.
   *
   * @param read the operator's inputs that the body reads, in any order
   * @param written its outputs that the body writes
   */
  static HostLoops module(
      IrWriter body,
      Set<String> declarations,
      List<Integer> read,
      List<Integer> written,
      int inputs,
      long units,
      double nanoseconds) {
    return module(
        body, declarations, read, written, InPlace.NOTHING, inputs, units, nanoseconds, 0);
  }

  private static HostLoops module(
      IrWriter body,
      Set<String> declarations,
      List<Integer> read,
      List<Integer> written,
      InPlace inPlace,
      int inputs,
      long units,
      double nanoseconds,
      long extent) {
    Operands operands = new Operands(read, written, inPlace);
    var text = new StringBuilder();
    text.append("define internal void @body(")
        .append(parameters(operands))
        .append(") #1 {\nentry:\n");
    text.append(body).append("  ret void\n}\n\n");
    text.append(run(operands, inputs));
    text.append(TEAM_TEXT);
    declarations.forEach(d -> text.append(d).append('\n'));
    text.append("attributes #0 = { nounwind \"no-trapping-math\"=\"true\" }\n");
    text.append("attributes #1 = { nounwind noinline \"no-trapping-math\"=\"true\" }\n");
    return new HostLoops(text.toString(), units, nanoseconds, extent);
  }

  static double cost(LoopNest nest, Uses uses) {
    double bytes =
        uses.loads().stream().mapToInt(l -> nest.loads().get(l).dtype().bytes()).sum()
            + nest.stores().stream().mapToInt(s -> s.access().dtype().bytes()).sum();
    double positions = (double) nest.outer() * Math.max(1, nest.inner());
    return positions * (uses.picoseconds() + bytes * PICOSECONDS_PER_BYTE) / 1000;
  }

  /** Operands of a kernel do not overlap where one is written, but for those in one place. */
  private static String parameters(Operands operands) {
    var all = new ArrayList<String>();
    for (int i : operands.inputs()) {
      String alone = operands.inPlace().inputs().contains(i) ? "" : "noalias ";
      all.add("ptr " + alone + "readonly " + NestBody.input(i));
    }
    for (int o : operands.outputs()) {
      String alone = operands.inPlace().outputs().contains(o) ? "" : "noalias ";
      all.add("ptr " + alone + NestBody.output(o));
    }
    all.add("i64 %begin");
    all.add("i64 %end");
    all.add("i64 %extent");
    return String.join(", ", all);
  }

  private static String run(Operands operands, int inputs) {
    IrWriter out = new IrWriter(IrWriter.declarations());
    var arguments = new ArrayList<String>();
    operands.inputs().forEach(i -> arguments.add("ptr " + operand(out, i)));
    operands.outputs().forEach(o -> arguments.add("ptr " + operand(out, inputs + o)));
    arguments.add("i64 %begin");
    arguments.add("i64 %end");
    arguments.add("i64 %extent");
    out.line("call void @body(" + String.join(", ", arguments) + ")");
    return "define void @run(ptr %addresses, i64 %begin, i64 %end, i64 %extent) #0 {\nentry:\n"
        + out
        + "  ret void\n}\n\n";
  }

  private static String operand(IrWriter out, int index) {
    String slot = out.value("getelementptr inbounds ptr, ptr %addresses, i64 " + index);
    return out.value("load ptr, ptr " + slot);
  }

  private static final String TEAM_TEXT =
      """
      declare i32 @omp_get_thread_num()
      declare i32 @omp_get_num_threads()
      define void @team(ptr %data) #0 {
      entry:
        %units = load i64, ptr %data
        %place = getelementptr inbounds i64, ptr %data, i64 1
        %extent = load i64, ptr %place
        %addresses = getelementptr inbounds i64, ptr %data, i64 2
        %thread32 = call i32 @omp_get_thread_num()
        %threads32 = call i32 @omp_get_num_threads()
        %thread = sext i32 %thread32 to i64
        %threads = sext i32 %threads32 to i64
        %following = add nsw i64 %thread, 1
        %before = mul nsw i64 %units, %thread
        %begin = sdiv i64 %before, %threads
        %until = mul nsw i64 %units, %following
        %end = sdiv i64 %until, %threads
        %any = icmp slt i64 %begin, %end
        br i1 %any, label %work, label %exit
      work:
        call void @run(ptr %addresses, i64 %begin, i64 %end, i64 %extent)
        br label %exit
      exit:
        ret void
      }

      """;
}
