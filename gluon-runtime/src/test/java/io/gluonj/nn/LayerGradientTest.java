package io.gluonj.nn;

import static io.gluonj.nn.Activation.RELU;
import static io.gluonj.nn.Activation.SIGMOID;
import static io.gluonj.nn.Activation.TANH;

import io.gluonj.gluon.HybridBlock;
import io.gluonj.rnn.GRU;
import io.gluonj.rnn.LSTM;
import io.gluonj.rnn.RNN;
import io.gluonj.tensor.NDArray;
import io.gluonj.types.Shape;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every layer: derivatives by finite differences, and compiled against eager. */
class LayerGradientTest {
  record Case(String name, Supplier<HybridBlock> maker, Shape input) {
    Case(String name, Supplier<HybridBlock> maker, long... input) {
      this(name, maker, Shape.of(input));
    }

    @Override
    public String toString() {
      return name;
    }

    NDArray x() {
      return LayerCheck.input(input.dims());
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case("Dense", () -> new Dense(3), 2, 4),
        new Case("Dense with tanh", () -> new Dense(3).activation(TANH), 2, 2, 2),
        new Case("Dense without flatten", () -> new Dense(3).flatten(false), 2, 2, 4),
        new Case("Dense without bias", () -> new Dense(3).useBias(false), 2, 4),
        new Case("Conv1D", () -> new Conv1D(2, 3).padding(1), 2, 3, 5),
        new Case("Conv2D", () -> new Conv2D(2, 2, 3).activation(SIGMOID), 1, 2, 4, 4),
        new Case(
            "Conv2D with all options",
            () -> new Conv2D(4, 2).strides(2, 1).padding(1).dilation(1, 2).groups(2),
            1,
            2,
            3,
            4),
        new Case("Conv2D without bias", () -> new Conv2D(2, 2).useBias(false), 1, 1, 3, 3),
        new Case("Conv3D", () -> new Conv3D(2, 2), 1, 1, 3, 2, 2),
        new Case("MaxPool1D", () -> new MaxPool1D(2), 1, 2, 5),
        new Case("MaxPool2D", () -> new MaxPool2D(2, 2), 1, 2, 4, 4),
        new Case("MaxPool2D, ceil", () -> new MaxPool2D(2).ceilMode(true), 1, 1, 3, 5),
        new Case("MaxPool3D", () -> new MaxPool3D(2), 1, 1, 2, 2, 4),
        new Case("AvgPool1D", () -> new AvgPool1D(3, 1).padding(1), 1, 2, 5),
        new Case("AvgPool2D", () -> new AvgPool2D(2), 1, 2, 4, 4),
        new Case(
            "AvgPool2D without padding",
            () -> new AvgPool2D(3, 2).padding(1).countIncludePad(false),
            1,
            1,
            4,
            4),
        new Case("AvgPool3D", () -> new AvgPool3D(2), 1, 1, 2, 2, 4),
        new Case("GlobalMaxPool2D", GlobalMaxPool2D::new, 2, 2, 3, 3),
        new Case("GlobalAvgPool2D", GlobalAvgPool2D::new, 2, 2, 3, 3),
        new Case("GlobalMaxPool1D", GlobalMaxPool1D::new, 2, 2, 3),
        new Case("GlobalAvgPool3D", GlobalAvgPool3D::new, 1, 2, 2, 2, 2),
        new Case("Flatten", Flatten::new, 2, 2, 3),
        new Case("relu", () -> new Activation(RELU), 2, 3),
        new Case("softrelu", () -> new Activation("softrelu"), 2, 3),
        new Case("softsign", () -> new Activation("softsign"), 2, 3),
        new Case("Dropout of nothing", () -> new Dropout(0), 2, 3),
        new Case("HybridLambda", () -> new HybridLambda(x -> x.square().mul(3)), 2, 3),
        new Case("RNN", () -> new RNN(2), 3, 2, 3),
        new Case("RNN with tanh", () -> new RNN(2).activation("tanh").numLayers(2), 3, 2, 3),
        new Case("LSTM", () -> new LSTM(2).bidirectional(true), 3, 2, 3),
        new Case("LSTM, batch first", () -> new LSTM(2).layout("NTC").numLayers(2), 2, 3, 3),
        new Case("GRU", () -> new GRU(2).bidirectional(true).numLayers(2), 3, 2, 3),
        new Case("BatchNorm", BatchNorm::new, 3, 2, 2, 2),
        new Case("BatchNorm, last axis", () -> new BatchNorm().axis(-1), 4, 3),
        new Case("BatchNorm, neither", () -> new BatchNorm().scale(false).center(false), 4, 2),
        new Case("BatchNorm, global", () -> new BatchNorm().useGlobalStats(true), 3, 2));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void gradientsAreDerivatives(Case each) {
    LayerCheck.gradientsAreDerivatives(each.maker(), each.x());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void compiledAgreesWithEager(Case each) {
    LayerCheck.compiledAgrees(each.maker(), each.x());
  }
}
