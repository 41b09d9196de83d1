package io.gluonj.io;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Writes JSON in exactly the layout of MXNet's own files, which readers that go line by line depend
 * on: two blanks of indentation for each level, and a blank after every comma, also at a line's
 * end.
 */
final class JsonText {
  /** An open bracket. */
  private static final class Level {
    final boolean lines;
    int items;

    Level(boolean lines) {
      this.lines = lines;
    }
  }

  private final StringBuilder text = new StringBuilder();
  private final Deque<Level> levels = new ArrayDeque<>();

  JsonText open(char bracket, boolean lines) {
    text.append(bracket);
    levels.push(new Level(lines));
    return this;
  }

  JsonText close(char bracket) {
    Level level = levels.pop();
    if (level.lines && level.items > 0) {
      newLine();
    }
    text.append(bracket);
    return this;
  }

  /** Begins an element of an array. */
  JsonText item() {
    Level level = levels.element();
    if (level.items++ > 0) {
      text.append(", ");
    }
    if (level.lines) {
      newLine();
    }
    return this;
  }

  /** Begins a member of an object. */
  JsonText key(String key) {
    item();
    return string(key).raw(": ");
  }

  JsonText raw(String json) {
    text.append(json);
    return this;
  }

  JsonText string(String value) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"' -> text.append("\\\"");
        case '\\' -> text.append("\\\\");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        default -> text.append(c);
      }
    }
    text.append('"');
    return this;
  }

  private void newLine() {
    text.append('\n').append("  ".repeat(levels.size()));
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
