package io.gluonj.initializer;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.gluonj.registry.Registry;
import io.gluonj.types.InvalidArgumentException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A name with settings, in the forms MXNet reads: {@code xavier}, {@code ["xavier", {"magnitude":
 * 2}]} and {@code {"initializer": "xavier", "magnitude": 2}}. Settings are taken one by one; those
 * left over at the end are mistakes.
 */
final class Spec {
  private static final Gson GSON = new Gson();

  private final String name;
  private final JsonObject settings;
  private final TreeSet<String> known = new TreeSet<>();

  Spec(String name) {
    this(name, new JsonObject());
  }

  private Spec(String name, JsonObject settings) {
    this.name = name;
    this.settings = settings;
  }

  /** Reads one of the three forms. */
  static Spec parse(String text) {
    String trimmed = text.strip();
    if (!trimmed.startsWith("[") && !trimmed.startsWith("{")) {
      return new Spec(trimmed);
    }
    try {
      JsonElement json = JsonParser.parseString(trimmed);
      if (json instanceof JsonArray array
          && array.size() == 2
          && array.get(0) instanceof JsonPrimitive name
          && array.get(1) instanceof JsonObject settings) {
        return new Spec(name.getAsString(), settings.deepCopy());
      }
      if (json instanceof JsonObject object
          && object.get("initializer") instanceof JsonPrimitive name) {
        JsonObject settings = object.deepCopy();
        settings.remove("initializer");
        return new Spec(name.getAsString(), settings);
      }
      throw malformed(text, "it is neither of these", null);
    } catch (JsonParseException e) {
      throw malformed(text, "it is not JSON", e);
    }
  }

  private static InvalidArgumentException malformed(
      String text, String because, @Nullable Throwable cause) {
    String what = "initializer " + text;
    String reason =
        "an initializer is a name, [\"name\", {settings}] or {\"initializer\": \"name\", …}, and "
            + because;
    String fix = "write for example xavier or [\"xavier\", {\"magnitude\": 2}]";
    return cause == null
        ? new InvalidArgumentException(what, reason, fix)
        : new InvalidArgumentException(what, reason, fix, cause);
  }

  String name() {
    return name;
  }

  /** This with a setting. */
  Spec with(String setting, double value) {
    settings.add(
        setting,
        value == Math.rint(value) && Math.abs(value) < 1e15
            ? new JsonPrimitive((long) value)
            : new JsonPrimitive(value));
    return this;
  }

  /** This with a setting. */
  Spec with(String setting, String value) {
    settings.addProperty(setting, value);
    return this;
  }

  /** Takes a number. */
  double number(String setting, double otherwise) {
    known.add(setting);
    JsonElement value = settings.get(setting);
    if (value == null) {
      return otherwise;
    }
    if (value instanceof JsonPrimitive primitive && primitive.isNumber()) {
      return primitive.getAsDouble();
    }
    throw wrong(setting, value, "a number");
  }

  /** Takes a number that must be there. */
  double number(String setting) {
    if (!settings.has(setting)) {
      throw new InvalidArgumentException(
          "initializer " + name + " without " + setting,
          "it has no default",
          "write [\"" + name + "\", {\"" + setting + "\": 1}]");
    }
    return number(setting, 0);
  }

  /** Takes a word. */
  String text(String setting, String otherwise) {
    known.add(setting);
    JsonElement value = settings.get(setting);
    if (value == null) {
      return otherwise;
    }
    if (value instanceof JsonPrimitive primitive && primitive.isString()) {
      return primitive.getAsString();
    }
    throw wrong(setting, value, "a word in quotes");
  }

  private InvalidArgumentException wrong(String setting, JsonElement value, String wanted) {
    return new InvalidArgumentException(
        "initializer " + name + ": " + setting + " is " + value,
        setting + " is " + wanted,
        "correct this setting or leave it out");
  }

  /** States that all settings have been taken. */
  void requireNoOther() {
    List<String> other = new ArrayList<>(settings.keySet());
    other.removeAll(known);
    if (!other.isEmpty()) {
      throw Registry.unknown("setting of initializer " + name, other.getFirst(), known);
    }
  }

  /** MXNet's JSON array, with the blanks that Python writes. */
  @Override
  public String toString() {
    var text = new StringBuilder("[").append(GSON.toJson(name)).append(", {");
    String separator = "";
    for (var setting : settings.entrySet()) {
      text.append(separator).append(GSON.toJson(setting.getKey())).append(": ");
      text.append(setting.getValue());
      separator = ", ";
    }
    return text.append("}]").toString();
  }
}
