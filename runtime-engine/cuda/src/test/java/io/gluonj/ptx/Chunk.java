package io.gluonj.ptx;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.instruction.SwitchCase;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Some basic blocks in a row that become one method.
 *
 * @param end the first block behind it
 */
record Chunk(int first, int end) {
  boolean contains(int block) {
    return block >= first && block < end;
  }

  /** Writes the method. */
  static final class Writer {
    private static final int ENTRY_SLOT = 2;
    private static final int COUNT_SLOT = 3;

    private final FlatKernel kernel;
    private final ControlFlow flow;
    private final Chunk chunk;
    private final List<Instruction> sites;
    private final Map<Integer, Label> labels = new HashMap<>();

    Writer(FlatKernel kernel, ControlFlow flow, Chunk chunk, List<Instruction> sites) {
      this.kernel = kernel;
      this.flow = flow;
      this.chunk = chunk;
      this.sites = sites;
    }

    void write(CodeBuilder builder) {
      var code = new Code(builder, sites);
      labels.clear();
      builder.lconst_0().lstore(COUNT_SLOT);
      declare(code);
      enter(code);
      for (int block = chunk.first(); block < chunk.end(); block++) {
        builder.labelBinding(label(code, block));
        block(code, block);
      }
    }

    private Label label(Code code, int block) {
      return labels.computeIfAbsent(block, _ -> code.builder().newLabel());
    }

    /** Gives every register a local variable, and a value where blocks meet. */
    private void declare(Code code) {
      var crossing = new BitSet();
      for (int block = chunk.first(); block < chunk.end(); block++) {
        crossing.or(flow.live(block));
        ControlFlow.Basic basic = flow.blocks().get(block);
        for (Instruction one : flow.code().subList(basic.start(), basic.end())) {
          one.operands().forEach(operand -> declare(code, operand));
          if (one.guard() != null) {
            declare(code, one.guard());
          }
        }
      }
      crossing.stream().filter(code.known()::containsKey).forEach(code::clear);
    }

    private static void declare(Code code, Operand operand) {
      switch (operand) {
        case Operand.Reg reg -> code.slot(reg);
        case Operand.Address address -> declare(code, address.base());
        case Operand.Group group -> group.elements().forEach(e -> declare(code, e));
        case Operand.Pair pair -> {
          declare(code, pair.first());
          declare(code, pair.second());
        }
        case Operand.Not not -> declare(code, not.predicate());
        case Operand.Special s -> {}
        case Operand.Immediate i -> {}
        case Operand.Symbol s -> {}
        case Operand.Place p -> {}
      }
    }

    /** Jumps to the block that the lane enters, with its registers. */
    private void enter(Code code) {
      CodeBuilder builder = code.builder();
      var entries = new ArrayList<Integer>();
      for (int block = chunk.first(); block < chunk.end(); block++) {
        if (flow.resumed(block) || fromOutside(block)) {
          entries.add(block);
        }
      }
      if (entries.isEmpty()) {
        return;
      }
      var stubs = new HashMap<Integer, Label>();
      var cases = new ArrayList<SwitchCase>();
      for (int block : entries) {
        Label stub = builder.newLabel();
        stubs.put(block, stub);
        cases.add(SwitchCase.of(block, stub));
      }
      builder.iload(ENTRY_SLOT).lookupswitch(label(code, chunk.first()), cases);
      for (int block : entries) {
        builder.labelBinding(stubs.get(block));
        flow.live(block).stream().filter(code.known()::containsKey).forEach(code::restore);
        builder.goto_(label(code, block));
      }
    }

    private boolean fromOutside(int block) {
      for (int from = 0; from < flow.blocks().size(); from++) {
        if (!chunk.contains(from) && flow.blocks().get(from).next().contains(block)) {
          return true;
        }
      }
      return false;
    }

    private void block(Code code, int block) {
      ControlFlow.Basic basic = flow.blocks().get(block);
      CodeBuilder builder = code.builder();
      builder.lload(COUNT_SLOT);
      builder.loadConstant((long) (basic.end() - basic.start())).ladd().lstore(COUNT_SLOT);
      for (int i = basic.start(); i < basic.end(); i++) {
        Instruction one = flow.code().get(i);
        builder.lineNumber(one.line() & 0xFFFF);
        try {
          one(code, one, block);
        } catch (IllegalArgumentException e) {
          throw new PtxException(
              "PTX line " + one.line() + ": " + one.mnemonic() + " has unsuitable operands", e);
        }
      }
      Instruction last = flow.code().get(basic.end() - 1);
      boolean falls = basic.next().contains(block + 1) && !ControlFlow.waits(last);
      if (falls && !chunk.contains(block + 1)) {
        go(code, block + 1, block, last);
      }
    }

    private void one(Code code, Instruction one, int block) {
      CodeBuilder builder = code.builder();
      Operand guard = one.guard();
      if (guard == null) {
        perform(code, one, block);
        return;
      }
      Label skip = builder.newLabel();
      code.push(guard, PtxType.PRED);
      builder.ifeq(skip);
      perform(code, one, block);
      builder.labelBinding(skip);
      if (ControlFlow.waits(one)) {
        go(code, block + 1, block, one);
      }
    }

    private void perform(Code code, Instruction one, int block) {
      switch (one.op()) {
        case "bra" -> go(code, flow.target(one, one.operand(0)), block, one);
        case "brx" -> {
          List<Integer> targets = flow.targets(one);
          for (int i = 0; i < targets.size(); i++) {
            Label next = code.builder().newLabel();
            code.push(one.operand(0), PtxType.U32);
            code.builder().loadConstant(i).if_icmpne(next);
            go(code, targets.get(i), block, one);
            code.builder().labelBinding(next);
          }
          trap(code, one);
        }
        case "ret", "exit" -> leave(code, Body.EXITED);
        case "trap" -> trap(code, one);
        default -> {
          if (ControlFlow.waits(one)) {
            Collectives.emit(code, one);
            keep(code, block + 1);
            code.lane();
            code.builder()
                .loadConstant(block + 1)
                .putfield(Code.LANE, "entry", java.lang.constant.ConstantDescs.CD_int);
            leave(code, Body.WAITS);
          } else {
            Emitter.emit(code, one);
          }
        }
      }
    }

    private static void trap(Code code, Instruction one) {
      code.lane();
      code.builder().loadConstant(code.site(one));
      code.onLane("trap", "(I)Lio/gluonj/ptx/PtxException;");
      code.builder().athrow();
    }

    /** Goes to a block, here or in another chunk. */
    private void go(Code code, int target, int from, Instruction one) {
      CodeBuilder builder = code.builder();
      if (target <= from) {
        code.lane();
        builder.lload(COUNT_SLOT).loadConstant(code.site(one));
        code.onLane("count", "(JI)V");
      }
      if (chunk.contains(target)) {
        builder.goto_(label(code, target));
      } else {
        keep(code, target);
        leave(code, target);
      }
    }

    private void keep(Code code, int target) {
      flow.live(target).stream().filter(code.known()::containsKey).forEach(code::save);
    }

    private void leave(Code code, int value) {
      code.lane();
      code.builder().lload(COUNT_SLOT);
      code.onLane("executed", "(J)V");
      code.builder().loadConstant(value).ireturn();
    }

    @Override
    public String toString() {
      return kernel.name() + chunk;
    }
  }
}
