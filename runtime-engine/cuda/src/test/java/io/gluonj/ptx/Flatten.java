package io.gluonj.ptx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Copies called functions into a kernel and gives every variable its place. */
final class Flatten {
  /** Deeper nesting can only be recursion, which the machine does not have. */
  private static final int MAX_DEPTH = 32;

  private final PtxText text;
  private final Map<String, Long> globals;
  private final List<Instruction> body = new ArrayList<>();
  private final Map<String, Integer> labels = new HashMap<>();
  private final Map<String, List<String>> targets = new HashMap<>();
  private final Map<String, Operand.Place> shared = new LinkedHashMap<>();
  private int registers;
  private int copies;
  private long localBytes;
  private long sharedBytes;
  private long dynamicAlign = 16;

  private Flatten(PtxText text, Map<String, Long> globals) {
    this.text = text;
    this.globals = globals;
  }

  /**
   * Flattens one kernel.
   *
   * @param globals addresses of the module's variables in global and constant memory
   */
  static FlatKernel kernel(PtxText text, String name, Map<String, Long> globals) {
    PtxFunction function = text.function(name);
    if (!function.kernel()) {
      throw new PtxException("PTX function '" + name + "' is not a kernel");
    }
    var flatten = new Flatten(text, globals);
    var places = new HashMap<String, Operand.Place>();
    long at = 0;
    for (Variable parameter : function.parameters()) {
      at = parameter.place(at);
      places.put(parameter.name(), new Operand.Place(Space.PARAM, at));
      at += parameter.bytes();
    }
    flatten.shareModuleVariables();
    flatten.copy(function, places, 0);
    return flatten.result(name, at);
  }

  private FlatKernel result(String name, long parameterBytes) {
    long dynamic = (sharedBytes + dynamicAlign - 1) / dynamicAlign * dynamicAlign;
    return new FlatKernel(
        name, body, labels, targets, registers, localBytes, dynamic, parameterBytes);
  }

  private void shareModuleVariables() {
    var open = new ArrayList<Variable>();
    for (Variable variable : text.variables().values()) {
      if (variable.space() == Space.SHARED) {
        if (variable.bytes() == 0) {
          open.add(variable);
          dynamicAlign = Math.max(dynamicAlign, variable.align());
        } else {
          share(variable);
        }
      }
    }
    long end = (sharedBytes + dynamicAlign - 1) / dynamicAlign * dynamicAlign;
    for (Variable variable : open) {
      shared.put(variable.name(), new Operand.Place(Space.SHARED, end));
    }
  }

  private Operand.Place share(Variable variable) {
    sharedBytes = variable.place(sharedBytes);
    var place = new Operand.Place(Space.SHARED, sharedBytes);
    shared.put(variable.name(), place);
    sharedBytes += variable.bytes();
    return place;
  }

  private void copy(PtxFunction function, Map<String, Operand.Place> given, int depth) {
    if (depth > MAX_DEPTH) {
      throw new PtxException("PTX function '" + function.name() + "' calls itself");
    }
    int firstRegister = registers;
    registers += function.registers();
    String suffix = "#" + copies++;
    var places = new HashMap<>(given);
    for (Variable variable : function.variables()) {
      places.put(variable.name(), place(variable));
    }
    var starts = new int[function.body().size() + 1];
    for (int i = 0; i < function.body().size(); i++) {
      starts[i] = body.size();
      Instruction one = function.body().get(i);
      if (one.op().equals("call")) {
        call(one, places, depth);
      } else if (one.op().equals("ret") && depth > 0) {
        body.add(jump(one, "end" + suffix, firstRegister, suffix, places));
      } else {
        body.add(rename(one, firstRegister, suffix, places));
      }
    }
    starts[function.body().size()] = body.size();
    labels.put("end" + suffix, body.size());
    function.labels().forEach((label, at) -> labels.put(label + suffix, starts[at]));
    function
        .targets()
        .forEach((table, all) ->
            targets.put(table + suffix, all.stream().map(label -> label + suffix).toList()));
  }

  private Operand.Place place(Variable variable) {
    if (variable.space() == Space.SHARED) {
      return share(variable);
    }
    if (variable.space() != Space.LOCAL && variable.space() != Space.PARAM) {
      throw new PtxException(
          "PTX variable '" + variable.name() + "' in " + variable.space() + " inside a function");
    }
    localBytes = variable.place(localBytes);
    var place = new Operand.Place(Space.LOCAL, localBytes);
    localBytes += variable.bytes();
    return place;
  }

  private Instruction jump(
      Instruction one, String label, int first, String suffix, Map<String, Operand.Place> places) {
    Operand guard = one.guard();
    return new Instruction(
        one.line(),
        "bra",
        List.of(),
        guard == null ? null : rename(guard, one, first, suffix, places),
        List.of(new Operand.Symbol(label)));
  }

  /** {@code call (results), name, (arguments)}, where results and arguments may be left out. */
  private void call(Instruction one, Map<String, Operand.Place> places, int depth) {
    if (one.guard() != null) {
      throw one.unsupported("a call under a predicate");
    }
    var operands = new ArrayList<>(one.operands());
    List<Operand> results = List.of();
    if (operands.getFirst() instanceof Operand.Group(List<Operand> elements)) {
      results = elements;
      operands.removeFirst();
    }
    if (!(operands.getFirst() instanceof Operand.Symbol(String name))) {
      throw one.unsupported("a call through a register");
    }
    List<Operand> arguments =
        operands.size() > 1 && operands.get(1) instanceof Operand.Group(List<Operand> elements)
            ? elements
            : List.of();
    PtxFunction callee = text.function(name);
    var given = new HashMap<String, Operand.Place>();
    bind(one, callee.parameters(), arguments, places, given);
    bind(one, callee.results(), results, places, given);
    copy(callee, given, depth + 1);
  }

  private static void bind(
      Instruction call,
      List<Variable> declared,
      List<Operand> passed,
      Map<String, Operand.Place> places,
      Map<String, Operand.Place> given) {
    if (declared.size() != passed.size()) {
      throw call.unsupported(passed.size() + " arguments for " + declared.size() + " parameters");
    }
    for (int i = 0; i < declared.size(); i++) {
      Operand.Place place =
          passed.get(i) instanceof Operand.Symbol(String name) ? places.get(name) : null;
      if (place == null) {
        throw call.unsupported("an argument that is not a variable in .param");
      }
      given.put(declared.get(i).name(), place);
    }
  }

  private Instruction rename(
      Instruction one, int first, String suffix, Map<String, Operand.Place> places) {
    Operand guard = one.guard();
    return one.with(
        guard == null ? null : rename(guard, one, first, suffix, places),
        one.operands().stream()
            .map(operand -> rename(operand, one, first, suffix, places))
            .toList());
  }

  private Operand rename(
      Operand operand,
      Instruction one,
      int first,
      String suffix,
      Map<String, Operand.Place> places) {
    return switch (operand) {
      case Operand.Reg(int index, PtxType type, String name) ->
          new Operand.Reg(first + index, type, name);
      case Operand.Special special -> special;
      case Operand.Immediate immediate -> immediate;
      case Operand.Place place -> place;
      case Operand.Symbol(String name) -> symbol(name, one, suffix, places);
      case Operand.Address(Operand base, long offset) ->
          rename(base, one, first, suffix, places) instanceof Operand.Place(Space s, long v)
              ? new Operand.Address(new Operand.Place(s, v + offset), 0)
              : new Operand.Address(rename(base, one, first, suffix, places), offset);
      case Operand.Group(List<Operand> elements) ->
          new Operand.Group(
              elements.stream().map(e -> rename(e, one, first, suffix, places)).toList());
      case Operand.Pair(Operand a, Operand b) ->
          new Operand.Pair(
              rename(a, one, first, suffix, places), rename(b, one, first, suffix, places));
      case Operand.Not(Operand predicate) ->
          new Operand.Not(rename(predicate, one, first, suffix, places));
    };
  }

  private Operand symbol(
      String name, Instruction one, String suffix, Map<String, Operand.Place> places) {
    if (name.equals("_")) {
      return new Operand.Symbol(name);
    }
    if (one.op().equals("bra") || one.op().equals("brx")) {
      return new Operand.Symbol(name + suffix);
    }
    Operand.@Nullable Place place = places.get(name);
    if (place == null) {
      place = shared.get(name);
    }
    if (place != null) {
      return place;
    }
    Long address = globals.get(name);
    if (address == null) {
      throw one.unsupported("'" + name + "' is not declared");
    }
    return new Operand.Place(Space.GLOBAL, address);
  }
}
