package io.gluonj.cuda.dnn;

import static com.google.common.truth.Truth.assertThat;

import io.gluonj.cuda.blas.Precision;
import io.gluonj.op.Window;
import io.gluonj.types.DType;
import io.gluonj.types.Shape;
import java.util.List;
import jcuda.jcudnn.cudnnConvolutionMode;
import jcuda.jcudnn.cudnnDataType;
import jcuda.jcudnn.cudnnMathType;
import jcuda.jcudnn.cudnnTensorFormat;
import org.junit.jupiter.api.Test;

/** Descriptors of convolutions. */
final class ConvolutionShapeTest {
  private static ConvolutionShape of(Window window, Shape data, Shape weight) {
    return ConvolutionShape.of(window, 1, data, weight, DType.FLOAT32, Precision.DEFAULT);
  }

  private static Window window(List<Long> kernel, List<Long> stride, List<Long> pad) {
    return Window.of(kernel, stride, kernel.stream().map(k -> 2L).toList(), pad);
  }

  private static ConvolutionShape typed(DType type, Precision precision) {
    return ConvolutionShape.of(
        window(List.of(1L, 1L), List.of(1L, 1L), List.of(0L, 0L)),
        1,
        Shape.of(1, 1, 2, 2),
        Shape.of(1, 1, 1, 1),
        type,
        precision);
  }

  @Test
  void planesAreStatedAsTheyAre() {
    ConvolutionShape s =
        of(
            window(List.of(3L, 2L), List.of(2L, 1L), List.of(1L, 0L)),
            Shape.of(5, 3, 9, 8),
            Shape.of(4, 3, 3, 2));
    assertThat(s.x()).containsExactly(5, 3, 9, 8).inOrder();
    assertThat(s.w()).containsExactly(4, 3, 3, 2).inOrder();
    assertThat(s.y()).containsExactly(5, 4, 4, 6).inOrder();
    assertThat(s.pad()).containsExactly(1, 0).inOrder();
    assertThat(s.stride()).containsExactly(2, 1).inOrder();
    assertThat(s.dilation()).containsExactly(2, 2).inOrder();
    assertThat(s.bias()).containsExactly(1, 4, 1, 1).inOrder();
    assertThat(ConvolutionShape.strides(s.x())).asList().containsExactly(216, 72, 8, 1).inOrder();
    assertThat(s.bytes(s.x())).isEqualTo(4 * 5 * 3 * 9 * 8);
  }

  @Test
  void linesBecomePlanesOfHeightOne() {
    ConvolutionShape s =
        of(window(List.of(3L), List.of(2L), List.of(1L)), Shape.of(5, 3, 9), Shape.of(4, 3, 3));
    assertThat(s.x()).containsExactly(5, 3, 1, 9).inOrder();
    assertThat(s.w()).containsExactly(4, 3, 1, 3).inOrder();
    assertThat(s.y()).containsExactly(5, 4, 1, 4).inOrder();
    assertThat(s.pad()).containsExactly(0, 1).inOrder();
    assertThat(s.stride()).containsExactly(1, 2).inOrder();
    assertThat(s.dilation()).containsExactly(1, 2).inOrder();
  }

  @Test
  void whatCudnnDoesNotKnowIsRefused() {
    Window plain = window(List.of(1L, 1L), List.of(1L, 1L), List.of(0L, 0L));
    Window uneven =
        new Window(
            List.of(1L, 1L), List.of(1L, 1L), List.of(1L, 1L), List.of(0L, 0L), List.of(1L, 0L));
    List<Long> four = List.of(1L, 1L, 1L, 1L);
    Window deep = Window.of(four, four, four, List.of(0L, 0L, 0L, 0L));
    Shape data = Shape.of(2, 1, 4, 4);
    Shape weight = Shape.of(1, 1, 1, 1);

    assertThat(ConvolutionShape.refusal(plain, data, weight, DType.FLOAT32)).isEmpty();
    assertThat(ConvolutionShape.refusal(uneven, data, weight, DType.FLOAT32))
        .hasValue("cuDNN pads both sides alike");
    assertThat(
            ConvolutionShape.refusal(
                deep, Shape.of(1, 1, 1, 1, 1, 1), Shape.of(1, 1, 1, 1, 1, 1), DType.FLOAT32))
        .hasValue("cuDNN knows at most three spatial axes");
    assertThat(
            ConvolutionShape.refusal(
                plain, Shape.of(1L << 16, 1, 1 << 8, 1 << 8), weight, DType.FLOAT32))
        .hasValue("cuDNN's arrays have less than 2^31 elements");
    assertThat(ConvolutionShape.refusal(plain, data, weight, DType.INT32)).isPresent();
  }

  @Test
  void numbersAreThoseOfTheBinding() {
    ConvolutionShape single = typed(DType.FLOAT32, Precision.DEFAULT);
    ConvolutionShape wide = typed(DType.FLOAT64, Precision.DEFAULT);
    ConvolutionShape half = typed(DType.FLOAT16, Precision.DEFAULT);
    ConvolutionShape brain = typed(DType.BFLOAT16, Precision.DEFAULT);

    assertThat(single.dataType()).isEqualTo(cudnnDataType.CUDNN_DATA_FLOAT);
    assertThat(wide.dataType()).isEqualTo(cudnnDataType.CUDNN_DATA_DOUBLE);
    assertThat(half.dataType()).isEqualTo(cudnnDataType.CUDNN_DATA_HALF);
    assertThat(brain.dataType()).isEqualTo(cudnnDataType.CUDNN_DATA_BFLOAT16);
    assertThat(wide.computeType()).isEqualTo(cudnnDataType.CUDNN_DATA_DOUBLE);
    assertThat(half.computeType()).isEqualTo(cudnnDataType.CUDNN_DATA_FLOAT);
    assertThat(single.mathType()).isEqualTo(cudnnMathType.CUDNN_FMA_MATH);
    assertThat(typed(DType.FLOAT32, Precision.TF32).mathType())
        .isEqualTo(cudnnMathType.CUDNN_DEFAULT_MATH);
    assertThat(half.mathType()).isEqualTo(cudnnMathType.CUDNN_TENSOR_OP_MATH);
    assertThat(CudnnFunctions.NCHW).isEqualTo(cudnnTensorFormat.CUDNN_TENSOR_NCHW);
    assertThat(CudnnFunctions.CROSS_CORRELATION)
        .isEqualTo(cudnnConvolutionMode.CUDNN_CROSS_CORRELATION);
  }

  @Test
  void versionsAreReadAsCudnnWritesThem() {
    assertThat(CudnnStatus.version(8907)).isEqualTo("8.9.7");
    assertThat(CudnnStatus.version(91900)).isEqualTo("9.19.0");
  }
}
