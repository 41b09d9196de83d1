package demo;

import io.gluonj.gluon.Trainer;
import io.gluonj.initializer.Xavier;
import io.gluonj.loss.SoftmaxCrossEntropyLoss;
import io.gluonj.metric.Accuracy;
import io.gluonj.tensor.Autograd;
import io.gluonj.tensor.Generator;
import io.gluonj.tensor.NDArray;
import io.gluonj.tensor.TensorScope;
import io.gluonj.types.Device;
import io.gluonj.types.Shape;
import java.util.Map;
import java.util.Random;

/** Learns to tell points near the origin from points farther out; ends with 1 if it does not. */
public final class Rings {
  private static final int POINTS = 512;
  private static final int STEPS = 200;
  private static final double WANTED = 0.95;

  public static void main(String[] args) {
    Device device = Device.best();
    Random random = new Random(1);
    float[] points = new float[2 * POINTS];
    float[] rings = new float[POINTS];
    for (int i = 0; i < POINTS; i++) {
      int ring = i % 2;
      double radius = 0.5 + ring + 0.3 * random.nextDouble();
      double angle = 2 * Math.PI * random.nextDouble();
      points[2 * i] = (float) (radius * Math.cos(angle));
      points[2 * i + 1] = (float) (radius * Math.sin(angle));
      rings[i] = ring;
    }
    NDArray data = NDArray.of(points, Shape.of(POINTS, 2), device);
    NDArray label = NDArray.of(rings, Shape.of(POINTS), device);

    Generator.standard().seed(1);
    RingNet net = new RingNet(16);
    net.initialize(new Xavier(), device);
    net.hybridize();
    var loss = new SoftmaxCrossEntropyLoss();
    var trainer = new Trainer(net.collectParams(), "adam", Map.of("learning_rate", 0.05));
    for (int step = 0; step < STEPS; step++) {
      try (var scope = TensorScope.open()) {
        NDArray losses;
        try (var tape = Autograd.record()) {
          losses = loss.call(net.call(data), label);
        }
        losses.backward();
        trainer.step(POINTS);
      }
    }
    Accuracy accuracy = new Accuracy();
    accuracy.update(label, net.call(data));
    System.out.printf("device %s, accuracy %.4f after %d steps%n", device, accuracy.get(), STEPS);
    if (!(accuracy.get() >= WANTED)) {
      System.err.println("it did not learn: wanted " + WANTED);
      System.exit(1);
    }
  }
}
