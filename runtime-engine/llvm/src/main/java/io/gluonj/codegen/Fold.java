package io.gluonj.codegen;

import java.util.function.BinaryOperator;

/**
 * Combines values of threads, always in the same order.
 *
 * @param code of the kernel, whose threads all come here
 * @param combine one step; must not care which side is which
 */
record Fold(GpuCode code, FloatType type, BinaryOperator<String> combine) {
  private static final int WARP = 32;

  /**
   * The value of neighbouring threads, known to all of them.
   *
   * @param lanes a power of two, at most 32
   */
  String lanes(String value, int lanes) {
    String all = value;
    for (int distance = lanes / 2; distance >= 1; distance /= 2) {
      all = combine.apply(all, other(all, distance));
    }
    return all;
  }

  /** The value of the thread whose number differs by one bit. CUDA: {@code __shfl_xor_sync}. */
  private String other(String value, int distance) {
    if (type == FloatType.F32) {
      return shuffle("float", "f32", value, distance);
    }
    String bits = code.value("bitcast double " + value + " to i64");
    String low = shuffle("i32", "i32", code.value("trunc i64 " + bits + " to i32"), distance);
    String upper = code.value("lshr i64 " + bits + ", 32");
    String high = shuffle("i32", "i32", code.value("trunc i64 " + upper + " to i32"), distance);
    String wideHigh = code.value("zext i32 " + high + " to i64");
    String shifted = code.value("shl i64 " + wideHigh + ", 32");
    String both =
        code.value("or i64 " + shifted + ", " + code.value("zext i32 " + low + " to i64"));
    return code.value("bitcast i64 " + both + " to double");
  }

  private String shuffle(String ir, String suffix, String value, int distance) {
    String name = "@llvm.nvvm.shfl.sync.bfly." + suffix;
    code.define("declare " + ir + " " + name + "(i32, " + ir + ", i32, i32)");
    return code.value(
        "call %s %s(i32 -1, %s %s, i32 %d, i32 %d)"
            .formatted(ir, name, ir, value, distance, WARP - 1));
  }

  /**
   * The value of all threads of a block, known to all of them.
   *
   * @param threads in the block, a multiple of 32
   */
  String block(String value, int threads) {
    int warps = threads / WARP;
    String warp = lanes(value, WARP);
    if (warps == 1) {
      return warp;
    }
    var shared = new Shared(code, "warps", type, WARP);
    String thread = code.thread();
    String lane = code.modulo(thread, WARP);
    code.barrier(); // the array may still be read
    code.when(code.compare("eq", lane, "0"), () -> shared.write(code.over(thread, WARP), warp));
    code.barrier();
    return lanes(shared.read(code.modulo(lane, warps)), warps);
  }

  /**
   * The value of threads of a block that lie {@code width} apart, known to the first of them.
   *
   * @param lanes how many, a power of two
   */
  String columns(String value, int lanes, int width) {
    var shared = new Shared(code, "columns", type, lanes * width);
    String thread = code.thread();
    code.barrier(); // the array may still be read
    shared.write(thread, value);
    for (int half = lanes / 2; half >= 1; half /= 2) {
      int distance = half * width;
      code.barrier();
      code.when(
          code.compare("slt", thread, String.valueOf(distance)),
          () ->
              shared.write(
                  thread,
                  combine.apply(shared.read(thread), shared.read(code.add(thread, distance)))));
    }
    return shared.read(thread);
  }
}
