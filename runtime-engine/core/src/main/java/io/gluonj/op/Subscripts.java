package io.gluonj.op;

import io.gluonj.types.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The subscripts of an {@link Einsum} as NumPy writes them, {@code "ij,jk->ik"}: for each operand
 * one letter an axis, then the axes of the result. Without an arrow the result has the letters that
 * occur once, in order of their codes, behind the axes of an ellipsis.
 *
 * @param text the subscripts as given
 * @param operands of each operand
 * @param result given or implied
 */
record Subscripts(String text, List<Term> operands, Term result) {
  private static final char ELLIPSIS = '.';

  /** Stands for the last axis of an ellipsis; the one before is the next character, and so on. */
  private static final char LAST = '\uE000';

  private static final String ARROW = "->";

  /**
   * Letters of one tensor, an ellipsis being one of them.
   *
   * @param at where each letter stands in the text
   */
  record Term(String letters, List<Integer> at) {
    /** Axes that the ellipsis stands for; 0 if there is none. */
    int hidden(Shape shape) {
      return letters.indexOf(ELLIPSIS) < 0 ? 0 : shape.rank() - letters.length() + 1;
    }

    /** One letter for each axis, where the ellipsis stands for a number of axes. */
    String labels(int hidden) {
      var labels = new StringBuilder();
      for (int at = 0; at < letters.length(); at++) {
        if (letters.charAt(at) != ELLIPSIS) {
          labels.append(letters.charAt(at));
          continue;
        }
        for (int i = hidden - 1; i >= 0; i--) {
          labels.append((char) (LAST + i));
        }
      }
      return labels.toString();
    }
  }

  /** The extent of each letter. */
  record Extents(Map<Character, Long> known) {
    long of(int letter) {
      Long extent = known.get((char) letter);
      if (extent == null) {
        throw new IllegalArgumentException("no axis is named " + (char) letter);
      }
      return extent;
    }
  }

  /** What is wrong with a text, and where. */
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    private final String what;
    private final String because;
    private final String fix;

    Malformed(String text, int at, String what, String because, String fix) {
      this.what = what + "\n    " + text + "\n    " + " ".repeat(at) + "^";
      this.because = because;
      this.fix = fix;
    }

    RuntimeException of(Infer s) {
      return s.error(what, because, fix);
    }
  }

  /** Reads subscripts. */
  static Subscripts parse(String text) throws Malformed {
    int arrow = text.indexOf(ARROW);
    int end = arrow < 0 ? text.length() : arrow;
    var operands = new ArrayList<Term>();
    int from = 0;
    for (int at = 0; at <= end; at++) {
      if (at == end || text.charAt(at) == ',') {
        operands.add(term(text, from, at));
        from = at + 1;
      }
    }
    Term result = arrow < 0 ? implied(operands) : term(text, arrow + ARROW.length(), text.length());
    Subscripts read = new Subscripts(text, List.copyOf(operands), result);
    read.checkResult();
    return read;
  }

  private static Term term(String text, int from, int to) throws Malformed {
    var letters = new StringBuilder();
    var positions = new ArrayList<Integer>();
    for (int at = from; at < to; at++) {
      char c = text.charAt(at);
      if (c == ' ') {
        continue;
      }
      boolean dots = text.startsWith("...", at) && at + 3 <= to;
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (!letter && (!dots || letters.indexOf(".") >= 0)) {
        throw new Malformed(
            text,
            at,
            "'" + c + "' in the subscripts",
            "there are letters, commas, one -> and at most one ... for each tensor",
            "use a letter from a to z or A to Z for each axis");
      }
      letters.append(c);
      positions.add(at);
      at += dots ? 2 : 0;
    }
    return new Term(letters.toString(), List.copyOf(positions));
  }

  private static Term implied(List<Term> operands) {
    Map<Character, Integer> count = new TreeMap<>(); // the ellipsis comes before all letters
    for (Term operand : operands) {
      operand.letters().chars().forEach(letter -> count.merge((char) letter, 1, Integer::sum));
    }
    var letters = new StringBuilder();
    count.forEach((letter, times) -> {
      if (times == 1 || letter == ELLIPSIS) {
        letters.append((char) letter);
      }
    });
    return new Term(letters.toString(), List.of());
  }

  private void checkResult() throws Malformed {
    String letters = result.letters();
    for (int i = 0; i < letters.length(); i++) {
      char letter = letters.charAt(i);
      if (letters.indexOf(letter) < i) {
        throw malformed(
            result.at().get(i),
            "'" + letter + "' twice in the result",
            "each letter names one axis of the result",
            "leave one of them out");
      }
      if (operands.stream().noneMatch(o -> o.letters().indexOf(letter) >= 0)) {
        throw malformed(
            result.at().get(i),
            "'" + letter + "' in the result",
            "no operand has an axis of that name",
            "use letters of the operands");
      }
    }
  }

  private Malformed malformed(int at, String what, String because, String fix) {
    return new Malformed(text, at, what, because, fix);
  }

  /** The extents, those of ellipses included; an extent of 1 fits to any other. */
  Extents extents(List<Shape> shapes) throws Malformed {
    if (shapes.size() != operands.size()) {
      throw malformed(
          text.contains(ARROW) ? text.indexOf(ARROW) : text.length(),
          operands.size() + " terms for " + shapes.size() + " operands",
          "there is a term for each operand, separated by commas",
          "add or remove terms");
    }
    Map<Character, Long> extents = new HashMap<>();
    for (int i = 0; i < shapes.size(); i++) {
      addExtents(operands.get(i), shapes.get(i), i, extents);
    }
    return new Extents(extents);
  }

  private void addExtents(Term term, Shape shape, int operand, Map<Character, Long> extents)
      throws Malformed {
    int hidden = term.hidden(shape);
    String labels = term.labels(Math.max(0, hidden));
    if (hidden < 0 || labels.length() != shape.rank()) {
      throw malformed(
          term.at().isEmpty() ? 0 : term.at().getFirst(),
          "a term of "
              + term.letters().replace(".", "").length()
              + " letters for operand "
              + operand
              + " of shape "
              + shape,
          "there is a letter for each axis; ... stands for those without one",
          "write one letter for each axis");
    }
    for (int i = 0; i < labels.length(); i++) {
      char label = labels.charAt(i);
      long extent = shape.dim(i);
      long known = extents.getOrDefault(label, 1L);
      int first = labels.indexOf(label);
      long other = first < i ? shape.dim(first) : known;
      boolean diagonal = first < i && other != extent;
      if (diagonal || (other != extent && other != 1 && extent != 1)) {
        throw malformed(
            position(term, i, hidden),
            "extent " + extent + " of axis " + i + " of operand " + operand + ", shape " + shape,
            "the axis has the name of another one, whose extent is " + other,
            "use another letter, or operands of equal extents");
      }
      if (known == 1) {
        extents.put(label, extent);
      }
    }
  }

  private static int position(Term term, int axis, int hidden) {
    int dots = term.letters().indexOf(ELLIPSIS);
    int letter = dots < 0 || axis < dots ? axis : axis < dots + hidden ? dots : axis - hidden + 1;
    return term.at().get(letter);
  }

  /** The letters of each operand, one for each axis. */
  List<String> labels(List<Shape> shapes) {
    var labels = new ArrayList<String>();
    for (int i = 0; i < shapes.size(); i++) {
      labels.add(operands.get(i).labels(operands.get(i).hidden(shapes.get(i))));
    }
    return labels;
  }

  /** The letters of the result, one for each axis. */
  String resultLabels(List<Shape> shapes) {
    int most = 0;
    for (int i = 0; i < shapes.size(); i++) {
      most = Math.max(most, operands.get(i).hidden(shapes.get(i)));
    }
    return result.labels(most);
  }
}
