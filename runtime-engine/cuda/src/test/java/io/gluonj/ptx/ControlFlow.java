package io.gluonj.ptx;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The basic blocks of a kernel, which registers live at the start of each, and which blocks a lane
 * enters after it waited.
 *
 * <p>An instruction at which lanes wait ends its block; its results are written by a pseudo
 * instruction {@code resume} that starts the next.
 */
final class ControlFlow {
  /** One basic block: instructions from {@code start} up to {@code end}. */
  record Basic(int start, int end, List<Integer> next) {}

  static final String RESUME = "resume";

  private static final Set<String> COLLECTIVE =
      Set.of("bar", "barrier", "shfl", "vote", "match");
  private static final Set<String> NO_RESULT =
      Set.of(
          "st", "red", "bra", "brx", "ret", "exit", "trap", "prefetch", "prefetchu", "membar",
          "fence", "nanosleep", "discard", "applypriority", "brkpt", "bar", "barrier", "shfl",
          "vote", "match");

  private final List<Instruction> code = new ArrayList<>();
  private final List<Basic> blocks = new ArrayList<>();
  private final List<BitSet> live = new ArrayList<>();
  private final Map<String, Integer> blockOf = new HashMap<>();
  private final FlatKernel kernel;
  private final BitSet resumed = new BitSet();

  /**
   * Analyses a kernel.
   *
   * @param longest instructions in a block at most; longer ones are cut
   */
  ControlFlow(FlatKernel kernel, int longest) {
    this.kernel = kernel;
    var starts = new TreeSet<Integer>(Set.of(0));
    var moved = new int[kernel.body().size() + 1];
    for (int i = 0; i < kernel.body().size(); i++) {
      moved[i] = code.size();
      append(kernel.body().get(i), starts);
    }
    moved[kernel.body().size()] = code.size();
    code.add(new Instruction(0, "exit", List.of(), null, List.of()));
    for (int at : kernel.labels().values()) {
      starts.add(moved[at]);
    }
    starts.remove(code.size());
    cut(starts, longest, moved);
    flow();
  }

  private void append(Instruction one, Set<Integer> starts) {
    code.add(one);
    if (waits(one)) {
      starts.add(code.size());
      if (hasResult(one)) {
        if (one.guard() != null) {
          throw one.unsupported("a predicate on an instruction that waits for a result");
        }
        code.add(
            new Instruction(
                one.line(), RESUME, one.modifiers(), null, List.of(one.operand(0))));
      }
    } else if (ends(one)) {
      starts.add(code.size());
    }
  }

  private void cut(Set<Integer> starts, int longest, int[] moved) {
    var bounds = new ArrayList<Integer>();
    int last = 0;
    for (int start : starts) {
      for (int at = last + longest; at < start; at += longest) {
        bounds.add(at);
      }
      bounds.add(start);
      last = start;
    }
    for (int at = last + longest; at < code.size(); at += longest) {
      bounds.add(at);
    }
    bounds.add(code.size());
    var indexOf = new HashMap<Integer, Integer>();
    for (int i = 0; i + 1 < bounds.size(); i++) {
      indexOf.put(bounds.get(i), i);
    }
    kernel.labels().forEach((label, at) -> {
      Integer block = indexOf.get(moved[at]);
      if (block != null) {
        blockOf.put(label, block);
      }
    });
    for (int i = 0; i + 1 < bounds.size(); i++) {
      blocks.add(new Basic(bounds.get(i), bounds.get(i + 1), next(bounds.get(i + 1), i)));
    }
  }

  private List<Integer> next(int end, int index) {
    Instruction last = code.get(end - 1);
    var next = new ArrayList<Integer>();
    switch (last.op()) {
      case "bra" -> next.add(target(last, last.operand(0)));
      case "brx" -> targets(last).forEach(next::add);
      default -> {}
    }
    if (waits(last)) {
      resumed.set(index + 1);
    }
    if (!ends(last) || last.guard() != null) {
      next.add(index + 1);
    }
    return next;
  }

  private void flow() {
    for (int i = 0; i < blocks.size(); i++) {
      live.add(new BitSet());
    }
    boolean changed = true;
    while (changed) {
      changed = false;
      for (int i = blocks.size() - 1; i >= 0; i--) {
        BitSet in = before(blocks.get(i));
        if (!in.equals(live.get(i))) {
          live.set(i, in);
          changed = true;
        }
      }
    }
  }

  private BitSet before(Basic block) {
    var set = new BitSet();
    for (int next : block.next()) {
      set.or(live.get(next));
    }
    for (int i = block.end() - 1; i >= block.start(); i--) {
      Instruction one = code.get(i);
      if (one.guard() == null && hasResult(one) && !waits(one)) {
        set.andNot(registers(one.operand(0)));
      }
      set.or(used(one));
    }
    return set;
  }

  /** Registers an instruction reads, or may leave as they are. */
  private static BitSet used(Instruction one) {
    var set = new BitSet();
    if (one.guard() != null) {
      set.or(registers(one.guard()));
    }
    boolean result = hasResult(one);
    for (int i = 0; i < one.operands().size(); i++) {
      boolean written = i == 0 && result;
      if (!written || (one.guard() != null && !waits(one))) {
        set.or(registers(one.operands().get(i)));
      }
    }
    return set;
  }

  private static BitSet registers(Operand operand) {
    var set = new BitSet();
    collect(operand, set);
    return set;
  }

  static void collect(Operand operand, BitSet set) {
    switch (operand) {
      case Operand.Reg reg -> set.set(reg.index());
      case Operand.Address address -> collect(address.base(), set);
      case Operand.Group group -> group.elements().forEach(e -> collect(e, set));
      case Operand.Pair pair -> {
        collect(pair.first(), set);
        collect(pair.second(), set);
      }
      case Operand.Not not -> collect(not.predicate(), set);
      case Operand.Special s -> {}
      case Operand.Immediate i -> {}
      case Operand.Symbol s -> {}
      case Operand.Place p -> {}
    }
  }

  /** Whether lanes wait for others here. */
  static boolean waits(Instruction one) {
    return COLLECTIVE.contains(one.op());
  }

  private static boolean ends(Instruction one) {
    return switch (one.op()) {
      case "bra", "brx", "ret", "exit", "trap" -> true;
      default -> false;
    };
  }

  /** Whether the first operand is written, by itself or by the {@code resume} that follows. */
  private static boolean hasResult(Instruction one) {
    return switch (one.op()) {
      case "shfl", "vote", "match" -> true;
      case "bar", "barrier" -> one.has("red");
      default -> !NO_RESULT.contains(one.op());
    };
  }

  int target(Instruction branch, Operand label) {
    if (label instanceof Operand.Symbol(String name)) {
      Integer block = blockOf.get(name);
      if (block != null) {
        return block;
      }
    }
    throw branch.unsupported("the label is not declared");
  }

  List<Integer> targets(Instruction branch) {
    if (branch.operand(1) instanceof Operand.Symbol(String table)) {
      List<String> labels = kernel.targets().get(table);
      if (labels != null) {
        return labels.stream()
            .map(label -> target(branch, new Operand.Symbol(label)))
            .toList();
      }
    }
    throw branch.unsupported("the table of labels is not declared");
  }

  List<Instruction> code() {
    return code;
  }

  List<Basic> blocks() {
    return blocks;
  }

  /** Registers whose value matters at the start of a block. */
  BitSet live(int block) {
    return live.get(block);
  }

  /** Whether lanes enter a block after they waited. */
  boolean resumed(int block) {
    return resumed.get(block);
  }

  boolean anyResumed() {
    return !resumed.isEmpty();
  }
}
