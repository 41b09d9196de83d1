package io.gluonj.ptx;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the body of a function: declarations, labels and instructions, in nested scopes. */
final class BodyParser {
  private final Tokens tokens;
  private final List<Variable> parameters;
  private final List<Variable> results;
  private final Deque<Map<String, Operand>> scopes = new ArrayDeque<>();
  private final List<Instruction> body = new ArrayList<>();
  private final Map<String, Integer> labels = new LinkedHashMap<>();
  private final Map<String, List<String>> targets = new HashMap<>();
  private final List<Variable> variables = new ArrayList<>();
  private int registers;

  BodyParser(Tokens tokens, List<Variable> parameters, List<Variable> results) {
    this.tokens = tokens;
    this.parameters = parameters;
    this.results = results;
  }

  /** Reads what follows the opening brace, up to and with the closing one. */
  PtxFunction parse(String name, boolean kernel) {
    scopes.push(new HashMap<>());
    while (!scopes.isEmpty()) {
      statement();
    }
    return new PtxFunction(
        name, kernel, parameters, results, body, labels, targets, registers, variables);
  }

  private void statement() {
    String word = tokens.peek();
    if (tokens.skip("{")) {
      scopes.push(new HashMap<>());
    } else if (tokens.skip("}")) {
      scopes.pop();
    } else if (tokens.skip(";")) {
      return;
    } else if (tokens.peek(1).equals(":")) {
      tokens.take();
      tokens.take();
      label(word);
    } else if (word.startsWith(".")) {
      declaration(tokens.take());
    } else {
      instruction();
    }
  }

  private void label(String name) {
    if (!tokens.skip(".branchtargets")) {
      labels.put(name, body.size());
      return;
    }
    var names = new ArrayList<String>();
    do {
      names.add(tokens.take());
    } while (tokens.skip(","));
    tokens.expect(";");
    targets.put(name, names);
  }

  private void declaration(String word) {
    if (word.equals(".reg")) {
      registers();
      return;
    }
    if (word.equals(".pragma")) {
      tokens.take();
      tokens.expect(";");
      return;
    }
    Space space = Space.named(word.substring(1));
    if (space == null) {
      throw tokens.error("'" + word + "' is not known in a function");
    }
    for (Variable v : PtxParser.variables(tokens, space)) {
      String unique = v.name() + "@" + variables.size();
      variables.add(new Variable(space, unique, v.type(), v.bytes(), v.align(), v.init()));
      scope().put(v.name(), new Operand.Symbol(unique));
    }
  }

  private void registers() {
    String suffix = tokens.take().substring(1);
    PtxType type = PtxType.named(suffix);
    if (type == null) {
      throw tokens.error("registers of type '" + suffix + "' are not known");
    }
    do {
      String name = tokens.take();
      if (tokens.skip("<")) {
        int count = Integer.parseInt(tokens.take());
        tokens.expect(">");
        for (int i = 0; i < count; i++) {
          register(name + i, type);
        }
      } else {
        register(name, type);
      }
    } while (tokens.skip(","));
    tokens.expect(";");
  }

  private void register(String name, PtxType type) {
    scope().put(name, new Operand.Reg(registers++, type, name));
  }

  private Map<String, Operand> scope() {
    Map<String, Operand> scope = scopes.peek();
    if (scope == null) {
      throw tokens.error("a declaration stands outside a function");
    }
    return scope;
  }

  private @Nullable Operand lookUp(String name) {
    for (Map<String, Operand> scope : scopes) {
      Operand found = scope.get(name);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private void instruction() {
    Operand guard = null;
    if (tokens.skip("@")) {
      guard = Operands.operand(tokens, this::lookUp);
    }
    int line = tokens.line();
    String[] parts = tokens.take().split("\\.", -1);
    var operands = new ArrayList<Operand>();
    while (!tokens.skip(";")) {
      operands.add(Operands.operand(tokens, this::lookUp));
      if (!tokens.peek().equals(";")) {
        tokens.expect(",");
      }
    }
    List<String> modifiers = List.of(parts).subList(1, parts.length);
    body.add(new Instruction(line, parts[0], modifiers, guard, operands));
  }
}
