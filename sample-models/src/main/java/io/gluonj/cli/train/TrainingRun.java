package io.gluonj.cli.train;

import io.gluonj.cli.TrainingException;
import io.gluonj.data.Batch;
import io.gluonj.data.DataLoader;
import io.gluonj.data.HostArray;
import io.gluonj.data.LabeledDataset;
import io.gluonj.data.Sample;
import io.gluonj.gluon.HybridBlock;
import io.gluonj.gluon.Trainer;
import io.gluonj.initializer.Xavier;
import io.gluonj.loss.SoftmaxCrossEntropyLoss;
import io.gluonj.metric.Accuracy;
import io.gluonj.metric.Loss;
import io.gluonj.tensor.Autograd;
import io.gluonj.tensor.Generator;
import io.gluonj.tensor.NDArray;
import io.gluonj.tensor.TensorScope;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Trains one net on pictures of digits, as a user's program would. */
public final class TrainingRun {
  private static final int LOADERS = 1; // threads that prepare batches while the net computes
  private static final int QUICK_TEST = 1000; // samples looked at after an interruption
  private static final double LAST_RATE = 0.01; // of the first

  private final TrainingPlan plan;
  private final Digits digits;
  private final BooleanSupplier stop;
  private final HybridBlock net;
  private final Trainer trainer;
  private final SoftmaxCrossEntropyLoss lossFunction = new SoftmaxCrossEntropyLoss();
  private final Loss loss = new Loss();
  private final Accuracy accuracy = new Accuracy();
  private final long batches;
  private long steps;

  /**
   * Builds the net and initializes it.
   *
   * @param stop asked after every batch; true ends the run early
   */
  public TrainingRun(TrainingPlan plan, Digits digits, BooleanSupplier stop) {
    this.plan = plan;
    this.digits = digits;
    this.stop = stop;
    Generator.standard().seed(plan.seed());
    this.net = plan.model().create();
    net.prefix(plan.model().modelName() + "_"); // files do not depend on what was built before
    net.initialize(new Xavier(), plan.device());
    if (plan.hybridize()) {
      net.hybridize();
    }
    this.trainer = new Trainer(net.collectParams(), plan.optimizer(), plan.optimizerSettings());
    this.batches = Math.ceilDiv((long) digits.train().size(), plan.batchSize()) * plan.epochs();
  }

  /** The net. */
  public HybridBlock net() {
    return net;
  }

  /** Batches learned from so far. */
  public long steps() {
    return steps;
  }

  /**
   * Trains all epochs, or until {@code stop} says so.
   *
   * @param done receives each epoch's figures
   * @return the test accuracy at the end; of the first {@value #QUICK_TEST} samples only after an
   *     early stop; NaN if nothing was learned
   * @throws TrainingException if the loss is no longer a number
   */
  public double train(Progress.Start progress, Consumer<EpochFigures> done) {
    double tested = Double.NaN;
    LabeledDataset<HostArray, Integer> samples = digits.train();
    try (var loader =
        DataLoader.of(samples)
            .batchSize(plan.batchSize())
            .shuffle(plan.seed())
            .device(plan.device())
            .workers(LOADERS)
            .build()) {
      for (int epoch = 1; epoch <= plan.epochs() && !stop.getAsBoolean(); epoch++) {
        EpochFigures figures = epoch(epoch, loader, progress);
        done.accept(figures);
        tested = figures.testAccuracy();
      }
    }
    return tested;
  }

  /**
   * Writes {@code NAME-symbol.json} and {@code NAME-0000.params} into a folder.
   *
   * @param folder exists
   */
  public void export(Path folder) {
    net.export(folder.resolve(plan.model().modelName()), 0, plan.model().input(1));
  }

  private EpochFigures epoch(
      int epoch, DataLoader<Sample<HostArray, Integer>> loader, Progress.Start progress) {
    loss.reset();
    accuracy.reset();
    long started = System.nanoTime();
    long images = 0;
    int size = digits.train().size();
    try (Progress bar = progress.epoch(epoch, size)) {
      for (Batch batch : loader) {
        try (batch;
            var _ = TensorScope.open()) {
          step(epoch, batch);
        }
        images += batch.size();
        bar.step(batch.size(), loss.get());
        if (stop.getAsBoolean()) {
          break;
        }
      }
    }
    double seconds = (System.nanoTime() - started) * 1e-9;
    boolean complete = images == size;
    double tested =
        Evaluation.accuracy(
            net, complete ? digits.test() : digits.test().take(QUICK_TEST), plan.device());
    return new EpochFigures(epoch, images, complete, loss.get(), accuracy.get(), tested, seconds);
  }

  private void step(int epoch, Batch batch) {
    trainer.learningRate(
        plan.learningRate() * (1 - (1 - LAST_RATE) * steps / Math.max(1, batches - 1)));
    NDArray scores;
    NDArray losses;
    try (var _ = Autograd.record()) {
      scores = net.call(batch.data());
      losses = lossFunction.call(scores, batch.label());
    }
    losses.backward();
    trainer.step(batch.size());
    steps++;
    loss.update(losses);
    accuracy.update(batch.label(), scores);
    if (!Double.isFinite(loss.get())) {
      throw new TrainingException(
          "training stopped in epoch " + epoch + ", batch " + steps + ": the loss is " + loss.get(),
          "with learning rate " + plan.learningRate() + " the weights grew beyond all bounds",
          "train with a smaller one, for example --lr " + plan.learningRate() / 10);
    }
  }
}
