package io.gluonj.testing;

import java.util.Set;
import java.util.TreeSet;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestTag;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Prints at the end of a run how many tests ran on a GPU, how many were skipped, and why. */
public final class GpuSummary implements TestExecutionListener {
  private static final TestTag GPU = TestTag.create("gpu");

  private final Set<String> reasons = new TreeSet<>();
  private int ran;
  private int skipped;

  @Override
  public synchronized void executionSkipped(TestIdentifier test, String reason) {
    if (test.getTags().contains(GPU)) {
      skipped++;
      reasons.add(reason);
    }
  }

  @Override
  public synchronized void executionFinished(TestIdentifier test, TestExecutionResult result) {
    if (test.isTest() && test.getTags().contains(GPU)) {
      ran++;
    }
  }

  @Override
  public synchronized void testPlanExecutionFinished(TestPlan plan) {
    if (ran + skipped > 0) {
      System.out.println(
          "GPU tests: "
              + ran
              + " ran, "
              + skipped
              + " classes or tests skipped"
              + (reasons.isEmpty() ? "" : ": " + String.join("; ", reasons)));
    }
  }
}
