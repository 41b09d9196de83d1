package io.gluonj.function;

import io.gluonj.op.AttentionProducts;
import io.gluonj.op.BatchDot;
import io.gluonj.op.Diagonal;
import io.gluonj.op.Dot;
import io.gluonj.op.Linalg;
import io.gluonj.op.Masks;
import io.gluonj.tensor.Tensor;
import java.util.List;
import java.util.function.Consumer;

/** A part of {@link F}, which is what programs name; generated from the operators' schemas. */
public abstract sealed class ProductFunctions extends IndexingFunctions2 permits ProductFunctions2 {
  ProductFunctions() {}

  /**
   * A matrix product for each element of the batch axis: (B, M, K) and (B, K, N) give (B, M, N).
   */
  public static <T extends Tensor> T batchDot(T lhs, T rhs) {
    return one(new BatchDot(false, false), lhs, rhs);
  }

  /**
   * A matrix product for each element of the batch axis: (B, M, K) and (B, K, N) give (B, M, N).
   *
   * <p>MXNet {@code batch_dot}; ONNX {@code MatMul}.
   */
  public static <T extends Tensor> T batchDot(
      T lhs, T rhs, Consumer<BatchDotAttributes> attributes) {
    return one(set(new BatchDotAttributes(), attributes).op(), lhs, rhs);
  }

  /** Attributes of {@code batchDot}. */
  public static final class BatchDotAttributes extends Attributes {
    private boolean transposeA = false;
    private boolean transposeB = false;

    private BatchDotAttributes() {}

    /** Whether the first operand is transposed; false by default. */
    public BatchDotAttributes transposeA(boolean transposeA) {
      this.transposeA = transposeA;
      return this;
    }

    /** Whether the second operand is transposed; false by default. */
    public BatchDotAttributes transposeB(boolean transposeB) {
      this.transposeB = transposeB;
      return this;
    }

    private BatchDot op() {
      return new BatchDot(transposeA, transposeB);
    }
  }

  /**
   * Of a vector, the matrix with it as diagonal {@code k}; of anything else, diagonal {@code k} of
   * two axes, as the last axis of the result.
   */
  public static <T extends Tensor> T diag(T data) {
    return one(new Diagonal.Diag(0L, 0, 1), data);
  }

  /**
   * Of a vector, the matrix with it as diagonal {@code k}; of anything else, diagonal {@code k} of
   * two axes, as the last axis of the result.
   *
   * <p>MXNet {@code diag}.
   */
  public static <T extends Tensor> T diag(T data, Consumer<DiagAttributes> attributes) {
    return one(set(new DiagAttributes(), attributes).op(), data);
  }

  /** Attributes of {@code diag}. */
  public static final class DiagAttributes extends Attributes {
    private long k = 0L;
    private int axis1 = 0;
    private int axis2 = 1;

    private DiagAttributes() {}

    /**
     * How many, or which diagonal: 0 is the main one and positive ones lie above it; 0 by default.
     */
    public DiagAttributes k(long k) {
      this.k = k;
      return this;
    }

    /** The first axis; 0 by default. */
    public DiagAttributes axis1(int axis1) {
      this.axis1 = axis1;
      return this;
    }

    /** The second axis; 1 by default. */
    public DiagAttributes axis2(int axis2) {
      this.axis2 = axis2;
      return this;
    }

    private Diagonal.Diag op() {
      return new Diagonal.Diag(k, axis1, axis2);
    }
  }

  /**
   * {@code x / sqrt(n)}, n being the extent of the last axis.
   *
   * <p>MXNet {@code _contrib_div_sqrt_dim}.
   */
  public static <T extends Tensor> T divSqrtDim(T data) {
    return one(new Masks.DivSqrtDim(), data);
  }

  /** MXNet's dot: contracts the last axis of lhs with the first of rhs (not NumPy's matmul). */
  public static <T extends Tensor> T dot(T lhs, T rhs) {
    return one(new Dot(false, false), lhs, rhs);
  }

  /**
   * MXNet's dot: contracts the last axis of lhs with the first of rhs (not NumPy's matmul). With
   * {@code transposeA} the first axis of lhs, with {@code transposeB} the last of rhs is
   * contracted. Two vectors give shape (1,).
   *
   * <p>MXNet {@code dot}; ONNX {@code MatMul}.
   */
  public static <T extends Tensor> T dot(T lhs, T rhs, Consumer<DotAttributes> attributes) {
    return one(set(new DotAttributes(), attributes).op(), lhs, rhs);
  }

  /** Attributes of {@code dot}. */
  public static final class DotAttributes extends Attributes {
    private boolean transposeA = false;
    private boolean transposeB = false;

    private DotAttributes() {}

    /** Whether the first operand is transposed; false by default. */
    public DotAttributes transposeA(boolean transposeA) {
      this.transposeA = transposeA;
      return this;
    }

    /** Whether the second operand is transposed; false by default. */
    public DotAttributes transposeB(boolean transposeB) {
      this.transposeB = transposeB;
      return this;
    }

    private Dot op() {
      return new Dot(transposeA, transposeB);
    }
  }

  /**
   * Queries of one sequence by keys of another.
   *
   * <p>MXNet {@code _contrib_interleaved_matmul_encdec_qk}.
   */
  public static <T extends Tensor> T interleavedMatmulEncdecQk(T queries, T keysValues, int heads) {
    return one(new AttentionProducts.CrossAttentionScores(heads), queries, keysValues);
  }

  /**
   * Attention by values of another sequence.
   *
   * <p>MXNet {@code _contrib_interleaved_matmul_encdec_valatt}.
   */
  public static <T extends Tensor> T interleavedMatmulEncdecValatt(
      T keysValues, T attention, int heads) {
    return one(new AttentionProducts.CrossAttentionValues(heads), keysValues, attention);
  }

  /**
   * Queries by keys of one sequence.
   *
   * <p>MXNet {@code _contrib_interleaved_matmul_selfatt_qk}.
   */
  public static <T extends Tensor> T interleavedMatmulSelfattQk(T queriesKeysValues, int heads) {
    return one(new AttentionProducts.SelfAttentionScores(heads), queriesKeysValues);
  }

  /**
   * Attention by values of one sequence.
   *
   * <p>MXNet {@code _contrib_interleaved_matmul_selfatt_valatt}.
   */
  public static <T extends Tensor> T interleavedMatmulSelfattValatt(
      T queriesKeysValues, T attention, int heads) {
    return one(new AttentionProducts.SelfAttentionValues(heads), queriesKeysValues, attention);
  }

  /**
   * The product of matrices with equal columns that has all products of their rows as rows.
   *
   * <p>MXNet {@code khatri_rao}.
   */
  public static <T extends Tensor> T khatriRao(T first, Tensor... others) {
    return one(new Linalg.KhatriRao(), first, others);
  }

  /** The product of matrices with equal columns that has all products of their rows as rows. */
  public static <T extends Tensor> T khatriRao(List<? extends T> data) {
    return one(new Linalg.KhatriRao(), data);
  }

  /** Diagonal {@code offset} of the last two axes. */
  public static <T extends Tensor> T linalgExtractdiag(T a) {
    return one(new Diagonal.ExtractDiag(0L), a);
  }

  /**
   * Diagonal {@code offset} of the last two axes.
   *
   * <p>MXNet {@code _linalg_extractdiag}.
   */
  public static <T extends Tensor> T linalgExtractdiag(
      T a, Consumer<LinalgExtractdiagAttributes> attributes) {
    return one(set(new LinalgExtractdiagAttributes(), attributes).op(), a);
  }

  /** Attributes of {@code linalgExtractdiag}. */
  public static final class LinalgExtractdiagAttributes extends Attributes {
    private long offset = 0L;

    private LinalgExtractdiagAttributes() {}

    /** Which diagonal; 0 by default. */
    public LinalgExtractdiagAttributes offset(long offset) {
      this.offset = offset;
      return this;
    }

    private Diagonal.ExtractDiag op() {
      return new Diagonal.ExtractDiag(offset);
    }
  }

  /** {@code alpha op(A) op(B) + beta C}; {@code axis} is the axis of rows. */
  public static <T extends Tensor> T linalgGemm(T a, T b, T c) {
    return one(new Linalg.Gemm(false, false, 1, 1, -2), a, b, c);
  }

  /**
   * {@code alpha op(A) op(B) + beta C}; {@code axis} is the axis of rows.
   *
   * <p>MXNet {@code _linalg_gemm}.
   */
  public static <T extends Tensor> T linalgGemm(
      T a, T b, T c, Consumer<LinalgGemmAttributes> attributes) {
    return one(set(new LinalgGemmAttributes(), attributes).op(), a, b, c);
  }

  /** Attributes of {@code linalgGemm}. */
  public static final class LinalgGemmAttributes extends Attributes {
    private boolean transposeA = false;
    private boolean transposeB = false;
    private double alpha = 1;
    private double beta = 1;
    private int axis = -2;

    private LinalgGemmAttributes() {}

    /** Whether the first operand is transposed; false by default. */
    public LinalgGemmAttributes transposeA(boolean transposeA) {
      this.transposeA = transposeA;
      return this;
    }

    /** Whether the second operand is transposed; false by default. */
    public LinalgGemmAttributes transposeB(boolean transposeB) {
      this.transposeB = transposeB;
      return this;
    }

    /** The factor of the result; 1 by default. */
    public LinalgGemmAttributes alpha(double alpha) {
      this.alpha = alpha;
      return this;
    }

    /** The factor of, or what is added to, the result; 1 by default. */
    public LinalgGemmAttributes beta(double beta) {
      this.beta = beta;
      return this;
    }

    /** The axis, or axes; negative ones count from the last; -2 by default. */
    public LinalgGemmAttributes axis(int axis) {
      this.axis = axis;
      return this;
    }

    private Linalg.Gemm op() {
      return new Linalg.Gemm(transposeA, transposeB, alpha, beta, axis);
    }
  }
}
