package io.gluonj.codegen;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A module of GPU kernels under construction. */
final class GpuModule {
  private final Set<String> declarations = IrWriter.declarations();
  private final StringBuilder kernels = new StringBuilder();

  /**
   * Adds a kernel.
   *
   * @param reads names of the parameters it only reads
   * @param writes names of the parameters it writes; they follow those it reads
   * @param extent upper bound of all positions and of the number of threads
   */
  void kernel(
      String name,
      List<String> reads,
      List<String> writes,
      FloatType compute,
      long extent,
      Consumer<GpuCode> body) {
    kernel(
        name,
        Stream.concat(
                reads.stream().map(r -> "ptr noalias readonly " + r),
                writes.stream().map(w -> "ptr noalias " + w))
            .toList(),
        compute,
        extent,
        body);
  }

  /**
   * Adds a kernel.
   *
   * @param parameters with their types and attributes
   * @param extent upper bound of all positions and of the number of threads
   */
  void kernel(
      String name,
      List<String> parameters,
      FloatType compute,
      long extent,
      Consumer<GpuCode> body) {
    GpuCode code = new GpuCode(declarations, compute, extent);
    body.accept(code);
    kernels
        .append("define ptx_kernel void @")
        .append(name)
        .append("(")
        .append(String.join(", ", parameters))
        .append(") #0 {\nentry:\n")
        .append(code)
        .append("  ret void\n}\n\n");
  }

  /** The module's text. */
  String ir() {
    var text = new StringBuilder();
    text.append(kernels);
    declarations.forEach(d -> text.append(d).append('\n'));
    return text.append("attributes #0 = { nounwind }\n").toString();
  }
}
