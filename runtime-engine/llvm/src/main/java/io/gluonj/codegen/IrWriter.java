package io.gluonj.codegen;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The text of a function's body under construction, and what it needs declared. */
final class IrWriter {
  /** What a loop does in one round: gives the new values of what it carries. */
  interface Round {
    List<String> at(String index, List<String> carried);
  }

  private static final String GROUP = "!0";
  private static final String PLAIN = "!1000000";
  private static final String IN_GROUP = ", !llvm.access.group " + GROUP;

  private final StringBuilder text = new StringBuilder();
  private final Set<String> declarations;
  private int names;
  private boolean parallel;
  private boolean plain;
  private String block = "entry";

  /**
   * An empty body.
   *
   * @param declarations receives what is called; shared by the functions of a module
   */
  IrWriter(Set<String> declarations) {
    this.declarations = declarations;
  }

  static Set<String> declarations() {
    return new TreeSet<>();
  }

  /**
   * States of the loops to come whether no round reads what another one writes. Then they vectorize
   * though pointers may be equal; within a round the order counts.
   */
  void parallel(boolean independent) {
    parallel = independent;
    if (independent) {
      declarations.add(GROUP + " = distinct !{}");
    }
  }

  /** The loops to come are compiled as they are written: not vectorized, nor unrolled. */
  void asWritten() {
    plain = true;
    declarations.add(PLAIN + " = distinct !{" + PLAIN + ", !1000001, !1000002}");
    declarations.add("!1000001 = !{!\"llvm.loop.vectorize.enable\", i1 false}");
    declarations.add("!1000002 = !{!\"llvm.loop.unroll.disable\"}");
  }

  /** Adds an instruction with a result; gives the result's name. */
  String value(String instruction) {
    String name = "%v" + names++;
    text.append("  ").append(name).append(" = ").append(instruction);
    text.append(parallel && instruction.startsWith("load ") ? IN_GROUP : "").append('\n');
    return name;
  }

  /** Adds an instruction without a result. */
  void line(String instruction) {
    text.append("  ").append(instruction);
    text.append(parallel && instruction.startsWith("store ") ? IN_GROUP : "").append('\n');
  }

  /** Adds a call of a function with arguments of one type. */
  String call(String result, String function, String type, String... arguments) {
    String types = Arrays.stream(arguments).map(a -> type).collect(Collectors.joining(", "));
    declarations.add("declare " + result + " @" + function + "(" + types + ")");
    String passed =
        Arrays.stream(arguments).map(a -> type + " " + a).collect(Collectors.joining(", "));
    return value("call " + result + " @" + function + "(" + passed + ")");
  }

  /** A constant table, defined once for the module. */
  void define(String global) {
    declarations.add(global);
  }

  /** A loop from {@code from} up to {@code to}, exclusive, that carries nothing. */
  void loop(String from, String to, java.util.function.Consumer<String> body) {
    loop(
        from,
        to,
        "",
        List.of(),
        (index, carried) -> {
          body.accept(index);
          return List.of();
        });
  }

  /**
   * A loop from {@code from} up to {@code to}, exclusive.
   *
   * @param type of the carried values
   * @return the carried values after the loop
   */
  List<String> loop(String from, String to, String type, List<String> initial, Round round) {
    int id = names++;
    String before = block;
    String head = "loop" + id;
    String exit = "exit" + id;
    String index = "%i" + id;
    boolean runs = from.equals("0") && !to.startsWith("%") && Long.parseLong(to) > 0;
    if (runs) {
      line("br label %" + head);
    } else {
      String any = value("icmp slt i64 " + from + ", " + to);
      line("br i1 " + any + ", label %" + head + ", label %" + exit);
    }
    begin(head);
    int phis = text.length();
    var carried = new ArrayList<String>();
    for (int k = 0; k < initial.size(); k++) {
      carried.add("%c" + id + "." + k);
    }
    List<String> updated = round.at(index, carried);
    String latch = block;
    String next = value("add nuw nsw i64 " + index + ", 1");
    String more = value("icmp slt i64 " + next + ", " + to);
    line("br i1 " + more + ", label %" + head + ", label %" + exit + metadata(id));
    var head0 = new StringBuilder(phi(index, "i64", from, before, next, latch));
    for (int k = 0; k < carried.size(); k++) {
      head0.append(phi(carried.get(k), type, initial.get(k), before, updated.get(k), latch));
    }
    text.insert(phis, head0);
    begin(exit);
    if (runs) {
      return updated;
    }
    var results = new ArrayList<String>();
    for (int k = 0; k < carried.size(); k++) {
      String name = "%r" + id + "." + k;
      text.append(phi(name, type, initial.get(k), before, updated.get(k), latch));
      results.add(name);
    }
    return results;
  }

  /** What is known of a loop. */
  private String metadata(int loop) {
    if (plain) {
      return ", !llvm.loop " + PLAIN;
    }
    if (!parallel) {
      return "";
    }
    String name = "!" + (2 * loop + 1);
    String accesses = "!" + (2 * loop + 2);
    declarations.add(name + " = distinct !{" + name + ", " + accesses + "}");
    declarations.add(accesses + " = !{!\"llvm.loop.parallel_accesses\", " + GROUP + "}");
    return ", !llvm.loop " + name;
  }

  private static String phi(
      String name, String type, String first, String before, String later, String latch) {
    return "  %s = phi %s [ %s, %%%s ], [ %s, %%%s ]\n"
        .formatted(name, type, first, before, later, latch);
  }

  /** One of two branches. */
  void choose(String condition, Runnable yes, Runnable no) {
    int id = names++;
    line("br i1 " + condition + ", label %yes" + id + ", label %no" + id);
    begin("yes" + id);
    yes.run();
    line("br label %chosen" + id);
    begin("no" + id);
    no.run();
    line("br label %chosen" + id);
    begin("chosen" + id);
  }

  /** Begins a block; the one before must have ended in a branch. */
  void begin(String label) {
    text.append(label).append(":\n");
    block = label;
  }

  /** The instructions so far. */
  @Override
  public String toString() {
    return text.toString();
  }
}
