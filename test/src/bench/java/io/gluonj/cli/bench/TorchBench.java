package io.gluonj.cli.bench;

import static org.bytedeco.pytorch.global.torch.cross_entropy_loss;
import static org.bytedeco.pytorch.global.torch.set_num_threads;

import io.gluonj.tensor.NDArray;
import io.gluonj.types.Device;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.Optimizer;
import org.bytedeco.pytorch.SGD;
import org.bytedeco.pytorch.SGDOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** Times the training steps of a workload in libtorch, as {@code bench} does GluonJ's. */
final class TorchBench {
  private TorchBench() {}

  /** Takes the workload, the number of threads, and the seconds to warm up and to measure. */
  static void main(String[] args) throws IOException {
    Workload work = Workload.valueOf(args[0].toUpperCase(Locale.ROOT));
    int threads = Integer.parseInt(args[1]);
    var length =
        new TrainingBench.Length(Double.parseDouble(args[2]), Double.parseDouble(args[3]), 20);
    Loader.load(torch.class);
    set_num_threads(threads);
    TorchNet net = new TorchNet(work);
    Optimizer optimizer = optimizer(work, net.trained());
    int batch = work.batch();
    List<Tensor> data = batches(k -> data(work, work.data(k, batch, Device.reference())));
    List<Tensor> labels = batches(k -> whole(work.label(k, batch, Device.reference())));
    TrainingBench bench =
        new TrainingBench(
            batch,
            k -> {
              try (var _ = new PointerScope()) {
                optimizer.zero_grad(true);
                Tensor scores = net.call(data.get(k % data.size()));
                Tensor loss = cross_entropy_loss(scores, labels.get(k % labels.size()));
                loss.backward();
                optimizer.step().close();
                return loss.item_float();
              }
            });
    System.out.println(bench.run(length).json("libtorch", work, threads));
    Runtime.getRuntime().halt(0); // its threads need not be waited for
  }

  private static Optimizer optimizer(Workload work, List<Tensor> trained) {
    TensorVector parameters = new TensorVector(trained.toArray(Tensor[]::new));
    return switch (work) {
      case LENET -> sgd(parameters, 0);
      case MLP, RESNET18 -> sgd(parameters, 0.9);
      case TRANSFORMER, LSTM -> new Adam(parameters, new AdamOptions(0.001));
      case RESNET50 -> throw new IllegalArgumentException("no training step: " + work);
    };
  }

  private static SGD sgd(TensorVector parameters, double momentum) {
    SGDOptions options = new SGDOptions(0.01);
    options.momentum().put(momentum);
    return new SGD(parameters, options);
  }

  private static List<Tensor> batches(IntFunction<Tensor> batch) {
    return IntStream.range(0, BenchData.BATCHES).mapToObj(batch).toList();
  }

  private static Tensor data(Workload work, NDArray array) {
    return work == Workload.TRANSFORMER
        ? whole(array)
        : TorchNet.imageOrder(Tensor.create(array.toFloats(), array.shape().dims()));
  }

  /** Whole numbers, as libtorch wants tokens and classes. */
  private static Tensor whole(NDArray array) {
    float[] values = array.toFloats();
    long[] numbers = new long[values.length];
    for (int i = 0; i < values.length; i++) {
      numbers[i] = (long) values[i];
    }
    return Tensor.create(numbers, array.shape().dims());
  }
}
