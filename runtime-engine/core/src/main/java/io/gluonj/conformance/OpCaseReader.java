package io.gluonj.conformance;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import io.gluonj.types.DType;
import io.gluonj.types.FileFormatException;
import io.gluonj.types.InvalidArgumentException;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Reads one line of a file of cases, token by token; nothing is trusted. */
final class OpCaseReader {
  /** Keys that tell a person more and change nothing. */
  private static final Set<String> REMARKS = Set.of("note", "kernels", "grad_is_special");

  private static final Set<String> REQUIRED = Set.of("id", "op", "attrs", "inputs", "outputs");

  private static final Pattern COLUMN = Pattern.compile("column \\d+");

  private final JsonReader in;
  private final String source;

  private OpCaseReader(String line, String source) {
    this.in = new JsonReader(new StringReader(line));
    this.in.setStrictness(Strictness.STRICT);
    this.source = source;
  }

  /**
   * Reads a case.
   *
   * @param source what messages call the line
   * @throws FileFormatException if it is not what {@link OpCaseFile} describes
   */
  static OpCase read(String line, String source) {
    OpCaseReader reader = new OpCaseReader(line, source);
    try {
      return reader.opCase();
    } catch (MalformedJsonException e) {
      throw reader.fail("malformed JSON" + column(e), e);
    } catch (IOException | IllegalStateException | NumberFormatException e) {
      throw reader.fail(String.valueOf(e.getMessage()).lines().findFirst().orElse(""), e);
    } catch (InvalidArgumentException e) {
      throw reader.fail(String.valueOf(e.getMessage()).replaceAll("\n *\\w+ *", "; "), e);
    }
  }

  private OpCase opCase() throws IOException {
    var seen = new HashSet<String>();
    String id = "";
    String op = "";
    boolean training = true;
    Map<String, String> attributes = new LinkedHashMap<>();
    Map<String, RecordedTensor> inputs = new LinkedHashMap<>();
    List<RecordedTensor> outputs = new ArrayList<>();
    List<double[]> heads = new ArrayList<>();
    Map<String, double[]> gradients = new LinkedHashMap<>();
    Map<String, double[]> after = new LinkedHashMap<>();
    in.beginObject();
    while (in.hasNext()) {
      String key = once(seen, in.nextName());
      switch (key) {
        case "id" -> id = in.nextString();
        case "op" -> op = in.nextString();
        case "train" -> training = in.nextBoolean();
        case "attrs" -> attributes(attributes);
        case "inputs" -> inputs(inputs);
        case "outputs" -> each(() -> outputs.add(tensor(null)));
        case "head_grads" -> each(() -> heads.add(values()));
        case "grads" -> byInput(gradients);
        case "inputs_after" -> byInput(after);
        case "loss" -> throw fail("this is a case of a Gluon loss; operators alone are run");
        case String remark when REMARKS.contains(remark) -> in.skipValue();
        default -> throw fail("the key '" + key + "' is unknown");
      }
    }
    in.endObject();
    if (in.peek() != JsonToken.END_DOCUMENT) {
      throw fail("there is text after the end of the case");
    }
    if (!seen.containsAll(REQUIRED)) {
      var missing = new TreeSet<>(REQUIRED);
      missing.removeAll(seen);
      throw fail("the keys " + missing + " are missing");
    }
    if (outputs.isEmpty()) {
      throw fail("outputs is empty, so that there is nothing to compare");
    }
    return new OpCase(
        id,
        op,
        Collections.unmodifiableMap(attributes),
        training,
        Collections.unmodifiableMap(inputs),
        List.copyOf(outputs),
        heads(heads, outputs, gradients),
        typed("grads", gradients, inputs),
        typed("inputs_after", after, inputs));
  }

  private void attributes(Map<String, String> into) throws IOException {
    in.beginObject();
    while (in.hasNext()) {
      String name = in.nextName();
      if (in.peek() != JsonToken.STRING) {
        throw fail("attribute '" + name + "' is no string; MXNet's attributes all are");
      }
      if (into.putIfAbsent(name, in.nextString()) != null) {
        throw fail("attribute '" + name + "' is stated twice");
      }
    }
    in.endObject();
  }

  private void inputs(Map<String, RecordedTensor> into) throws IOException {
    each(() -> {
      var name = new StringBuilder();
      RecordedTensor tensor = tensor(name);
      if (name.isEmpty() || into.putIfAbsent(name.toString(), tensor) != null) {
        throw fail("an input has no name, or one that another input has");
      }
    });
  }

  /** A tensor; an input's name goes where {@code name} says. */
  private RecordedTensor tensor(@Nullable StringBuilder name) throws IOException {
    var seen = new HashSet<String>();
    Shape shape = Shape.unknown();
    DType dtype = DType.FLOAT32;
    double[] data = {};
    in.beginObject();
    while (in.hasNext()) {
      String key = once(seen, in.nextName());
      switch (key) {
        case "shape" -> shape = shape();
        case "dtype" -> dtype = DType.of(in.nextString());
        case "data" -> data = values();
        case String _ when key.equals("name") && name != null -> name.append(in.nextString());
        default -> throw fail("the key '" + key + "' of a tensor is unknown");
      }
    }
    in.endObject();
    if (!seen.containsAll(Set.of("shape", "data"))) {
      throw fail("a tensor lacks shape or data");
    }
    if (shape.size() != data.length) {
      throw fail("shape " + shape + " has " + shape.size() + " elements, data " + data.length);
    }
    return new RecordedTensor(new TensorType(shape, dtype), data);
  }

  private Shape shape() throws IOException {
    var dims = new ArrayList<Long>();
    each(() -> {
      long dim = in.nextLong();
      if (dim < 0) {
        throw fail("an extent is " + dim);
      }
      dims.add(dim);
    });
    return Shape.of(dims.stream().mapToLong(Long::longValue).toArray());
  }

  /** Plain values, or those of a whole tensor. */
  private double[] values() throws IOException {
    if (in.peek() == JsonToken.BEGIN_OBJECT) {
      RecordedTensor tensor = tensor(null);
      return IntStream.range(0, tensor.size()).mapToDouble(tensor::at).toArray();
    }
    double[] values = new double[16];
    int count = 0;
    in.beginArray();
    while (in.hasNext()) {
      if (count == values.length) {
        values = Arrays.copyOf(values, Math.multiplyExact(2, count));
      }
      values[count++] = number();
    }
    in.endArray();
    return Arrays.copyOf(values, count);
  }

  private double number() throws IOException {
    boolean quoted = in.peek() == JsonToken.STRING;
    String text = in.nextString();
    if (!quoted) {
      return Double.parseDouble(text);
    }
    return switch (text) {
      case "NaN" -> Double.NaN;
      case "Infinity" -> Double.POSITIVE_INFINITY;
      case "-Infinity" -> Double.NEGATIVE_INFINITY;
      default -> throw fail("'" + text + "' is no number; NaN and Infinity alone are strings");
    };
  }

  private void byInput(Map<String, double[]> into) throws IOException {
    in.beginObject();
    while (in.hasNext()) {
      String name = in.nextName();
      if (into.putIfAbsent(name, values()) != null) {
        throw fail("the values of '" + name + "' are stated twice");
      }
    }
    in.endObject();
  }

  private List<RecordedTensor> heads(
      List<double[]> heads, List<RecordedTensor> outputs, Map<String, double[]> gradients) {
    if (heads.size() != outputs.size() && !(heads.isEmpty() && gradients.isEmpty())) {
      throw fail("there are " + heads.size() + " head_grads for " + outputs.size() + " outputs");
    }
    var typed = new ArrayList<RecordedTensor>();
    for (int k = 0; k < heads.size(); k++) {
      typed.add(typed("head_grads " + k, heads.get(k), outputs.get(k)));
    }
    return List.copyOf(typed);
  }

  private Map<String, RecordedTensor> typed(
      String key, Map<String, double[]> values, Map<String, RecordedTensor> inputs) {
    Map<String, RecordedTensor> typed = new LinkedHashMap<>();
    values.forEach((name, v) -> {
      RecordedTensor input = inputs.get(name);
      if (input == null) {
        throw fail(key + " names '" + name + "'; the inputs are " + inputs.keySet());
      }
      typed.put(name, typed(key + " of '" + name + "'", v, input));
    });
    return Collections.unmodifiableMap(typed);
  }

  private RecordedTensor typed(String what, double[] values, RecordedTensor like) {
    if (values.length != like.size()) {
      throw fail(what + " has " + values.length + " values for " + like.size() + " elements");
    }
    return new RecordedTensor(like.type(), values);
  }

  private interface Element {
    void read() throws IOException;
  }

  private void each(Element element) throws IOException {
    in.beginArray();
    while (in.hasNext()) {
      element.read();
    }
    in.endArray();
  }

  private String once(Set<String> seen, String key) {
    if (!seen.add(key)) {
      throw fail("the key '" + key + "' occurs twice");
    }
    return key;
  }

  /** The library says where it stopped, but in a text that advises programmers. */
  private static String column(MalformedJsonException e) {
    Matcher column = COLUMN.matcher(String.valueOf(e.getMessage()));
    return column.find() ? " at " + column.group() : "";
  }

  private FileFormatException fail(String what) {
    return fail(what, null);
  }

  private FileFormatException fail(String what, @Nullable Exception cause) {
    String found = source + ", at " + in.getPath() + ": " + what;
    String because = "a case is a JSON object with " + new TreeSet<>(REQUIRED);
    String fix = "mend the line; docs/how-to/check-operators.md describes its form";
    return cause == null
        ? new FileFormatException(found, because, fix)
        : new FileFormatException(found, because, fix, cause);
  }
}
