package io.gluonj.llvm;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** IR text that LLVM does not accept: not well formed, or refused by the verifier. */
public final class IrException extends LlvmException {
  private static final long serialVersionUID = 1L;
  private static final Pattern POSITION = Pattern.compile(":(\\d+):(\\d+): error: ([^\\n]*)");

  private final int line;
  private final String text;

  private IrException(String message, int line, String text) {
    super(message);
    this.line = line;
    this.text = text;
  }

  /** From the parser's message, which begins with {@code name:line:column: error:}. */
  static IrException parse(String ir, String message) {
    Matcher at = POSITION.matcher(message);
    if (!at.find()) {
      return of(ir, 0, message.strip());
    }
    return of(ir, Integer.parseInt(at.group(1)), at.group(3) + " (column " + at.group(2) + ")");
  }

  /**
   * From the verifier's message, which quotes instructions as they are printed, not as they were
   * written.
   */
  static IrException verify(String ir, String message) {
    List<String> said = message.strip().lines().map(String::strip).toList();
    List<String> lines = ir.lines().map(String::strip).toList();
    for (String quoted : said) {
      int index = lines.indexOf(quoted);
      if (index >= 0) {
        return of(ir, index + 1, String.join("; ", said));
      }
    }
    return of(ir, 0, String.join("; ", said));
  }

  private static IrException of(String ir, int line, String because) {
    List<String> lines = ir.lines().toList();
    String text = line >= 1 && line <= lines.size() ? lines.get(line - 1).strip() : "";
    String where = text.isEmpty() ? "" : " at line " + line + ": " + text;
    return new IrException(
        "Ir: LLVM does not accept the IR"
            + where
            + "\n  because  "
            + because
            + "\n  fix      this is an error of the code generator: please report it with"
            + " this message",
        text.isEmpty() ? 0 : line,
        text);
  }

  /** Number of the failing line, from 1; 0 when LLVM does not say. */
  public int line() {
    return line;
  }

  /** The failing line of IR; empty when LLVM does not say. */
  public String text() {
    return text;
  }
}
