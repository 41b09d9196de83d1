package io.gluonj.nn;

import static com.google.common.truth.Truth.assertThat;
import static io.gluonj.nn.Activation.RELU;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gluonj.gluon.HybridBlock;
import io.gluonj.gluon.Parameter;
import io.gluonj.initializer.Constant;
import io.gluonj.initializer.One;
import io.gluonj.initializer.Uniform;
import io.gluonj.initializer.Xavier;
import io.gluonj.tensor.Autograd;
import io.gluonj.tensor.Generator;
import io.gluonj.tensor.GradReq;
import io.gluonj.tensor.NDArray;
import io.gluonj.tensor.Symbol;
import io.gluonj.types.DType;
import io.gluonj.types.Device;
import io.gluonj.types.InvalidArgumentException;
import io.gluonj.types.Shape;
import io.gluonj.types.ShapeException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayerTest {
  private static NDArray ones(long... dims) {
    Shape shape = Shape.of(dims);
    float[] values = new float[(int) shape.size()];
    Arrays.fill(values, 1);
    return NDArray.of(values, shape, Device.reference());
  }

  private static NDArray array(float[] values, long... dims) {
    return NDArray.of(values, Shape.of(dims), Device.reference());
  }

  private static <B extends HybridBlock> B initialized(B layer) {
    layer.initialize(new One(), Device.reference());
    return layer;
  }

  private static Map<String, String> shapes(HybridBlock layer) {
    Map<String, String> shapes = new TreeMap<>();
    for (Parameter p : layer.collectParams().values()) {
      shapes.put(p.shortName(), p.shape().toString());
    }
    return shapes;
  }

  @Test
  void denseComputesTheProductWithItsWeight() {
    Dense dense = initialized(new Dense(2).biasInitializer(new Constant(0.5)));
    NDArray y = dense.call(array(new float[] {1, 2, 3, 4, 5, 6}, 2, 3));
    assertThat(y.toFloats()).isEqualTo(new float[] {6.5f, 6.5f, 15.5f, 15.5f});
  }

  @Test
  void deferredShapesAreFilledFromTheFirstInput() {
    Dense dense = initialized(new Dense(5));
    assertThat(shapes(dense)).containsExactly("weight", "(5, 0)", "bias", "(5,)");
    assertThat(dense.call(ones(2, 3, 4)).shape()).isEqualTo(Shape.of(2, 5));
    assertThat(shapes(dense)).containsExactly("weight", "(5, 12)", "bias", "(5,)");

    Dense kept = initialized(new Dense(5).flatten(false));
    assertThat(kept.call(ones(2, 3, 4)).shape()).isEqualTo(Shape.of(2, 3, 5));
    assertThat(shapes(kept)).containsEntry("weight", "(5, 4)");

    Conv2D conv = initialized(new Conv2D(4, 3, 2).groups(2));
    assertThat(shapes(conv)).containsExactly("weight", "(4, 0, 3, 2)", "bias", "(4,)");
    assertThat(conv.call(ones(1, 6, 5, 5)).shape()).isEqualTo(Shape.of(1, 4, 3, 4));
    assertThat(shapes(conv)).containsEntry("weight", "(4, 3, 3, 2)");

    BatchNorm norm = initialized(new BatchNorm());
    norm.call(ones(2, 7, 3));
    assertThat(shapes(norm))
        .containsExactly(
            "gamma", "(7,)", "beta", "(7,)", "running_mean", "(7,)", "running_var", "(7,)");
  }

  @Test
  void statedShapesNeedNoInput() {
    Dense dense = initialized(new Dense(5).inUnits(3).useBias(false));
    assertThat(dense.weight.data().shape()).isEqualTo(Shape.of(5, 3));
    assertThat(shapes(dense)).containsExactly("weight", "(5, 3)");
    Conv2D conv = initialized(new Conv2D(4, 3).inChannels(2).groups(2));
    assertThat(conv.weight.data().shape()).isEqualTo(Shape.of(4, 1, 3, 3));
  }

  @Test
  void outputShapesFollowTheOptions() {
    record Case(Supplier<HybridBlock> layer, Shape in, Shape out) {}
    Shape image = Shape.of(2, 3, 9, 8);
    for (Case each :
        new Case[] {
          new Case(() -> new Conv1D(4, 3).strides(2), Shape.of(2, 3, 9), Shape.of(2, 4, 4)),
          new Case(() -> new Conv2D(4, 3), image, Shape.of(2, 4, 7, 6)),
          new Case(() -> new Conv2D(4, 3).padding(1), image, Shape.of(2, 4, 9, 8)),
          new Case(() -> new Conv2D(4, 3).padding(1, 0), image, Shape.of(2, 4, 9, 6)),
          new Case(() -> new Conv2D(4, 3).strides(2), image, Shape.of(2, 4, 4, 3)),
          new Case(() -> new Conv2D(4, 3).dilation(2), image, Shape.of(2, 4, 5, 4)),
          new Case(() -> new Conv3D(4, 1, 2, 3), Shape.of(1, 1, 2, 4, 5), Shape.of(1, 4, 2, 3, 3)),
          new Case(MaxPool2D::new, image, Shape.of(2, 3, 4, 4)),
          new Case(() -> new MaxPool2D(3, 2), image, Shape.of(2, 3, 4, 3)),
          new Case(() -> new MaxPool2D(2).ceilMode(true), image, Shape.of(2, 3, 5, 4)),
          new Case(() -> new AvgPool2D().poolSize(3, 2), image, Shape.of(2, 3, 3, 4)),
          new Case(() -> new AvgPool2D(3).padding(1), image, Shape.of(2, 3, 3, 3)),
          new Case(GlobalAvgPool2D::new, image, Shape.of(2, 3, 1, 1)),
          new Case(GlobalMaxPool3D::new, Shape.of(1, 2, 3, 4, 5), Shape.of(1, 2, 1, 1, 1)),
          new Case(GlobalAvgPool1D::new, Shape.of(1, 2, 3), Shape.of(1, 2, 1)),
          new Case(Flatten::new, image, Shape.of(2, 216)),
          new Case(() -> new Activation(RELU), image, image)
        }) {
      HybridBlock layer = initialized(each.layer().get());
      assertThat(layer.call(ones(each.in().dims())).shape()).isEqualTo(each.out());
      layer.hybridize();
      assertThat(layer.call(ones(each.in().dims())).shape()).isEqualTo(each.out());
    }
  }

  @Test
  void windowsAreReducedAsTheirLayerSays() {
    NDArray x = array(new float[] {1, 2, 3, 4}, 1, 1, 2, 2);
    assertThat(new MaxPool2D().call(x).toFloats()).isEqualTo(new float[] {4});
    assertThat(new AvgPool2D().call(x).toFloats()).isEqualTo(new float[] {2.5f});
    assertThat(new AvgPool2D(2).padding(1).call(x).toFloats())
        .isEqualTo(new float[] {0.25f, 0.5f, 0.75f, 1});
    assertThat(new AvgPool2D(2).padding(1).countIncludePad(false).call(x).toFloats())
        .isEqualTo(new float[] {1, 2, 3, 4});
  }

  @Test
  void activationNamesEqualConstants() {
    NDArray x = array(new float[] {-1, 0, 2}, 3);
    assertThat(new Activation("relu").call(x).toFloats()).isEqualTo(new float[] {0, 0, 2});
    assertThat(new Activation("softsign").call(x).toFloats())
        .isEqualTo(new float[] {-0.5f, 0, 2 / 3f});
    var e = assertThrows(InvalidArgumentException.class, () -> new Dense(1).activation("rellu"));
    assertThat(e).hasMessageThat().contains("did you mean relu?");
  }

  @Test
  void dropoutDropsInTrainingOnlyAndRepeatsWithTheSeed() {
    NDArray x = ones(100, 100);
    for (boolean hybrid : new boolean[] {false, true}) {
      Dropout dropout = new Dropout(0.25);
      dropout.hybridize(hybrid);
      assertThat(dropout.call(x).toFloats()).isEqualTo(x.toFloats());
      NDArray first = trained(dropout, x);
      double dropped = 0;
      for (float value : first.toFloats()) {
        assertThat(value).isAnyOf(0f, (float) (1 / 0.75));
        dropped += value == 0 ? 1 : 0;
      }
      assertThat(dropped / 10_000).isWithin(0.02).of(0.25);
      assertThat(trained(dropout, x).toFloats()).isEqualTo(first.toFloats());
    }
    NDArray shared = trained(new Dropout(0.5).axes(1), x);
    for (int i = 0; i < 100; i++) {
      assertThat(shared.toFloats()[i * 100 + 99]).isEqualTo(shared.toFloats()[i * 100]);
    }
  }

  private static NDArray trained(HybridBlock layer, NDArray x) {
    Generator.standard().seed(LayerCheck.SEED);
    try (var mode = Autograd.trainMode()) {
      assertThat(mode).isNotNull();
      return layer.call(x);
    }
  }

  @Test
  void batchNormUpdatesItsStatisticsInTheTrainingForward() {
    for (boolean hybrid : new boolean[] {false, true}) {
      BatchNorm norm = initialized(new BatchNorm().momentum(0.75).epsilon(1e-3));
      norm.hybridize(hybrid);
      NDArray x = array(new float[] {1, 10, 3, 30}, 2, 2);
      assertThat(norm.call(x).toFloats()[3]).isWithin(0.05f).of(30);
      assertThat(values(norm, "running_mean")).isEqualTo(new float[] {0, 0});
      NDArray y = trained(norm, x);
      assertThat(y.toFloats()[0]).isWithin(1e-3f).of(-1);
      assertThat(y.toFloats()[3]).isWithin(1e-3f).of(1);
      // Means 2 and 20, biased variances 1 and 100.
      assertThat(values(norm, "running_mean")).isEqualTo(new float[] {0.5f, 5});
      assertThat(values(norm, "running_var")).isEqualTo(new float[] {1, 25.75f});
    }
  }

  private static float[] values(HybridBlock layer, String name) {
    return layer.params().get(name).data().toFloats();
  }

  @Test
  void batchNormGradientsFollowScaleAndCenter() {
    BatchNorm norm = new BatchNorm().scale(false).inChannels(2);
    assertThat(norm.params().get("gamma").gradReq()).isEqualTo(GradReq.NULL);
    assertThat(norm.params().get("beta").gradReq()).isEqualTo(GradReq.WRITE);
    assertThat(norm.params().get("running_mean").gradReq()).isEqualTo(GradReq.NULL);
    assertThat(norm.params().get("running_var").isDifferentiable()).isFalse();
  }

  @Test
  void batchNormStaysFloat32InAHalfPrecisionNet() {
    BatchNorm norm = new BatchNorm().inChannels(2);
    Dense dense = new Dense(3).inUnits(2);
    new HybridSequential().add(norm, dense).cast(DType.FLOAT16);
    assertThat(norm.params().get("gamma").dtype()).isEqualTo(DType.FLOAT32);
    assertThat(norm.params().get("running_var").dtype()).isEqualTo(DType.FLOAT32);
    assertThat(dense.weight.dtype()).isEqualTo(DType.FLOAT16);
    NDArray half = array(new float[] {1, 10, 3, 30}, 2, 2).cast(DType.FLOAT16);
    assertThat(trained(initialized(norm), half).dtype()).isEqualTo(DType.FLOAT16);
  }

  @Test
  void initializersAreThoseOfTheLayerThenThoseOfTheNet() {
    Dense dense = new Dense(2).inUnits(2).weightInitializer("ones");
    dense.initialize(new Uniform(), Device.reference());
    assertThat(dense.weight.data().toFloats()).isEqualTo(new float[] {1, 1, 1, 1});
    assertThat(values(dense, "bias")).isEqualTo(new float[] {0, 0});
    assertThat(ofTheNet()).isEqualTo(ofTheNet());
    assertThat(ofTheNet()).usingExactEquality().doesNotContain(1f);
    float largest = 0;
    for (float value : ofTheNet()) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertThat(largest).isWithin(0.05f).of((float) Math.sqrt(3 / 10.0));
  }

  private static float[] ofTheNet() {
    Generator.standard().seed(1);
    Dense dense = new Dense(10).inUnits(10);
    dense.initialize(new Xavier(), Device.reference());
    return dense.weight.data().toFloats();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          conv    | Conv2D(None -> 4, kernel_size=(3, 3), stride=(1, 1), Activation(relu))
          options | Conv2D(2 -> 4, kernel_size=(3, 2), stride=(2, 2), padding=(1, 0), dilation=(1, 2), groups=2, bias=False)
          conv1   | Conv1D(None -> 4, kernel_size=(3,), stride=(1,))
          dense   | Dense(None -> 3, linear)
          act     | Dense(784 -> 3, Activation(relu))
          max     | MaxPool2D(size=(2, 2), stride=(2, 2), padding=(0, 0), ceil_mode=False, global_pool=False, pool_type=max, layout=NCHW)
          global  | GlobalAvgPool2D(size=(1, 1), stride=(1, 1), padding=(0, 0), ceil_mode=True, global_pool=True, pool_type=avg, layout=NCHW)
          dropout | Dropout(p = 0.5, axes=())
          norm    | BatchNorm(axis=1, eps=1e-05, momentum=0.9, fix_gamma=False, use_global_stats=False, in_channels=None)
          flatten | Flatten
          lambda  | HybridLambda(twice)
          """)
  void layersPrintAsInGluon(String layer, String expected) {
    HybridBlock made =
        switch (layer) {
          case "conv" -> new Conv2D(4, 3).activation(RELU);
          case "options" ->
              new Conv2D(4, 3, 2)
                  .inChannels(4)
                  .strides(2)
                  .padding(1, 0)
                  .dilation(1, 2)
                  .groups(2)
                  .useBias(false);
          case "conv1" -> new Conv1D(4, 3);
          case "dense" -> new Dense(3);
          case "act" -> new Dense(3).activation("relu").inUnits(784);
          case "max" -> new MaxPool2D();
          case "global" -> new GlobalAvgPool2D();
          case "dropout" -> new Dropout(0.5);
          case "norm" -> new BatchNorm();
          case "flatten" -> new Flatten();
          case "lambda" -> new HybridLambda("twice", x -> x.mul(2));
          default -> throw new IllegalStateException(layer);
        };
    assertThat(made.toString()).isEqualTo(expected);
  }

  @Test
  void featuresArePrintedOnceTheyAreKnown() {
    Dense dense = initialized(new Dense(3));
    dense.call(ones(1, 784));
    assertThat(dense.toString()).isEqualTo("Dense(784 -> 3, linear)");
  }

  @Test
  void lambdaRunsButIsNeverTraced() {
    Lambda lambda = new Lambda(x -> x.mul(2));
    assertThat(lambda.call(ones(2)).toFloats()).isEqualTo(new float[] {2, 2});
    assertThrows(InvalidArgumentException.class, () -> lambda.call(Symbol.var("data")));
    assertThat(lambda.toString()).isEqualTo("Lambda(lambda)");
  }

  @Test
  void wrongOptionsAreRefusedWithTheWayOut() {
    refused(() -> new Dense(0), "Dense: units 0");
    refused(() -> new Dense(1).inUnits(-1), "Dense: inUnits -1");
    refused(() -> new Conv2D(0, 3), "Conv2D: channels 0");
    refused(() -> new Conv2D(1, 0), "Conv2D: kernelSize 0");
    refused(() -> new Conv2D(1, 1, 2, 3), "Conv2D: kernelSize [1, 2, 3]");
    refused(() -> new Conv2D(1, 1).strides(0), "Conv2D: strides 0");
    refused(() -> new Conv2D(1, 1).padding(-1), "Conv2D: padding -1");
    refused(() -> new Conv2D(3, 1).groups(2), "2 groups of 0 input channels and 3 channels");
    refused(() -> new Conv2D(4, 1).inChannels(3).groups(2), "2 groups of 3 input channels");
    refused(() -> new MaxPool2D(0), "MaxPool2D: poolSize 0");
    refused(() -> new AvgPool1D(2).strides(1, 2), "AvgPool1D: strides [1, 2]");
    refused(() -> new Dropout(1), "Dropout: rate 1.0");
    refused(() -> new BatchNorm().momentum(1.5), "BatchNorm: momentum 1.5");
    refused(() -> new BatchNorm().epsilon(0), "BatchNorm: epsilon 0.0");
  }

  @Test
  void optionsAfterTheFirstUseAreRefused() {
    Dense dense = initialized(new Dense(3));
    refused(() -> dense.activation(RELU), "activation was called on Dense after its first use");
    BatchNorm norm = initialized(new BatchNorm());
    refused(() -> norm.scale(false), "scale was called on BatchNorm after its first use");
  }

  private static void refused(Executable action, String what) {
    var e = assertThrows(InvalidArgumentException.class, action);
    assertThat(e).hasMessageThat().contains(what);
    assertThat(e).hasMessageThat().contains("\n  because  ");
    assertThat(e).hasMessageThat().contains("\n  fix      ");
  }

  @Test
  void wrongInputsNameTheLayerAndTheRule() {
    Dense dense = initialized(new Dense(3).inUnits(4));
    var e = assertThrows(ShapeException.class, () -> dense.call(ones(2, 5)));
    assertThat(e).hasMessageThat().contains("FullyConnected");
    assertThat(e).hasMessageThat().contains("weight is (num_hidden, input units)");
  }
}
