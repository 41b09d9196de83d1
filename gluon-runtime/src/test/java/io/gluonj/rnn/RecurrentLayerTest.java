package io.gluonj.rnn;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gluonj.gluon.HybridBlock;
import io.gluonj.initializer.LstmBias;
import io.gluonj.initializer.Uniform;
import io.gluonj.tensor.Autograd;
import io.gluonj.tensor.Generator;
import io.gluonj.tensor.NDArray;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.Device;
import io.gluonj.types.InvalidArgumentException;
import io.gluonj.types.Shape;
import io.gluonj.types.ShapeException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What is particular to recurrent layers; gradients are tested with all other layers. */
class RecurrentLayerTest {
  private static final long SEED = 11;
  private static final Device DEVICE = Device.reference();

  private static NDArray random(long... dims) {
    Shape shape = Shape.of(dims);
    return NDArray.of(new Generator(SEED).uniform((int) shape.size(), -1, 1), shape, DEVICE);
  }

  private static <L extends HybridBlock> L ready(Supplier<L> maker, boolean hybrid) {
    Generator.standard().seed(SEED);
    L layer = maker.get();
    layer.initialize(new Uniform(0.5), DEVICE);
    layer.hybridize(hybrid);
    return layer;
  }

  private static List<NDArray> call(HybridBlock layer, List<NDArray> inputs) {
    return layer.callAll(inputs).stream().map(NDArray.class::cast).toList();
  }

  private static List<NDArray> with(NDArray x, List<NDArray> more) {
    var all = new ArrayList<>(List.of(x));
    all.addAll(more);
    return all;
  }

  private static void assertClose(Tensor actual, Tensor expected) {
    assertWithMessage("seed %s, %s for %s", SEED, actual, expected)
        .that(((NDArray) actual).isClose((NDArray) expected, 1e-6))
        .isTrue();
  }

  private static NDArray steps(NDArray x, long begin, long end) {
    return x.sliceAxis(0, begin, end);
  }

  @Test
  void deferredParametersAreFilledFromData() {
    for (boolean hybrid : new boolean[] {false, true}) {
      GRU layer = ready(() -> new GRU(4).numLayers(2).bidirectional(true), hybrid);
      assertThat(layer.call(random(5, 2, 3)).shape()).isEqualTo(Shape.of(5, 2, 8));
      var shapes = new ArrayList<String>();
      layer
          .collectParams()
          .values()
          .forEach(p -> shapes.add(p.shortName() + " " + List.of(p.shape())));
      assertThat(shapes.subList(0, 6))
          .containsExactly(
              "l0_i2h_weight [(12, 3)]",
              "l0_h2h_weight [(12, 4)]",
              "l0_i2h_bias [(12,)]",
              "l0_h2h_bias [(12,)]",
              "r0_i2h_weight [(12, 3)]",
              "r0_h2h_weight [(12, 4)]")
          .inOrder();
      assertThat(shapes).contains("r1_i2h_weight [(12, 8)]");
      assertThat(shapes).hasSize(16);
    }
  }

  @Test
  void anotherNumberOfChannelsIsRefused() {
    LSTM layer = ready(() -> new LSTM(4).inputSize(3), false);
    var e = assertThrows(ShapeException.class, () -> layer.call(random(5, 2, 7)));
    assertThat(e).hasMessageThat().contains("l0_i2h_weight");
  }

  @Test
  void statesOfZerosAreWhatNoStatesMean() {
    for (boolean hybrid : new boolean[] {false, true}) {
      LSTM layer = ready(() -> new LSTM(4).numLayers(2), hybrid);
      NDArray x = random(5, 2, 3);
      List<NDArray> given = call(layer, with(x, layer.beginState(2, DEVICE)));
      assertThat(given).hasSize(3);
      assertThat(given.get(1).shape()).isEqualTo(layer.stateShapes(2).getFirst());
      assertClose(layer.call(x), given.getFirst());
      assertClose( // the last state of the last layer is the last result
          given.get(1).sliceAxis(0, 1, 2), steps(given.getFirst(), 4, 5));
    }
  }

  @Test
  void aSequenceGoesOnFromTheStatesOfItsFirstPart() {
    List<Supplier<RecurrentLayer<?>>> makers =
        List.of(
            () -> new RNN(4),
            () -> new RNN(4).activation("tanh").numLayers(2),
            () -> new LSTM(4).numLayers(2),
            () -> new GRU(4));
    for (Supplier<RecurrentLayer<?>> maker : makers) {
      RecurrentLayer<?> layer = ready(maker, true);
      NDArray x = random(5, 2, 3);
      List<NDArray> begin = layer.beginState(2, DEVICE);
      List<NDArray> whole = call(layer, with(x, begin));
      List<NDArray> first = call(layer, with(steps(x, 0, 3), begin));
      List<NDArray> second = call(layer, with(steps(x, 3, 5), first.subList(1, first.size())));
      assertClose(second.getFirst(), steps(whole.getFirst(), 3, 5));
      for (int i = 1; i < whole.size(); i++) {
        assertClose(second.get(i), whole.get(i));
      }
    }
  }

  @Test
  void bothDirectionsBeginAtTheirEnds() {
    GRU layer = ready(() -> new GRU(4).bidirectional(true), false);
    NDArray x = random(5, 2, 3);
    List<NDArray> out = call(layer, with(x, layer.beginState(2, DEVICE)));
    NDArray y = out.getFirst();
    NDArray last = out.get(1);
    assertClose(last.sliceAxis(0, 0, 1), steps(y, 4, 5).sliceAxis(2, 0, 4));
    assertClose(last.sliceAxis(0, 1, 2), steps(y, 0, 1).sliceAxis(2, 4, 8));
  }

  @Test
  void theBatchMayComeFirst() {
    NDArray x = random(2, 5, 3);
    LSTM steps = ready(() -> new LSTM(4), false);
    LSTM batch = ready(() -> new LSTM(4).layout("NTC"), false);
    NDArray swapped = x.transpose(1, 0, 2);
    assertClose(batch.call(x), steps.call(swapped).transpose(1, 0, 2));
  }

  @Test
  void stepsBehindASequencesEndDoNotCount() {
    NDArray lengths = NDArray.of(new float[] {3, 5}, Shape.of(2), DEVICE);
    for (boolean hybrid : new boolean[] {false, true}) {
      LSTM layer = ready(() -> new LSTM(4).bidirectional(true).useSequenceLength(true), hybrid);
      NDArray x = random(5, 2, 3);
      List<NDArray> begin = layer.beginState(2, DEVICE);
      var inputs = new ArrayList<>(with(x, begin));
      inputs.add(lengths);
      List<NDArray> out = call(layer, inputs);
      LSTM plain = ready(() -> new LSTM(4).bidirectional(true), false);
      List<NDArray> cut = call(plain, with(steps(x, 0, 3), begin));
      NDArray y = out.getFirst();
      assertClose(steps(y, 0, 3).sliceAxis(1, 0, 1), cut.getFirst().sliceAxis(1, 0, 1));
      assertThat(steps(y, 3, 5).sliceAxis(1, 0, 1).abs().max().item()).isEqualTo(0);
      for (int i = 1; i < 3; i++) {
        assertClose(out.get(i).sliceAxis(1, 0, 1), cut.get(i).sliceAxis(1, 0, 1));
      }
      assertClose(y.sliceAxis(1, 1, 2), plain.call(x).sliceAxis(1, 1, 2));
      assertClose(layer.callAll(List.of(x, lengths)).getFirst(), y);
    }
  }

  @Test
  void elementsAreDroppedBetweenLayersInTrainingOnly() {
    RNN layer = ready(() -> new RNN(8).numLayers(2).dropout(0.5), false);
    NDArray x = random(5, 2, 3);
    assertClose(layer.call(x), layer.call(x));
    try (var _ = Autograd.trainMode()) {
      assertThat(layer.call(x).isClose(layer.call(x), 1e-6)).isFalse();
    }
  }

  @Test
  void initializersAreThoseOfTheParameters() {
    LSTM layer = ready(() -> new LSTM(1).h2hBiasInitializer(new LstmBias(2)), false);
    layer.call(random(1, 1, 1));
    assertThat(layer.collectParams(".*l0_h2h_bias").values().iterator().next().data().toDoubles())
        .isEqualTo(new double[] {0, 2, 0, 0});
    assertThat(layer.collectParams(".*l0_i2h_bias").values().iterator().next().data().toDoubles())
        .isEqualTo(new double[4]);
  }

  @Test
  void aWrongNumberOfStatesIsExplained() {
    LSTM layer = ready(() -> new LSTM(4), false);
    NDArray x = random(5, 2, 3);
    var e =
        assertThrows(
            InvalidArgumentException.class,
            () -> layer.callAll(List.of(x, layer.beginState(2, DEVICE).getFirst())));
    assertThat(e).hasMessageThat().contains("2 states");
  }

  @Test
  void itPrintsAsInGluon() {
    LSTM layer = new LSTM(100).numLayers(2).dropout(0.5).bidirectional(true);
    assertThat(layer.toString())
        .isEqualTo("LSTM(None -> 100, TNC, num_layers=2, dropout=0.5, bidirectional)");
    assertThat(new RNN(3).inputSize(5).layout("NTC").toString()).isEqualTo("RNN(5 -> 3, NTC)");
  }
}
