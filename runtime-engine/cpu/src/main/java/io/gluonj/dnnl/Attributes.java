package io.gluonj.dnnl;

import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * {@code dnnl_primitive_attr_t}: how a primitive computes, and what it does to its result before
 * storing it.
 *
 * <p>The scratchpad is always given by the caller ({@code scratchpad_mode_user}); with the
 * library's own a primitive must be executed by the thread that created it.
 *
 * @param math precision that f32 products may be computed with
 * @param deterministic whether equal inputs must give equal bits, at the price of speed
 * @param postOps operations fused into the store, in order
 */
public record Attributes(MathMode math, boolean deterministic, List<PostOp> postOps) {

  /** Full precision, nothing fused. */
  public static final Attributes DEFAULT = new Attributes(MathMode.STRICT, false, List.of());

  private static final int SCRATCHPAD_USER = 1;

  /** {@code dnnl_fpmath_mode_t}. */
  public enum MathMode {
    STRICT(0),
    /**
     * Doubles the speed of large convolutions with AMX, is slower on small ones, and weight
     * gradients ignore it.
     */
    BF16(1);

    private final int code;

    MathMode(int code) {
      this.code = code;
    }
  }

  /** Copies the list. */
  public Attributes {
    postOps = List.copyOf(postOps);
  }

  /**
   * The default with operations fused.
   *
   * <p>Measure before using relu with batch normalization in {@code nchw}: that pair is 13 times
   * slower than the two apart.
   */
  public static Attributes fused(PostOp... postOps) {
    return new Attributes(MathMode.STRICT, false, List.of(postOps));
  }

  /** A new {@code dnnl_primitive_attr_t}. */
  NativeHandle create() {
    Dnnl.require();
    NativeHandle attr =
        new NativeHandle(
            Dnnl.create(
                "dnnl_primitive_attr_create", slot -> (int) DnnlApi.ATTR_CREATE.invokeExact(slot)),
            DnnlApi.ATTR_DESTROY,
            "dnnl_primitive_attr_destroy");
    boolean done = false;
    try {
      fill(attr.address());
      done = true;
      return attr;
    } finally {
      if (!done) {
        attr.run();
      }
    }
  }

  private void fill(MemorySegment attr) {
    Dnnl.run(arena -> {
      Dnnl.check(
          "dnnl_primitive_attr_set_scratchpad_mode",
          (int) DnnlApi.ATTR_SET_SCRATCHPAD_MODE.invokeExact(attr, SCRATCHPAD_USER));
      Dnnl.check(
          "dnnl_primitive_attr_set_fpmath_mode",
          (int) DnnlApi.ATTR_SET_FPMATH_MODE.invokeExact(attr, math.code));
      Dnnl.check(
          "dnnl_primitive_attr_set_deterministic",
          (int) DnnlApi.ATTR_SET_DETERMINISTIC.invokeExact(attr, deterministic ? 1 : 0));
    });
    if (!postOps.isEmpty()) {
      NativeHandle chain =
          new NativeHandle(
              Dnnl.create(
                  "dnnl_post_ops_create", slot -> (int) DnnlApi.POST_OPS_CREATE.invokeExact(slot)),
              DnnlApi.POST_OPS_DESTROY,
              "dnnl_post_ops_destroy");
      try {
        for (PostOp postOp : postOps) {
          postOp.append(chain.address());
        }
        Dnnl.run(arena -> {
          Dnnl.check(
              "dnnl_primitive_attr_set_post_ops",
              (int) DnnlApi.ATTR_SET_POST_OPS.invokeExact(attr, chain.address()));
        });
      } finally {
        chain.run();
      }
    }
  }
}
