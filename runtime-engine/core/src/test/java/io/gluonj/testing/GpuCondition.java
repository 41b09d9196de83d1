package io.gluonj.testing;

import io.gluonj.backend.Backend;
import io.gluonj.backend.Backends;
import io.gluonj.types.Device;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Whether there is a GPU to test on; one that was named is tested, and the tests then fail. */
final class GpuCondition implements ExecutionCondition {
  /** Begins the reason of each test that is skipped for want of a GPU. */
  static final String SKIPPED = "no GPU to test on: ";

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    if (TestDevices.gpuWasAskedFor()) {
      return ConditionEvaluationResult.enabled("asked for: " + TestDevices.gpu());
    }
    return missing()
        .map(SKIPPED::concat)
        .map(ConditionEvaluationResult::disabled)
        .orElseGet(() -> ConditionEvaluationResult.enabled("there is a GPU"));
  }

  /** What is missing; empty where the GPU can be used. */
  private static Optional<String> missing() {
    Device device = TestDevices.gpu();
    for (Backend backend : Backends.all()) {
      if (backend.kind() == Device.Kind.GPU) {
        Backend.Availability found = backend.availability(device);
        return found.usable()
            ? Optional.empty()
            : Optional.of(device + ": " + found.detail().replace('\n', ' '));
      }
    }
    return Optional.of(device + ": no CUDA backend on the class path");
  }
}
