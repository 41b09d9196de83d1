package io.gluonj.test.reliability;

import static io.gluonj.nn.Activation.RELU;

import io.gluonj.gluon.HybridBlock;
import io.gluonj.gluon.Trainer;
import io.gluonj.gluon.TrainingStep;
import io.gluonj.initializer.Xavier;
import io.gluonj.loss.SoftmaxCrossEntropyLoss;
import io.gluonj.nn.BatchNorm;
import io.gluonj.nn.Dense;
import io.gluonj.nn.Dropout;
import io.gluonj.nn.HybridSequential;
import io.gluonj.optimizer.Adam;
import io.gluonj.tensor.Autograd;
import io.gluonj.tensor.Generator;
import io.gluonj.tensor.LiveArrays;
import io.gluonj.tensor.NDArray;
import io.gluonj.tensor.TensorScope;
import io.gluonj.types.Device;
import io.gluonj.types.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Trains for many steps and prints at some of them: steps, arrays alive, bytes in use on the
 * device, resident memory of the process in kB. A program of its own, with a heap of fixed size, so
 * that what grows is not Java's.
 */
final class LongTraining {
  private static final int BATCH = 8;

  private LongTraining() {}

  static void main(String[] args) throws IOException {
    boolean compiled = args[0].equals("compiled");
    int steps = Integer.parseInt(args[1]);
    HybridSequential net = new HybridSequential();
    net.add(new Dense(16).activation(RELU), new BatchNorm());
    net.add(new Dropout(0.1), new Dense(4));
    Generator.standard().seed(1);
    net.initialize(new Xavier(), Device.cpu(), Shape.of(BATCH, 8));
    Trainer trainer = new Trainer(net.collectParams(), new Adam(1e-3));
    NDArray x = NDArray.of(new Generator(2).normal(8 * BATCH, 0, 1), BATCH, 8);
    NDArray y = NDArray.of(new float[] {0, 1, 2, 3, 0, 1, 2, 3}, BATCH);
    Runnable step = compiled ? compiled(trainer, net, x, y) : eager(trainer, net, x, y);
    for (int k = 1; k <= steps; k++) {
      try (var _ = TensorScope.open()) {
        step.run();
      }
      if (k == steps / 2 || k == steps) {
        System.out.println(
            k + " " + LiveArrays.count() + " " + Device.cpu().memory().inUse() + " " + resident());
      }
    }
  }

  private static Runnable compiled(Trainer trainer, HybridBlock net, NDArray x, NDArray y) {
    TrainingStep step = trainer.compile(net, new SoftmaxCrossEntropyLoss());
    return () -> step.call(x, y);
  }

  private static Runnable eager(Trainer trainer, HybridBlock net, NDArray x, NDArray y) {
    var loss = new SoftmaxCrossEntropyLoss();
    return () -> {
      NDArray each;
      try (var _ = Autograd.record()) {
        each = loss.call(net.call(x), y);
      }
      each.backward();
      trainer.step(BATCH);
    };
  }

  private static long resident() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElse(0);
  }
}
