package io.gluonj.backend.cuda;

import io.gluonj.llvm.Ptx;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jcuda.nvptxcompiler.JNvPTXCompiler;
import jcuda.nvptxcompiler.nvPTXCompilerHandle;

/** Assembles kernels with NVIDIA's static PTX compiler, which needs neither GPU nor driver. */
final class Ptxas {
  private static final Pattern USE =
      Pattern.compile(
          "Compiling entry function '(\\w+)'.*?(\\d+) bytes stack frame, (\\d+) bytes spill stores,"
              + " (\\d+) bytes spill loads.*?Used (\\d+) registers",
          Pattern.DOTALL);

  /** What one kernel needs. */
  record Use(String kernel, int registers, int stackBytes, int spillBytes) {}

  private Ptxas() {}

  /** Compiles IR to PTX and that to machine code of an architecture. */
  static List<Use> assemble(String ir, String architecture) {
    byte[] ptx = (Ptx.compile(ir, architecture) + "\0").getBytes(StandardCharsets.US_ASCII);
    nvPTXCompilerHandle compiler = new nvPTXCompilerHandle();
    JNvPTXCompiler.nvPTXCompilerCreate(compiler, ptx.length, ptx);
    try {
      String[] options = {"--gpu-name=" + architecture, "--verbose"};
      int code = JNvPTXCompiler.nvPTXCompilerCompile(compiler, options.length, options);
      long[] size = new long[1];
      if (code != 0) {
        JNvPTXCompiler.nvPTXCompilerGetErrorLogSize(compiler, size);
        byte[] log = new byte[(int) size[0] + 1];
        JNvPTXCompiler.nvPTXCompilerGetErrorLog(compiler, log);
        throw new AssertionError(
            "ptxas returned " + code + ": " + new String(log, StandardCharsets.US_ASCII));
      }
      JNvPTXCompiler.nvPTXCompilerGetInfoLogSize(compiler, size);
      byte[] log = new byte[(int) size[0] + 1];
      JNvPTXCompiler.nvPTXCompilerGetInfoLog(compiler, log);
      return uses(new String(log, StandardCharsets.US_ASCII));
    } finally {
      JNvPTXCompiler.nvPTXCompilerDestroy(compiler);
    }
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
