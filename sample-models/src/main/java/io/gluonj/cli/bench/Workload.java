package io.gluonj.cli.bench;

import static io.gluonj.nn.Activation.RELU;

import io.gluonj.gluon.HybridBlock;
import io.gluonj.gluon.Parameter;
import io.gluonj.initializer.Zero;
import io.gluonj.nn.Dense;
import io.gluonj.nn.HybridSequential;
import io.gluonj.optimizer.Adam;
import io.gluonj.optimizer.Optimizer;
import io.gluonj.optimizer.Sgd;
import io.gluonj.samples.LeNet;
import io.gluonj.tensor.NDArray;
import io.gluonj.types.Device;
import io.gluonj.types.Shape;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The nets that are timed, as other frameworks have them. */
public enum Workload {
  /** Two convolutions, two dense layers; batch of 64 pictures; SGD, rate 0.01. */
  LENET(64, Shape.of(1, 28, 28), LeNet::new, () -> new Sgd(0.01)),
  /** 784-512-512-10 with rectifiers; batch of 128; SGD, rate 0.01, momentum 0.9. */
  MLP(128, Shape.of(784), Workload::perceptron, () -> new Sgd(0.01).momentum(0.9)),
  /** ResNet-18 on 32x32 pictures; batch of 32; SGD, rate 0.01, momentum 0.9. */
  RESNET18(32, Shape.of(3, 32, 32), ResidualNet::new, () -> new Sgd(0.01).momentum(0.9)),
  /** Four encoder layers over 128 tokens; batch of 16; Adam, rate 0.001. */
  TRANSFORMER(16, Shape.of(128), Encoder::new, () -> new Adam(0.001)),
  /** Two LSTM layers over 64 steps; batch of 32; Adam, rate 0.001. */
  LSTM(32, Shape.of(64, 64), Recurrent::new, () -> new Adam(0.001)),
  /** Inference by ResNet-50 of one 224x224 picture. */
  RESNET50(1, Shape.of(3, 224, 224), DeepResidualNet::new, null);

  private static final int CLASSES = 10;

  private final int batch;

  @SuppressWarnings("ImmutableEnumChecker") // shapes never change
  private final Shape sample;

  @SuppressWarnings("ImmutableEnumChecker") // a constructor reference holds no state
  private final Supplier<HybridBlock> net;

  /** Null where the net only predicts. */
  @SuppressWarnings("ImmutableEnumChecker") // as above
  private final @Nullable Supplier<Optimizer> optimizer;

  Workload(
      int batch, Shape sample, Supplier<HybridBlock> net, @Nullable Supplier<Optimizer> optimizer) {
    this.batch = batch;
    this.sample = sample;
    this.net = net;
    this.optimizer = optimizer;
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

  /** Whether its steps are of training; else of inference. */
  boolean trains() {
    return optimizer != null;
  }

  /** The optimizer of a workload that trains. */
  Optimizer optimizer() {
    if (optimizer == null) {
      throw new IllegalStateException(this + " only predicts");
    }
    return optimizer.get();
  }

  /** The net with its agreed initial weights. */
  HybridBlock build(Device device) {
    HybridBlock block = net.get();
    block.initialize(new Zero(), device, input(1));
    List<Parameter> parameters = List.copyOf(block.collectParams().values());
    for (int i = 0; i < parameters.size(); i++) {
      Parameter parameter = parameters.get(i);
      String name = agreedName(i, parameter.path().substring(parameter.path().indexOf('.') + 1));
      parameter.data().set(BenchData.initial(name, parameter.shape()));
    }
    return block;
  }

  /** What the other frameworks call a parameter. */
  private String agreedName(int number, String path) {
    return switch (this) {
      case LENET -> List.of("conv1", "conv2", "fc1", "fc2").get(number / 2) + kind(path, ".w");
      case MLP -> "fc" + number / 2 + kind(path, ".w");
      case RESNET18 -> residual(path, ResidualNet.STAGES);
      case RESNET50 -> residual(path, DeepResidualNet.STAGES);
      case TRANSFORMER ->
          path.equals("tok")
              ? "tok.emb"
              : path.replaceFirst("^layers\\.", "l").replaceFirst("\\.[^.]*$", "")
                  + kind(path, ".tw");
      case LSTM -> recurrent(path);
    };
  }

  private static String kind(String path, String weight) {
    String last = path.substring(path.lastIndexOf('.') + 1);
    return switch (last) {
      case "weight" -> weight;
      case "gamma" -> ".g";
      case "running_mean" -> ".rm";
      case "running_var" -> ".rv";
      case "bias", "beta" -> ".b";
      default -> throw new IllegalStateException(path);
    };
  }

  /** Blocks are numbered stage by stage there, and all in a row here. */
  private static String residual(String path, List<Integer> stages) {
    String where =
        path.replaceFirst("\\.conv\\.weight$|\\.(weight|bias|gamma|beta|running_.*)$", "");
    if (where.startsWith("blocks.")) {
      String[] parts = where.split("\\.", 3);
      int block = Integer.parseInt(parts[1]);
      int stage = 0;
      while (block >= stages.get(stage)) {
        block -= stages.get(stage);
        stage++;
      }
      where = "s" + stage + "b" + block + "." + parts[2];
    }
    return where + kind(path, ".w");
  }

  private static String recurrent(String path) {
    if (path.startsWith("fc.")) {
      return "fc" + kind(path, ".lw");
    }
    String[] parts = path.substring(path.indexOf('.') + 1).split("_", 3); // l0_i2h_weight
    return parts[0] + (parts[1].equals("i2h") ? ".ih" : ".hh") + kind("." + parts[2], ".lw");
  }

  /** The shape of a batch. */
  private Shape input(int size) {
    return this == LSTM ? sample.insert(1, size) : sample.insert(0, size);
  }

  /** Inputs of batch {@code k}, of {@code size} samples. */
  NDArray data(int k, int size, Device device) {
    Shape shape = input(size);
    int count = Math.toIntExact(shape.size());
    float[] values =
        this == TRANSFORMER
            ? BenchData.labels("tok" + k, Encoder.VOCABULARY, count)
            : BenchData.gauss("x" + k, 1, count);
    return NDArray.of(values, shape, device);
  }

  /** Labels of batch {@code k}, of {@code size} samples. */
  NDArray label(int k, int size, Device device) {
    boolean tokens = this == TRANSFORMER;
    int count = tokens ? size * Math.toIntExact(sample.size()) : size;
    int classes = tokens ? Encoder.VOCABULARY : CLASSES;
    return NDArray.of(BenchData.labels("y" + k, classes, count), Shape.of(count), device);
  }
}
