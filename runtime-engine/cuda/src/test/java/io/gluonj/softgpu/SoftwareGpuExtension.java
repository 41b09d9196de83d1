package io.gluonj.softgpu;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Installs the software GPU before the first test, where the environment asks for it; found by
 * JUnit itself. Where it cannot be compiled, tests tagged {@code gpu} are skipped with the reason.
 */
public final class SoftwareGpuExtension implements ExecutionCondition {
  private static final String TAG = "gpu";

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    if (!SoftwareGpu.wanted()) {
      return ConditionEvaluationResult.enabled("no software GPU was asked for");
    }
    String missing = SoftwareGpu.missing();
    if (missing.isEmpty()) {
      SoftwareGpu.install();
      return ConditionEvaluationResult.enabled("the software GPU is installed");
    }
    return context.getTags().contains(TAG)
        ? ConditionEvaluationResult.disabled(missing)
        : ConditionEvaluationResult.enabled(missing);
  }
}
