package io.gluonj.ptx;

import java.util.ArrayList;
import java.util.List;

/** Splits PTX into words, numbers and signs; comments and line marks for debuggers are left out. */
final class Tokens {
  private final List<String> words = new ArrayList<>();
  private final List<Integer> lines = new ArrayList<>();
  private int next;

  Tokens(String text) {
    int line = 0;
    boolean comment = false;
    for (String raw : text.split("\n", -1)) {
      line++;
      String trimmed = raw.strip();
      if (trimmed.startsWith(".loc") || trimmed.startsWith(".file")) {
        continue;
      }
      comment = split(raw, line, comment);
    }
  }

  private boolean split(String text, int line, boolean inComment) {
    boolean comment = inComment;
    int at = 0;
    while (at < text.length()) {
      if (comment) {
        int end = text.indexOf("*/", at);
        if (end < 0) {
          return true;
        }
        comment = false;
        at = end + 2;
        continue;
      }
      char c = text.charAt(at);
      if (Character.isWhitespace(c)) {
        at++;
      } else if (text.startsWith("//", at) || c == '\0') {
        return false;
      } else if (text.startsWith("/*", at)) {
        comment = true;
        at += 2;
      } else {
        int end = end(text, at, c);
        words.add(text.substring(at, end));
        lines.add(line);
        at = end;
      }
    }
    return comment;
  }

  private static int end(String text, int at, char c) {
    int end = at + 1;
    if (c == '"') {
      return text.indexOf('"', end) + 1;
    }
    if (part(c)) {
      while (end < text.length() && (part(text.charAt(end)) || colons(text, end))) {
        end += text.charAt(end) == ':' ? 2 : 1;
      }
    }
    return end;
  }

  private static boolean part(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == '$' || c == '%';
  }

  /** Two colons stand inside a modifier, one ends a label. */
  private static boolean colons(String text, int at) {
    return text.startsWith("::", at);
  }

  boolean ended() {
    return next >= words.size();
  }

  int line() {
    return lines.isEmpty() ? 0 : lines.get(Math.min(next, lines.size() - 1));
  }

  /** The coming word, or the one {@code ahead} after it; empty at the end. */
  String peek(int ahead) {
    return next + ahead < words.size() ? words.get(next + ahead) : "";
  }

  String peek() {
    return peek(0);
  }

  String take() {
    if (ended()) {
      throw error("the text ends in the middle of a statement");
    }
    return words.get(next++);
  }

  boolean skip(String word) {
    if (!peek().equals(word)) {
      return false;
    }
    next++;
    return true;
  }

  void expect(String word) {
    if (!skip(word)) {
      throw error("'" + word + "' was expected, '" + peek() + "' was found");
    }
  }

  PtxException error(String what) {
    return new PtxException("PTX line " + line() + ": " + what);
  }
}
