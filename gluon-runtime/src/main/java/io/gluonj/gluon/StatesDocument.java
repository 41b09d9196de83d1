package io.gluonj.gluon;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.gluonj.types.FileFormatException;
import io.gluonj.types.InvalidArgumentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The numbers beside a file of optimizer states.
 *
 * @param optimizer MXNet's name of the rule
 * @param options its numbers under MXNet's names
 * @param entries by parameter
 */
record StatesDocument(String optimizer, Map<String, Double> options, Map<String, Entry> entries) {
  private static final String FORMAT = "gluonj-trainer-states";
  private static final int VERSION = 1;

  /**
   * What is known of one parameter.
   *
   * @param updates how often it has been updated
   * @param arrays number of arrays the rule keeps for it
   */
  record Entry(long updates, int arrays) {}

  String toJson() {
    var root = new JsonObject();
    root.addProperty("format", FORMAT);
    root.addProperty("version", VERSION);
    root.addProperty("optimizer", optimizer);
    var numbers = new JsonObject();
    new TreeMap<>(options).forEach(numbers::addProperty);
    root.add("options", numbers);
    var parameters = new JsonObject();
    entries.forEach((name, entry) -> {
      var each = new JsonObject();
      each.addProperty("updates", entry.updates());
      each.addProperty("arrays", entry.arrays());
      parameters.add(name, each);
    });
    root.add("parameters", parameters);
    return new GsonBuilder().setPrettyPrinting().create().toJson(root) + "\n";
  }

  static StatesDocument read(Path file) {
    try {
      JsonObject root = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
      if (!FORMAT.equals(member(root, "format").getAsString())
          || member(root, "version").getAsInt() != VERSION) {
        throw corrupt(file, "it is not of format " + FORMAT + " " + VERSION, null);
      }
      Map<String, Double> options = new LinkedHashMap<>();
      member(root, "options")
          .getAsJsonObject()
          .entrySet()
          .forEach(e -> options.put(e.getKey(), e.getValue().getAsDouble()));
      Map<String, Entry> entries = new LinkedHashMap<>();
      for (var e : member(root, "parameters").getAsJsonObject().entrySet()) {
        JsonObject each = e.getValue().getAsJsonObject();
        long updates = member(each, "updates").getAsLong();
        int arrays = member(each, "arrays").getAsInt();
        if (updates < 0 || arrays < 0) {
          throw corrupt(file, "a count of " + e.getKey() + " is negative", null);
        }
        entries.put(e.getKey(), new Entry(updates, arrays));
      }
      return new StatesDocument(member(root, "optimizer").getAsString(), options, entries);
    } catch (IOException e) {
      throw new InvalidArgumentException(
          file + " cannot be read: " + e,
          "the trainer's numbers lie beside its arrays, in a file with .json at its end",
          "pass the path that saveStates was called with",
          e);
    } catch (JsonParseException | IllegalStateException | UnsupportedOperationException e) {
      throw corrupt(file, "it is no such JSON: " + e.getMessage(), e);
    } catch (NumberFormatException e) {
      throw corrupt(file, "a number is malformed: " + e.getMessage(), e);
    }
  }

  private static JsonElement member(JsonObject object, String name) {
    JsonElement element = object.get(name);
    if (element == null) {
      throw new JsonParseException("'" + name + "' is missing");
    }
    return element;
  }

  private static FileFormatException corrupt(Path file, String because, @Nullable Exception cause) {
    String what = file + " does not hold a trainer's states";
    String fix = "save the states again";
    return cause == null
        ? new FileFormatException(what, because, fix)
        : new FileFormatException(what, because, fix, cause);
  }
}
