package io.gluonj.dnnl;

/**
 * {@code dnnl_format_tag_t}: the order of dimensions in memory, the slowest first. Letters count
 * the logical dimensions, which are always (batch, channels, spatial...) for data and (out, in,
 * spatial...) for weights: {@link #ACDB} is NHWC for images and OHWI for weights.
 */
public enum FormatTag {
  /**
   * oneDNN chooses. For weights of convolutions always take this and reorder: a fixed {@code oihw}
   * ends in the reference implementation, which is 100 to 340 times slower. Data mixed between
   * {@code nchw} and {@code nhwc} does the same.
   */
  ANY(1),
  A(2),
  AB(3),
  ABC(4),
  ABCD(5),
  ABCDE(6),
  BA(14),
  /** NWC. */
  ACB(15),
  /** Matrices of a batch transposed. */
  ACBD(21),
  /** NHWC. */
  ACDB(22),
  /** Last two dimensions exchanged. */
  ABDC(20),
  /** NDHWC. */
  ACDEB(33),
  /** HWIO. */
  CDBA(28);

  private final int code;

  FormatTag(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  /**
   * Row-major order for a rank from 1 to 5.
   *
   * @throws IllegalArgumentException for other ranks
   */
  public static FormatTag rowMajor(int rank) {
    return switch (rank) {
      case 1 -> A;
      case 2 -> AB;
      case 3 -> ABC;
      case 4 -> ABCD;
      case 5 -> ABCDE;
      default -> throw new IllegalArgumentException("rank " + rank + " has no row-major tag here");
    };
  }

  /**
   * Channels-last order for a rank from 3 to 5.
   *
   * @throws IllegalArgumentException for other ranks
   */
  public static FormatTag channelsLast(int rank) {
    return switch (rank) {
      case 3 -> ACB;
      case 4 -> ACDB;
      case 5 -> ACDEB;
      default -> throw new IllegalArgumentException("rank " + rank + " has no channels-last tag");
    };
  }
}
