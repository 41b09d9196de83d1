package io.gluonj.ptx;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads PTX as LLVM writes it. */
final class PtxParser {
  private static final Set<String> LINKAGE = Set.of(".visible", ".extern", ".weak", ".common");

  private final Tokens tokens;
  private final Map<String, Variable> variables = new LinkedHashMap<>();
  private final Map<String, PtxFunction> functions = new LinkedHashMap<>();

  private PtxParser(String text) {
    tokens = new Tokens(text);
  }

  static PtxText parse(String text) {
    return new PtxParser(text).module();
  }

  private PtxText module() {
    while (!tokens.ended()) {
      String word = tokens.take();
      switch (word) {
        case ".version", ".target", ".address_size" -> {
          tokens.take();
          while (tokens.skip(",")) {
            tokens.take();
          }
        }
        case ".entry" -> function(true);
        case ".func" -> function(false);
        default -> {
          if (LINKAGE.contains(word)) {
            continue;
          }
          Space space = Space.named(word.substring(1));
          if (!word.startsWith(".") || space == null) {
            throw tokens.error("'" + word + "' is not known at module scope");
          }
          for (Variable variable : variables(tokens, space)) {
            variables.merge(variable.name(), variable, (a, b) -> b.init() == null ? a : b);
          }
        }
      }
    }
    return new PtxText(variables, functions);
  }

  private void function(boolean kernel) {
    List<Variable> results = kernel ? List.of() : parameters();
    String name = tokens.take();
    List<Variable> parameters = parameters();
    while (!tokens.peek().equals("{")) {
      if (tokens.skip(";")) {
        return; // a declaration; the definition follows
      }
      tokens.take(); // .maxntid 256, 1, 1 and the like bound what a compiler may assume
    }
    tokens.expect("{");
    functions.put(name, new BodyParser(tokens, parameters, results).parse(name, kernel));
  }

  private List<Variable> parameters() {
    var parameters = new ArrayList<Variable>();
    if (tokens.skip("(")) {
      while (!tokens.skip(")")) {
        if (tokens.skip(".param")) {
          parameters.add(variable(tokens, Space.PARAM));
        } else {
          throw tokens.error("only parameters in .param are known");
        }
        tokens.skip(",");
      }
    }
    return parameters;
  }

  /** Variables of one declaration, up to its semicolon. */
  static List<Variable> variables(Tokens tokens, Space space) {
    var all = new ArrayList<Variable>();
    Variable first = variable(tokens, space);
    all.add(first);
    while (tokens.skip(",")) {
      all.add(named(tokens, space, first.type(), first.align()));
    }
    tokens.expect(";");
    return all;
  }

  private static Variable variable(Tokens tokens, Space space) {
    int align = 0;
    boolean pointer = false;
    PtxType type = null;
    while (tokens.peek().startsWith(".")) {
      String word = tokens.take().substring(1);
      switch (word) {
        case "align" -> {
          int given = Integer.parseInt(tokens.take());
          align = pointer ? align : given; // else of what the parameter points to
        }
        case "ptr" -> pointer = true;
        case "attribute" -> {}
        default -> {
          PtxType found = PtxType.named(word);
          if (found != null) {
            type = found;
          } else if (Space.named(word) == null) {
            throw tokens.error("'." + word + "' is not known in a declaration");
          }
        }
      }
    }
    if (type == null) {
      throw tokens.error("a declaration has no type");
    }
    return named(tokens, space, type, Math.max(align, type.bytes()));
  }

  private static Variable named(Tokens tokens, Space space, PtxType type, int align) {
    String name = tokens.take();
    long count = 1;
    while (tokens.skip("[")) {
      count *= tokens.peek().equals("]") ? 0 : Long.decode(tokens.take());
      tokens.expect("]");
    }
    List<Operand> init = tokens.skip("=") ? initialiser(tokens) : null;
    return new Variable(space, name, type, count * type.bytes(), align, init);
  }

  private static List<Operand> initialiser(Tokens tokens) {
    var values = new ArrayList<Operand>();
    if (!tokens.skip("{")) {
      values.add(Operands.operand(tokens, PtxParser::noRegister));
      return values;
    }
    while (!tokens.skip("}")) {
      if (tokens.peek().equals("{")) {
        values.addAll(initialiser(tokens));
      } else {
        values.add(Operands.operand(tokens, PtxParser::noRegister));
      }
      tokens.skip(",");
    }
    return values;
  }

  private static @Nullable Operand noRegister(String name) {
    return null;
  }
}
