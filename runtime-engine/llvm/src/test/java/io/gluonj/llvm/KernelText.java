package io.gluonj.llvm;

/** Small kernels as IR text, {@code void name(ptr a, ptr b, ptr out, i64 n)}. */
final class KernelText {
  private KernelText() {}

  /** A loop whose body computes {@code %r} from {@code %a} and {@code %b}. */
  static String loop(String name, String body) {
    return """
    define void @%s(ptr noalias %%pa, ptr noalias %%pb, ptr noalias %%po, i64 %%n) {
    entry:
      %%any = icmp sgt i64 %%n, 0
      br i1 %%any, label %%loop, label %%exit
    loop:
      %%i = phi i64 [ 0, %%entry ], [ %%next, %%loop ]
      %%qa = getelementptr inbounds float, ptr %%pa, i64 %%i
      %%a = load float, ptr %%qa, align 4
      %%qb = getelementptr inbounds float, ptr %%pb, i64 %%i
      %%b = load float, ptr %%qb, align 4
      %s
      %%qo = getelementptr inbounds float, ptr %%po, i64 %%i
      store float %%r, ptr %%qo, align 4
      %%next = add nuw nsw i64 %%i, 1
      %%more = icmp slt i64 %%next, %%n
      br i1 %%more, label %%loop, label %%exit
    exit:
      ret void
    }
    """
        .formatted(name, body);
  }

  /**
   * tanh(a + b) by the continued fraction of Lambert, nine levels; good to 1e-7 for |a + b| up to
   * 4.
   */
  static String tanhOfSum(String name) {
    StringBuilder body = new StringBuilder();
    line(body, "x", "fadd float %a, %b");
    line(body, "xx", "fmul float %x, %x");
    String below = "21.0";
    for (int odd = 19; odd >= 1; odd -= 2) {
      line(body, "d" + odd, "fdiv float %xx, " + below);
      line(body, "s" + odd, "fadd float %d" + odd + ", " + odd + ".0");
      below = "%s" + odd;
    }
    line(body, "r", "fdiv float %x, %s1");
    return loop(name, body.toString());
  }

  private static void line(StringBuilder body, String result, String operation) {
    body.append("  %")
        .append(result)
        .append(" = ")
        .append(operation)
        .append(System.lineSeparator());
  }
}
