package io.gluonj.dnnl;

import java.util.List;

/**
 * {@code DNNL_ARG_*}: the place of a memory in the call of a primitive.
 *
 * @param code number used by the C API
 * @param name for messages
 */
public record Arg(int code, String name) {
  public static final Arg SRC = new Arg(1, "src");
  public static final Arg SRC_1 = new Arg(2, "src_1");
  public static final Arg DST = new Arg(17, "dst");
  public static final Arg WEIGHTS = new Arg(33, "weights");
  public static final Arg BIAS = new Arg(41, "bias");
  public static final Arg MEAN = new Arg(49, "mean");
  public static final Arg VARIANCE = new Arg(50, "variance");
  public static final Arg SCALE = new Arg(51, "scale");
  public static final Arg SHIFT = new Arg(52, "shift");
  public static final Arg WORKSPACE = new Arg(64, "workspace");
  public static final Arg SCRATCHPAD = new Arg(80, "scratchpad");
  public static final Arg DIFF_SRC = new Arg(129, "diff_src");
  public static final Arg DIFF_DST = new Arg(145, "diff_dst");
  public static final Arg DIFF_WEIGHTS = new Arg(161, "diff_weights");
  public static final Arg DIFF_BIAS = new Arg(169, "diff_bias");
  public static final Arg DIFF_SCALE = new Arg(255, "diff_scale");
  public static final Arg DIFF_SHIFT = new Arg(256, "diff_shift");

  static final List<Arg> ALL =
      List.of(
          SRC,
          SRC_1,
          DST,
          WEIGHTS,
          BIAS,
          MEAN,
          VARIANCE,
          SCALE,
          SHIFT,
          WORKSPACE,
          SCRATCHPAD,
          DIFF_SRC,
          DIFF_DST,
          DIFF_WEIGHTS,
          DIFF_BIAS,
          DIFF_SCALE,
          DIFF_SHIFT);

  /**
   * Second operand of the binary post-operation at {@code index} in the list of post-operations.
   */
  public static Arg postOperand(int index) {
    return new Arg(0x8000 * (index + 1) | SRC_1.code, "post_op_" + index);
  }

  @Override
  public String toString() {
    return name;
  }
}
