package io.gluonj.ptx;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jcuda.nvptxcompiler.JNvPTXCompiler;
import jcuda.nvptxcompiler.nvPTXCompilerHandle;

/**
 * NVIDIA's static PTX compiler, which needs neither GPU nor driver: what a driver would make of
 * PTX. Its version 12.0 takes PTX up to 8.0.
 */
public final class Assembler {
  /** The architectures that generated code is checked for. */
  public static final List<String> ARCHITECTURES = List.of("sm_75", "sm_80", "sm_90");

  private static final Pattern USE =
      Pattern.compile(
          "Compiling entry function '(\\w+)'.*?(\\d+) bytes stack frame, (\\d+) bytes spill stores,"
              + " (\\d+) bytes spill loads.*?Used (\\d+) registers",
          Pattern.DOTALL);

  /**
   * What one kernel needs.
   *
   * @param stackBytes local memory of a thread, spills included
   * @param spillBytes registers that had to be kept in local memory
   */
  public record Use(String kernel, int registers, int stackBytes, int spillBytes) {}

  private Assembler() {}

  /**
   * Assembles PTX.
   *
   * @param architecture for example {@code sm_80}
   * @return the use of each kernel, in the compiler's order
   * @throws AssertionError with the compiler's words if it refuses the text
   */
  public static List<Use> assemble(String ptx, String architecture) {
    byte[] text = (ptx + "\0").getBytes(StandardCharsets.US_ASCII);
    var compiler = new nvPTXCompilerHandle();
    JNvPTXCompiler.nvPTXCompilerCreate(compiler, text.length, text);
    try {
      String[] options = {"--gpu-name=" + architecture, "--verbose"};
      int code = JNvPTXCompiler.nvPTXCompilerCompile(compiler, options.length, options);
      long[] size = new long[1];
      if (code != 0) {
        JNvPTXCompiler.nvPTXCompilerGetErrorLogSize(compiler, size);
        byte[] log = new byte[(int) size[0] + 1];
        JNvPTXCompiler.nvPTXCompilerGetErrorLog(compiler, log);
        throw new AssertionError("the PTX compiler returned " + code + ": " + text(log));
      }
      JNvPTXCompiler.nvPTXCompilerGetInfoLogSize(compiler, size);
      byte[] log = new byte[(int) size[0] + 1];
      JNvPTXCompiler.nvPTXCompilerGetInfoLog(compiler, log);
      return uses(text(log));
    } finally {
      JNvPTXCompiler.nvPTXCompilerDestroy(compiler);
    }
  }

  private static String text(byte[] log) {
    return new String(log, StandardCharsets.US_ASCII).replace("\0", "").strip();
  }

  private static List<Use> uses(String log) {
    var uses = new ArrayList<Use>();
    Matcher m = USE.matcher(log);
    while (m.find()) {
      uses.add(
          new Use(
              m.group(1),
              Integer.parseInt(m.group(5)),
              Integer.parseInt(m.group(2)),
              Integer.parseInt(m.group(3)) + Integer.parseInt(m.group(4))));
    }
    return uses;
  }
}
