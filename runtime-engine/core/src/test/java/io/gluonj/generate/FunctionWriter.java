package io.gluonj.generate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes {@code F}: a chain of classes, each with the functions of one topic, so that users name
 * one class and no file is long.
 */
final class FunctionWriter {
  private static final String PACKAGE = "io.gluonj.function";

  /** What a part may hold, imports and head included; the formatter adds a little. */
  private static final int LINES = 340;

  /** Functions with their parameters, and classes of attributes. */
  private static final Pattern DECLARED =
      Pattern.compile(
          "(?m)^  public static (?:(?:<T extends Tensor> (?:T|List<T>)|NDArray) (\\w+)(\\(.*\\)) \\{"
              + "|final class (?<type>\\w+) )");

  private FunctionWriter() {}

  /** The files, by path below the source folder. */
  static Map<String, String> files(List<Operator> operators) {
    var files = new TreeMap<String, String>();
    var names = new ArrayList<String>();
    var contents = new ArrayList<List<Operator>>();
    for (String topic : Topics.all()) {
      List<Operator> own =
          operators.stream()
              .filter(o -> Topics.of(o).equals(topic))
              .sorted(
                  Comparator.comparing(Operator::function).thenComparing(o -> o.type().getName()))
              .toList();
      List<List<Operator>> parts = parts(own);
      for (int i = 0; i < parts.size(); i++) {
        names.add(topic + "Functions" + (i == 0 ? "" : i + 1));
        contents.add(parts.get(i));
      }
    }
    for (int i = 0; i < names.size(); i++) {
      String above = i == 0 ? "Calls" : names.get(i - 1);
      String below = i == names.size() - 1 ? "F" : names.get(i + 1);
      files.put(path(names.get(i)), part(names.get(i), above, below, contents.get(i)));
    }
    files.put(path("F"), top(names.getLast()));
    check(files);
    return files;
  }

  /**
   * Two operators that would become one function or class are told about before they do not
   * compile.
   */
  private static void check(Map<String, String> files) {
    var seen = new TreeMap<String, String>();
    for (var file : files.entrySet()) {
      Matcher declared = DECLARED.matcher(file.getValue());
      while (declared.find()) {
        String what =
            declared.group("type") != null
                ? declared.group("type")
                : declared.group(1) + declared.group(2).replaceAll(" \\w+(?=[,)])", "");
        if (seen.put(what, file.getKey()) != null) {
          throw new IllegalStateException(
              "F would have " + what + " twice; state function(\"…\") in one of the schemas");
        }
      }
    }
  }

  private static String path(String type) {
    return PACKAGE.replace('.', '/') + "/" + type + ".java";
  }

  private static long lines(String text) {
    return text.lines().mapToLong(line -> line.length() > 100 ? 3 : 1).sum();
  }

  private static List<List<Operator>> parts(List<Operator> all) {
    var parts = new ArrayList<List<Operator>>();
    var current = new ArrayList<Operator>();
    long filled = 0;
    for (Operator operator : all) {
      long more = lines(new Function(operator, new JavaTypes()).text());
      if (!current.isEmpty() && filled + more > LINES) {
        parts.add(List.copyOf(current));
        current.clear();
        filled = 0;
      }
      current.add(operator);
      filled += more;
    }
    if (!current.isEmpty()) {
      parts.add(List.copyOf(current));
    }
    return parts;
  }

  private static String part(String name, String above, String below, List<Operator> operators) {
    var types = new JavaTypes();
    var body = new StringBuilder();
    for (Operator operator : operators) {
      body.append(new Function(operator, types).text());
    }
    return "package "
        + PACKAGE
        + ";\n\n"
        + types.imports(PACKAGE, body.toString())
        + "\n/** A part of {@link F}, which is what programs name; generated from the operators' schemas. */"
        + "\npublic abstract sealed class "
        + name
        + " extends "
        + above
        + " permits "
        + below
        + " {\n  "
        + name
        + "() {}\n\n"
        + body.toString().stripTrailing()
        + "\n}\n";
  }

  private static String top(String parent) {
    return """
    package %s;

    /**
     * Every operator as a function, under MXNet's name in Java case. Given arrays it computes, given
     * symbols it extends their graph, and the result has the type of the inputs.
     *
     * <pre>{@code
     * NDArray y = F.relu(x);
     * NDArray z = F.convolution(x, weight, bias, a -> a.kernel(3, 3).pad(1, 1).numFilter(64));
     * NDArray s = F.softmax(x, a -> a.axis(1).temperature(2));
     * }</pre>
     *
     * <p>Attributes without a default must be set; where they are few they are also parameters. An
     * input that MXNet announces by an attribute (a bias, lengths) is passed or left out. Of
     * operators that may have several results {@code name} returns the first and {@code nameOutputs}
     * all. Inputs that an operator changes (weights in an optimizer's update) are changed in place.
     *
     * <p>Generated from the operators' schemas; {@code docs/how-to/add-an-operator.md} says how.
     */
    public final class F extends %s {
      private F() {}
    }
    """
        .formatted(PACKAGE, parent);
  }
}
