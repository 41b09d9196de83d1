package io.gluonj.cli.train;

import io.gluonj.samples.SampleModel;
import io.gluonj.types.Device;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What to train and how.
 *
 * @param learningRate of the first step; falls linearly to a hundredth of it over the run
 * @param momentum of the optimizer {@code sgd}; others do not use it
 * @param optimizer {@code sgd} or {@code adam}
 * @param seed chooses first weights, order of samples and dropout
 */
public record TrainingPlan(
    SampleModel model,
    int epochs,
    int batchSize,
    String optimizer,
    double learningRate,
    double momentum,
    Device device,
    boolean hybridize,
    long seed) {

  /** Gluon's words for the optimizer's settings. */
  Map<String, Object> optimizerSettings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("learning_rate", learningRate);
    if (optimizer.equals("sgd")) {
      settings.put("momentum", momentum);
    }
    return settings;
  }

  /** All settings by the names of their options, for the log. */
  public Map<String, Object> options() {
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("epochs", epochs);
    options.put("batchSize", batchSize);
    options.put("optimizer", optimizer);
    options.put("lr", learningRate);
    options.put("momentum", momentum);
    options.put("hybridize", hybridize);
    return options;
  }
}
