package io.gluonj.gluon;

import io.gluonj.tensor.NDArray;
import io.gluonj.text.Spelling;
import io.gluonj.types.InvalidArgumentException;
import io.gluonj.types.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Which array of a file belongs to which parameter. A file names its arrays in one of several ways;
 * the one that fits most names is taken for all of them.
 *
 * @param found parameters by the file's own keys
 * @param missing structural names of parameters that the file does not have under any of their
 *     paths
 * @param unexpected keys that belong to no parameter
 * @param stored what the file has
 */
record ParameterMatch(
    Map<String, Parameter> found,
    List<String> missing,
    List<String> unexpected,
    Map<String, NDArray> stored) {

  /** A way of naming: names the file may use, and how its keys are made comparable to them. */
  private record Scheme(Map<String, Parameter> names, UnaryOperator<String> key) {
    long fits(Collection<String> keys) {
      return keys.stream().filter(k -> names.containsKey(key.apply(k))).count();
    }
  }

  static ParameterMatch of(ParameterDict parameters, Map<String, NDArray> stored) {
    Scheme best = null;
    for (Scheme scheme : schemes(parameters, stored.keySet())) {
      if (best == null || scheme.fits(stored.keySet()) > best.fits(stored.keySet())) {
        best = scheme;
      }
    }
    if (best == null) {
      throw new IllegalStateException("there is always a way of naming");
    }
    Map<String, Parameter> found = new LinkedHashMap<>();
    List<String> unexpected = new ArrayList<>();
    for (String key : stored.keySet()) {
      Parameter parameter = best.names().get(best.key().apply(key));
      if (parameter == null) {
        unexpected.add(key);
      } else {
        found.put(key, parameter);
      }
    }
    Set<Parameter> have = new HashSet<>(found.values());
    List<String> missing = new ArrayList<>();
    parameters
        .paths()
        .forEach((name, parameter) -> {
          if (have.add(parameter)) {
            missing.add(name);
          }
        });
    return new ParameterMatch(found, missing, unexpected, stored);
  }

  private static List<Scheme> schemes(ParameterDict parameters, Collection<String> keys) {
    Map<String, Parameter> full = new LinkedHashMap<>();
    Map<String, Parameter> stripped = new LinkedHashMap<>();
    for (Parameter parameter : parameters) {
      String name = parameter.name();
      full.put(name, parameter);
      String prefix = parameters.prefix();
      stripped.put(name.startsWith(prefix) ? name.substring(prefix.length()) : name, parameter);
    }
    String root = root(keys);
    return List.of(
        new Scheme(parameters.paths(), ParameterMatch::plain),
        new Scheme(full, ParameterMatch::plain),
        new Scheme(stripped, ParameterMatch::plain),
        new Scheme(stripped, k -> plain(k).substring(root.length())));
  }

  /** The key without MXNet's mark of arguments and auxiliary states. */
  private static String plain(String key) {
    return key.startsWith("arg:") || key.startsWith("aux:") ? key.substring(4) : key;
  }

  /** What all keys begin with up to the first underscore: another instance's number. */
  private static String root(Collection<String> keys) {
    String first = keys.stream().findFirst().map(ParameterMatch::plain).orElse("");
    String root = first.substring(0, first.indexOf('_') + 1);
    return keys.stream().allMatch(k -> plain(k).startsWith(root)) ? root : "";
  }

  /**
   * Reports what does not fit.
   *
   * @throws InvalidArgumentException with a table of everything at once
   */
  void check(Path file, String block, LoadOptions options) {
    List<String> differs = differs(options);
    List<String> absent = options.allowMissing() ? List.of() : missing;
    List<String> extra = options.ignoreExtra() ? List.of() : unexpected;
    if (found.isEmpty() && !missing.isEmpty()) {
      absent = missing;
      extra = unexpected;
    }
    if (absent.isEmpty() && extra.isEmpty() && differs.isEmpty()) {
      return;
    }
    var text =
        new StringBuilder(
            "%s does not fit %s: %d missing, %d unexpected, %d different"
                .formatted(file, block, absent.size(), extra.size(), differs.size()));
    absent.forEach(n -> text.append("\n    missing     ").append(n).append(near(n, unexpected)));
    extra.forEach(n -> text.append("\n    unexpected  ").append(n).append(near(n, missing)));
    differs.forEach(line -> text.append("\n    different   ").append(line));
    throw new InvalidArgumentException(
        text.toString(),
        "every parameter needs an array of its shape and type, under its structural or full name",
        "load the file into the net that wrote it, or pass LoadOptions with allowMissing,"
            + " ignoreExtra or castDtype; nothing has been changed");
  }

  private List<String> differs(LoadOptions options) {
    List<String> lines = new ArrayList<>();
    found.forEach((key, parameter) -> {
      NDArray array = stored.get(key);
      if (array == null) {
        return;
      }
      Shape both = parameter.shape().unify(array.shape());
      boolean type = array.dtype() == parameter.dtype() || options.castDtype();
      if (both == null || !type) {
        lines.add(key + ": file " + array.type() + ", block " + parameter.type());
      }
    });
    return lines;
  }

  private static String near(String name, List<String> candidates) {
    List<String> near = Spelling.nearest(name, candidates);
    return near.isEmpty() ? "" : "  (near: " + String.join(", ", near) + ")";
  }
}
