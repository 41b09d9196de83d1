package io.gluonj.function;

import io.gluonj.op.Diagonal;
import io.gluonj.op.Linalg;
import io.gluonj.op.Masks;
import io.gluonj.tensor.Tensor;
import java.util.function.Consumer;

/** A part of {@link F}, which is what programs name; generated from the operators' schemas. */
public abstract sealed class ProductFunctions2 extends ProductFunctions permits LayerFunctions {
  ProductFunctions2() {}

  /** {@code alpha op(A) op(B)}; {@code axis} is the axis of rows. */
  public static <T extends Tensor> T linalgGemm2(T a, T b) {
    return one(new Linalg.Gemm2(false, false, 1, -2), a, b);
  }

  /**
   * {@code alpha op(A) op(B)}; {@code axis} is the axis of rows.
   *
   * <p>MXNet {@code _linalg_gemm2}.
   */
  public static <T extends Tensor> T linalgGemm2(
      T a, T b, Consumer<LinalgGemm2Attributes> attributes) {
    return one(set(new LinalgGemm2Attributes(), attributes).op(), a, b);
  }

  /** Attributes of {@code linalgGemm2}. */
  public static final class LinalgGemm2Attributes extends Attributes {
    private boolean transposeA = false;
    private boolean transposeB = false;
    private double alpha = 1;
    private int axis = -2;

    private LinalgGemm2Attributes() {}

    /** Whether the first operand is transposed; false by default. */
    public LinalgGemm2Attributes transposeA(boolean transposeA) {
      this.transposeA = transposeA;
      return this;
    }

    /** Whether the second operand is transposed; false by default. */
    public LinalgGemm2Attributes transposeB(boolean transposeB) {
      this.transposeB = transposeB;
      return this;
    }

    /** The factor of the result; 1 by default. */
    public LinalgGemm2Attributes alpha(double alpha) {
      this.alpha = alpha;
      return this;
    }

    /** The axis, or axes; negative ones count from the last; -2 by default. */
    public LinalgGemm2Attributes axis(int axis) {
      this.axis = axis;
      return this;
    }

    private Linalg.Gemm2 op() {
      return new Linalg.Gemm2(transposeA, transposeB, alpha, axis);
    }
  }

  /** Square matrices with the last axis as diagonal {@code offset}. */
  public static <T extends Tensor> T linalgMakediag(T a) {
    return one(new Diagonal.MakeDiag(0L), a);
  }

  /**
   * Square matrices with the last axis as diagonal {@code offset}.
   *
   * <p>MXNet {@code _linalg_makediag}.
   */
  public static <T extends Tensor> T linalgMakediag(
      T a, Consumer<LinalgMakediagAttributes> attributes) {
    return one(set(new LinalgMakediagAttributes(), attributes).op(), a);
  }

  /** Attributes of {@code linalgMakediag}. */
  public static final class LinalgMakediagAttributes extends Attributes {
    private long offset = 0L;

    private LinalgMakediagAttributes() {}

    /** Which diagonal; 0 by default. */
    public LinalgMakediagAttributes offset(long offset) {
      this.offset = offset;
      return this;
    }

    private Diagonal.MakeDiag op() {
      return new Diagonal.MakeDiag(offset);
    }
  }

  /**
   * The sum of the logarithms of the diagonal: log-determinant of a triangular matrix.
   *
   * <p>MXNet {@code _linalg_sumlogdiag}.
   */
  public static <T extends Tensor> T linalgSumlogdiag(T a) {
    return one(new Linalg.SumLogDiag(), a);
  }

  /** {@code alpha A Aᵀ}, or {@code alpha Aᵀ A} if transposed. */
  public static <T extends Tensor> T linalgSyrk(T a) {
    return one(new Linalg.Syrk(false, 1), a);
  }

  /**
   * {@code alpha A Aᵀ}, or {@code alpha Aᵀ A} if transposed.
   *
   * <p>MXNet {@code _linalg_syrk}.
   */
  public static <T extends Tensor> T linalgSyrk(T a, Consumer<LinalgSyrkAttributes> attributes) {
    return one(set(new LinalgSyrkAttributes(), attributes).op(), a);
  }

  /** Attributes of {@code linalgSyrk}. */
  public static final class LinalgSyrkAttributes extends Attributes {
    private boolean transpose = false;
    private double alpha = 1;

    private LinalgSyrkAttributes() {}

    /** Whether the operand is transposed; false by default. */
    public LinalgSyrkAttributes transpose(boolean transpose) {
      this.transpose = transpose;
      return this;
    }

    /** The factor of the result; 1 by default. */
    public LinalgSyrkAttributes alpha(double alpha) {
      this.alpha = alpha;
      return this;
    }

    private Linalg.Syrk op() {
      return new Linalg.Syrk(transpose, alpha);
    }
  }

  /** {@code alpha op(A) B}, or {@code alpha B op(A)}, of A's lower or upper triangle. */
  public static <T extends Tensor> T linalgTrmm(T a, T b) {
    return one(new Linalg.Trmm(false, false, true, 1), a, b);
  }

  /**
   * {@code alpha op(A) B}, or {@code alpha B op(A)}, of A's lower or upper triangle.
   *
   * <p>MXNet {@code _linalg_trmm}.
   */
  public static <T extends Tensor> T linalgTrmm(
      T a, T b, Consumer<LinalgTrmmAttributes> attributes) {
    return one(set(new LinalgTrmmAttributes(), attributes).op(), a, b);
  }

  /** Attributes of {@code linalgTrmm}. */
  public static final class LinalgTrmmAttributes extends Attributes {
    private boolean transpose = false;
    private boolean rightside = false;
    private boolean lower = true;
    private double alpha = 1;

    private LinalgTrmmAttributes() {}

    /** Whether the operand is transposed; false by default. */
    public LinalgTrmmAttributes transpose(boolean transpose) {
      this.transpose = transpose;
      return this;
    }

    /** Whether the triangular operand stands right; false by default. */
    public LinalgTrmmAttributes rightside(boolean rightside) {
      this.rightside = rightside;
      return this;
    }

    /** Whether the lower triangle counts; true by default. */
    public LinalgTrmmAttributes lower(boolean lower) {
      this.lower = lower;
      return this;
    }

    /** The factor of the result; 1 by default. */
    public LinalgTrmmAttributes alpha(double alpha) {
      this.alpha = alpha;
      return this;
    }

    private Linalg.Trmm op() {
      return new Linalg.Trmm(transpose, rightside, lower, alpha);
    }
  }

  /**
   * Rotary positions (Su et al., 2021) of (…, steps, features): pairs of features, one from each
   * half, are turned by {@code (offset + step) * base^(-2 pair / features)}.
   */
  public static <T extends Tensor> T rotaryEmbedding(T data) {
    return one(new Masks.RotaryEmbedding(10000, 0L), data);
  }

  /**
   * Rotary positions (Su et al., 2021) of (…, steps, features): pairs of features, one from each
   * half, are turned by {@code (offset + step) * base^(-2 pair / features)}.
   *
   * <p>ONNX {@code RotaryEmbedding}.
   */
  public static <T extends Tensor> T rotaryEmbedding(
      T data, Consumer<RotaryEmbeddingAttributes> attributes) {
    return one(set(new RotaryEmbeddingAttributes(), attributes).op(), data);
  }

  /** Attributes of {@code rotaryEmbedding}. */
  public static final class RotaryEmbeddingAttributes extends Attributes {
    private double base = 10000;
    private long offset = 0L;

    private RotaryEmbeddingAttributes() {}

    /** MXNet's {@code base}; 10000 by default. */
    public RotaryEmbeddingAttributes base(double base) {
      this.base = base;
      return this;
    }

    /** Which diagonal; 0 by default. */
    public RotaryEmbeddingAttributes offset(long offset) {
      this.offset = offset;
      return this;
    }

    private Masks.RotaryEmbedding op() {
      return new Masks.RotaryEmbedding(base, offset);
    }
  }

  /** Zeros above (or, unless lower, below) diagonal {@code k} of the last two axes. */
  public static <T extends Tensor> T triangle(T data) {
    return one(new Masks.Triangle(0L, true), data);
  }

  /**
   * Zeros above (or, unless lower, below) diagonal {@code k} of the last two axes.
   *
   * <p>ONNX {@code Trilu}.
   */
  public static <T extends Tensor> T triangle(T data, Consumer<TriangleAttributes> attributes) {
    return one(set(new TriangleAttributes(), attributes).op(), data);
  }

  /** Attributes of {@code triangle}. */
  public static final class TriangleAttributes extends Attributes {
    private long k = 0L;
    private boolean lower = true;

    private TriangleAttributes() {}

    /**
     * How many, or which diagonal: 0 is the main one and positive ones lie above it; 0 by default.
     */
    public TriangleAttributes k(long k) {
      this.k = k;
      return this;
    }

    /** Whether the lower triangle counts; true by default. */
    public TriangleAttributes lower(boolean lower) {
      this.lower = lower;
      return this;
    }

    private Masks.Triangle op() {
      return new Masks.Triangle(k, lower);
    }
  }
}
