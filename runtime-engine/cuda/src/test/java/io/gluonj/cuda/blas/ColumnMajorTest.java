package io.gluonj.cuda.blas;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gluonj.types.DType;
import io.gluonj.types.UnsupportedOpException;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Row-major products, translated, by a model of cuBLAS's column-major gemm. */
final class ColumnMajorTest {
  private static final long SEED = 11;

  private static Product product(
      boolean ta, boolean tb, long m, long n, long k, long batch, long sa, long sb, double beta) {
    return new Product(
        ta,
        tb,
        m,
        n,
        k,
        batch,
        sa,
        sb,
        m * n,
        beta,
        DType.FLOAT32,
        DType.FLOAT32,
        Precision.DEFAULT);
  }

  /** What the definition says. */
  private static double[] rowMajor(Product p, double[] a, double[] b, double[] before) {
    double[] c = before.clone();
    for (int batch = 0; batch < p.batch(); batch++) {
      for (int i = 0; i < p.m(); i++) {
        for (int j = 0; j < p.n(); j++) {
          double sum = 0;
          for (int x = 0; x < p.k(); x++) {
            long ofA = batch * p.strideA() + (p.transposeA() ? x * p.m() + i : i * p.k() + x);
            long ofB = batch * p.strideB() + (p.transposeB() ? j * p.k() + x : x * p.n() + j);
            sum += a[(int) ofA] * b[(int) ofB];
          }
          int at = (int) (batch * p.strideC() + i * p.n() + j);
          c[at] = sum + p.beta() * before[at];
        }
      }
    }
    return c;
  }

  /** What cuBLAS's documentation says of cublasGemmStridedBatchedEx. */
  private static double[] columnMajor(
      ColumnMajor p, double[] first, double[] second, double[] before) {
    double[] c = before.clone();
    for (int batch = 0; batch < p.batch(); batch++) {
      for (int i = 0; i < p.m(); i++) {
        for (int j = 0; j < p.n(); j++) {
          double sum = 0;
          for (int x = 0; x < p.k(); x++) {
            int row = p.operationFirst() == 0 ? i : x;
            int column = p.operationFirst() == 0 ? x : i;
            long ofFirst = batch * p.strideFirst() + row + (long) column * p.leadingFirst();
            int rowSecond = p.operationSecond() == 0 ? x : j;
            int columnSecond = p.operationSecond() == 0 ? j : x;
            long ofSecond =
                batch * p.strideSecond() + rowSecond + (long) columnSecond * p.leadingSecond();
            sum += first[(int) ofFirst] * second[(int) ofSecond];
          }
          int at = (int) (batch * p.strideResult() + i + (long) j * p.leadingResult());
          c[at] = sum + p.beta() * before[at];
        }
      }
    }
    return c;
  }

  private static double[] random(Random random, long n) {
    return random.doubles(n, -1, 1).toArray();
  }

  private static void check(Product p) {
    var random = new Random(SEED);
    double[] a = random(random, (p.batch() - 1) * p.strideA() + p.m() * p.k());
    double[] b = random(random, (p.batch() - 1) * p.strideB() + p.k() * p.n());
    double[] c = random(random, p.batch() * p.m() * p.n());

    double[] actual = columnMajor(ColumnMajor.of(p), b, a, c);

    assertWithMessage("%s, seed %s", p, SEED)
        .that(actual)
        .usingTolerance(1e-12)
        .containsExactly(rowMajor(p, a, b, c))
        .inOrder();
  }

  @TestFactory
  Stream<DynamicTest> translatedProductsAreTheSame() {
    long[][] extents = {{1, 1, 1, 1}, {2, 3, 4, 1}, {5, 1, 7, 1}, {1, 6, 3, 1}, {4, 3, 2, 5}};
    return Stream.of(extents)
        .flatMap(e ->
            Stream.of(false, true)
                .flatMap(ta ->
                    Stream.of(false, true)
                        .flatMap(tb ->
                            Stream.of(
                                product(
                                    ta, tb, e[0], e[1], e[2], e[3], e[0] * e[2], e[1] * e[2], 0),
                                product(ta, tb, e[0], e[1], e[2], e[3], 0, e[1] * e[2] + 3, 1),
                                product(ta, tb, e[0], e[1], e[2], e[3], e[0] * e[2] + 1, 0, 0.5)))))
        .map(p -> DynamicTest.dynamicTest(p.toString(), () -> check(p)));
  }

  private static ColumnMajor typed(DType type, DType result, Precision precision) {
    return ColumnMajor.of(
        new Product(false, false, 1, 1, 1, 1, 1, 1, 1, 0, type, result, precision));
  }

  @Test
  void numbersOfTypesAreThoseOfTheBinding() {
    assertThat(typed(DType.FLOAT32, DType.FLOAT32, Precision.DEFAULT).computeType())
        .isEqualTo(jcuda.jcublas.cublasComputeType.CUBLAS_COMPUTE_32F);
    assertThat(typed(DType.FLOAT32, DType.FLOAT32, Precision.PEDANTIC).computeType())
        .isEqualTo(jcuda.jcublas.cublasComputeType.CUBLAS_COMPUTE_32F_PEDANTIC);
    assertThat(typed(DType.FLOAT32, DType.FLOAT32, Precision.TF32).computeType())
        .isEqualTo(jcuda.jcublas.cublasComputeType.CUBLAS_COMPUTE_32F_FAST_TF32);
    assertThat(typed(DType.FLOAT64, DType.FLOAT64, Precision.TF32).computeType())
        .isEqualTo(jcuda.jcublas.cublasComputeType.CUBLAS_COMPUTE_64F);
    assertThat(typed(DType.BFLOAT16, DType.FLOAT32, Precision.TF32).computeType())
        .isEqualTo(jcuda.jcublas.cublasComputeType.CUBLAS_COMPUTE_32F);
    assertThat(typed(DType.BFLOAT16, DType.FLOAT32, Precision.TF32).dataType())
        .isEqualTo(jcuda.cudaDataType.CUDA_R_16BF);
    assertThat(typed(DType.FLOAT16, DType.FLOAT32, Precision.TF32).dataType())
        .isEqualTo(jcuda.cudaDataType.CUDA_R_16F);
    assertThat(typed(DType.FLOAT16, DType.FLOAT32, Precision.TF32).resultType())
        .isEqualTo(jcuda.cudaDataType.CUDA_R_32F);
    assertThat(typed(DType.FLOAT64, DType.FLOAT64, Precision.DEFAULT).resultType())
        .isEqualTo(jcuda.cudaDataType.CUDA_R_64F);
    assertThat(ColumnMajor.ALGORITHM).isEqualTo(jcuda.jcublas.cublasGemmAlgo.CUBLAS_GEMM_DEFAULT);
    assertThat(ColumnMajor.MATH_MODE)
        .isEqualTo(jcuda.jcublas.cublasMath.CUBLAS_MATH_DISALLOW_REDUCED_PRECISION_REDUCTION);
  }

  @Test
  void extentsBeyondAnIntAreRefused() {
    Product p = product(false, false, 1L << 31, 1, 1, 1, 1, 1, 0);
    var e = assertThrows(UnsupportedOpException.class, () -> ColumnMajor.of(p));
    assertThat(e).hasMessageThat().contains("m=2147483648");
  }

  @Test
  void integersHaveNoProductInALibrary() {
    assertThrows(
        UnsupportedOpException.class, () -> typed(DType.INT32, DType.INT32, Precision.DEFAULT));
    assertThrows(
        UnsupportedOpException.class, () -> typed(DType.FLOAT32, DType.FLOAT16, Precision.DEFAULT));
  }
}
