package io.gluonj.cli.bench;

import static io.gluonj.nn.Activation.RELU;

import io.gluonj.gluon.HybridBlock;
import io.gluonj.gluon.Parameter;
import io.gluonj.nn.Dense;
import io.gluonj.nn.HybridSequential;
import io.gluonj.optimizer.Sgd;
import io.gluonj.samples.LeNet;
import io.gluonj.tensor.NDArray;
import io.gluonj.types.Device;
import io.gluonj.types.Shape;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** The nets that are timed, as other frameworks have them. */
public enum Workload {
  /** Two convolutions, two dense layers; batch of 64 pictures; SGD, rate 0.01. */
  LENET(64, Shape.of(64, 1, 28, 28), LeNet::new, 0, "conv1", "conv2", "fc1", "fc2"),
  /** 784-512-512-10 with rectifiers; batch of 128; SGD, rate 0.01, momentum 0.9. */
  MLP(128, Shape.of(128, 784), Workload::perceptron, 0.9, "fc0", "fc1", "fc2");

  private static final int CLASSES = 10;

  private final int batch;

  @SuppressWarnings("ImmutableEnumChecker") // shapes never change
  private final Shape input;

  @SuppressWarnings("ImmutableEnumChecker") // a constructor reference holds no state
  private final Supplier<HybridBlock> net;

  private final double momentum;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> layers;

  Workload(int batch, Shape input, Supplier<HybridBlock> net, double momentum, String... layers) {
    this.batch = batch;
    this.input = input;
    this.net = net;
    this.momentum = momentum;
    this.layers = List.of(layers);
  }

  private static HybridBlock perceptron() {
    HybridSequential net = new HybridSequential();
    net.add(new Dense(512).activation(RELU));
    net.add(new Dense(512).activation(RELU));
    net.add(new Dense(CLASSES));
    return net;
  }

  /** The name on the command line and in results. */
  public String workName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Samples in a batch, unless another size is asked for. */
  public int batch() {
    return batch;
  }

  /** The optimizer of this workload. */
  Sgd optimizer() {
    return new Sgd(0.01f).momentum((float) momentum);
  }

  /** The net with its agreed initial weights. */
  HybridBlock build(Device device) {
    HybridBlock block = net.get();
    block.initialize(new io.gluonj.initializer.Zero(), device, input.with(0, 1));
    List<Parameter> parameters = List.copyOf(block.collectParams().values());
    for (int i = 0; i < layers.size(); i++) {
      Parameter weight = parameters.get(2 * i);
      int outputs = Math.toIntExact(weight.shape().dim(0));
      int fanIn = Math.toIntExact(weight.shape().sizeFrom(1));
      weight.data().set(BenchData.weight(layers.get(i) + ".w", outputs, fanIn));
    }
    return block;
  }

  /** Inputs of batch {@code k}, of {@code size} samples. */
  NDArray data(int k, int size, Device device) {
    Shape shape = input.with(0, size);
    return NDArray.of(BenchData.gauss("x" + k, 1, Math.toIntExact(shape.size())), shape, device);
  }

  /** Labels of batch {@code k}, of {@code size} samples. */
  NDArray label(int k, int size, Device device) {
    return NDArray.of(BenchData.labels("y" + k, CLASSES, size), Shape.of(size), device);
  }
}
