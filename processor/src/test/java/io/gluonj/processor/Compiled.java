package io.gluonj.processor;

import java.util.List;
import java.util.Map;

/**
 * What a compilation gave.
 *
 * @param generated the generated source files by path, sorted
 * @param origins for each generated source file, how many files it says it comes from
 * @param messages what the compiler said
 * @param crash what the compiler printed beside its diagnostics
 */
record Compiled(
    boolean success,
    Map<String, String> generated,
    Map<String, Integer> origins,
    List<Message> messages,
    String crash) {

  /** One diagnostic, with the line it points at and a caret below the place in it. */
  record Message(String file, long line, String kind, String text, String pointer) {

    /** As a compiler prints it. */
    String print() {
      return where() + "\n" + pointer;
    }

    /** Without the caret, whose column differs between compilers. */
    String where() {
      return file + ":" + line + ": " + kind + ": " + text;
    }
  }

  /** All messages as a compiler prints them. */
  String printed() {
    return String.join("\n", messages.stream().map(Message::print).toList());
  }
}
