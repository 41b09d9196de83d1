package io.gluonj.processor.check;

import io.gluonj.processor.diag.Diag;
import io.gluonj.processor.diag.Finding;
import io.gluonj.processor.diag.Suggest;
import io.gluonj.processor.model.Access;
import io.gluonj.processor.model.Attribute;
import io.gluonj.processor.model.Dimension;
import io.gluonj.processor.model.Expression;
import io.gluonj.processor.model.Expression.Operator;
import io.gluonj.processor.model.FieldDeclaration;
import io.gluonj.processor.model.FieldKind;
import java.util.List;

/**
 * Reads one entry of a shape.
 *
 * <pre>
 * dimension := '?' | name '...' | sum
 * sum       := product (('+' | '-') product)*
 * product   := atom (('*' | '/') atom)*
 * atom      := integer | name | name '[' sum ']' | '(' sum ')'
 * </pre>
 */
final class ShapeParser {
  private final Scope scope;
  private final String block;
  private final String generated;
  private final FieldDeclaration param;
  private final Attribute<String> entry;
  private final String text;
  private int at;

  ShapeParser(
      Scope scope,
      String block,
      String generated,
      FieldDeclaration param,
      Attribute<String> entry) {
    this.scope = scope;
    this.block = block;
    this.generated = generated;
    this.param = param;
    this.entry = entry;
    this.text = entry.value();
  }

  /** Ends the reading of an entry; the finding says why. */
  static final class Rejected extends Exception {
    private static final long serialVersionUID = 1;
    private final transient Finding finding;

    Rejected(Finding finding) {
      super(finding.message());
      this.finding = finding;
    }

    Finding finding() {
      return finding;
    }
  }

  /** Reads the whole entry. */
  Dimension parse() throws Rejected {
    if (text.isBlank()) {
      throw syntax("the entry is empty", "write \"?\" for a dimension that the input determines");
    }
    if (accept("?")) {
      if (!atEnd()) {
        throw syntax(
            "'?' stands beside something else", "an unknown dimension stands alone: \"?\"");
      }
      return new Dimension.Unknown();
    }
    Expression value = sum(true);
    if (value instanceof Expression.Field array && accept("...")) {
      if (!atEnd()) {
        throw unexpected();
      }
      return new Dimension.Splice(array);
    }
    if (!atEnd()) {
      throw unexpected();
    }
    return new Dimension.Known(value);
  }

  private Expression sum(boolean mayBeArray) throws Rejected {
    Expression left = product(mayBeArray);
    while (true) {
      if (accept("+")) {
        left = new Expression.Binary(left, Operator.PLUS, product(false));
      } else if (accept("-")) {
        left = new Expression.Binary(left, Operator.MINUS, product(false));
      } else {
        return left;
      }
    }
  }

  private Expression product(boolean mayBeArray) throws Rejected {
    Expression left = atom(mayBeArray);
    while (true) {
      if (accept("*")) {
        left = new Expression.Binary(left, Operator.TIMES, atom(false));
      } else if (accept("/")) {
        left = new Expression.Binary(left, Operator.DIVIDE, divisor());
      } else {
        return left;
      }
    }
  }

  private Expression divisor() throws Rejected {
    Expression divisor = atom(false);
    if (divisor instanceof Expression.Literal(long value) && value == 0) {
      throw syntax("it divides by zero", "divide by the number or field that is meant");
    }
    return divisor;
  }

  private Expression atom(boolean mayBeArray) throws Rejected {
    if (accept("(")) {
      Expression inner = sum(false);
      expect(")");
      return new Expression.Parenthesized(inner);
    }
    skipSpace();
    if (at < text.length() && Character.isDigit(text.charAt(at))) {
      return literal();
    }
    if (at < text.length() && Character.isJavaIdentifierStart(text.charAt(at))) {
      return name(mayBeArray);
    }
    throw unexpected();
  }

  private Expression literal() throws Rejected {
    int start = at;
    while (at < text.length() && Character.isJavaIdentifierPart(text.charAt(at))) {
      at++;
    }
    String digits = text.substring(start, at);
    try {
      return new Expression.Literal(Long.parseLong(digits));
    } catch (NumberFormatException notALong) {
      throw syntax(
          "'" + digits + "' is not an integer below 2^63", "write decimal digits, or a field name");
    }
  }

  private Expression name(boolean mayBeArray) throws Rejected {
    int start = at;
    while (at < text.length() && Character.isJavaIdentifierPart(text.charAt(at))) {
      at++;
    }
    String name = text.substring(start, at);
    FieldDeclaration field = resolve(name);
    if (accept("[")) {
      requireKind(field, FieldKind.INTEGER_ARRAY, "an int[] or long[]", name + "[...]");
      Expression index = sum(false);
      expect("]");
      return new Expression.Element(Scope.reference(field), index);
    }
    skipSpace();
    if (mayBeArray && text.startsWith("...", at)) {
      requireKind(field, FieldKind.INTEGER_ARRAY, "an int[] or long[]", name + "...");
    } else {
      requireKind(field, FieldKind.INTEGER, "an integer", name);
    }
    return Scope.reference(field);
  }

  private FieldDeclaration resolve(String name) throws Rejected {
    FieldDeclaration field = scope.find(name).orElse(null);
    if (field == null) {
      List<String> names = scope.names(FieldKind.INTEGER, FieldKind.INTEGER_ARRAY);
      throw reject(
          Diag.SHAPE_NAME_UNKNOWN,
          "name",
          name,
          "class",
          block,
          "found",
          quoted(),
          "fields",
          names.isEmpty() ? "none" : String.join(", ", names),
          "fix",
          Suggest.didYouMean(
              name, names, "declare: final int " + name + "; or write \"?\" to leave it open"));
    }
    boolean isNumber = field.kind() == FieldKind.INTEGER || field.kind() == FieldKind.INTEGER_ARRAY;
    if (isNumber && field.access() != Access.REACHABLE) {
      throw reject(
          Diag.SHAPE_NAME_UNREACHABLE,
          "name",
          name,
          "class",
          block,
          "generated",
          generated,
          "found",
          (field.access() == Access.PRIVATE ? "private " : "non-public ")
              + field.typeText()
              + " "
              + name
              + " in "
              + field.owner().canonicalName(),
          "fix",
          field.access() == Access.PRIVATE
              ? "remove 'private' from " + name
              : "make " + name + " public, or keep its value in a field of " + block);
    }
    return field;
  }

  private void requireKind(FieldDeclaration field, FieldKind kind, String wanted, String used)
      throws Rejected {
    if (field.kind() == kind) {
      return;
    }
    String fix =
        switch (field.kind()) {
          case INTEGER -> "write " + field.name() + " alone";
          case INTEGER_ARRAY ->
              "write an element, "
                  + field.name()
                  + "[0], or all of them as dimensions, \""
                  + field.name()
                  + "...\"";
          case PARAMETER,
              BLOCK,
              BLOCK_LIST,
              BLOCK_MAP,
              BLOCK_ARRAY,
              HIDDEN_BLOCKS,
              BOOLEAN,
              INITIALIZER,
              OTHER ->
              Suggest.didYouMean(field.name(), scope.names(kind), "name a field that is " + wanted);
        };
    throw reject(
        Diag.SHAPE_NAME_NOT_INTEGER,
        "name",
        field.name(),
        "wanted",
        wanted,
        "type",
        field.typeText(),
        "used",
        used,
        "fix",
        fix);
  }

  private Rejected unexpected() {
    skipSpace();
    if (atEnd()) {
      return syntax("it ends too early", "complete the expression, such as \"channels / groups\"");
    }
    char found = text.charAt(at);
    String fix =
        switch (found) {
          case ',' -> "write each dimension as a string of its own: {\"units\", \"?\"}";
          case '-' -> "a dimension is not negative; an unknown one is written \"?\"";
          case '?' -> "an unknown dimension stands alone: \"?\"";
          case '.' -> "all elements of an array stand alone: \"kernel...\"";
          default -> "write an expression such as \"channels / groups\"";
        };
    return syntax("'" + found + "' is unexpected at position " + (at + 1), fix);
  }

  private Rejected syntax(String problem, String fix) {
    return reject(Diag.SHAPE_SYNTAX, "problem", problem, "found", quoted(), "fix", fix);
  }

  private Rejected reject(Diag diag, String... namesAndWords) {
    String[] words = new String[namesAndWords.length + 2];
    System.arraycopy(namesAndWords, 0, words, 2, namesAndWords.length);
    words[0] = "field";
    words[1] = param.name();
    return new Rejected(Finding.of(diag, entry.origin(), words));
  }

  private String quoted() {
    return "\"" + text + "\"";
  }

  private boolean accept(String token) {
    skipSpace();
    if (text.startsWith(token, at)) {
      at += token.length();
      return true;
    }
    return false;
  }

  private void expect(String token) throws Rejected {
    if (!accept(token)) {
      throw unexpected();
    }
  }

  private boolean atEnd() {
    skipSpace();
    return at == text.length();
  }

  private void skipSpace() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }
}
