package io.gluonj.testing;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestTag;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Prints at the end of a run how many tests ran on a GPU, how many were skipped, and why. */
public final class GpuSummary implements TestExecutionListener {
  private static final TestTag GPU = TestTag.create("gpu");

  private final Set<String> reasons = new TreeSet<>();
  private @Nullable TestPlan plan;
  private int passed;
  private int failed;
  private int skipped;

  @Override
  public synchronized void testPlanExecutionStarted(TestPlan started) {
    plan = started;
  }

  @Override
  public synchronized void executionSkipped(TestIdentifier part, String reason) {
    if (reason.startsWith(GpuCondition.SKIPPED)) {
      skipped += methods(part);
      reasons.add(reason.substring(GpuCondition.SKIPPED.length()));
    }
  }

  /** Test methods of a skipped part; what a method would have made while running counts as one. */
  private int methods(TestIdentifier part) {
    long inside =
        Stream.concat(Stream.of(part), Objects.requireNonNull(plan).getDescendants(part).stream())
            .map(TestIdentifier::getUniqueIdObject)
            .map(UniqueId::getLastSegment)
            .filter(s -> Set.of("method", "test-factory", "test-template").contains(s.getType()))
            .count();
    return Math.toIntExact(Math.max(1, inside));
  }

  @Override
  public synchronized void executionFinished(TestIdentifier part, TestExecutionResult result) {
    if (part.isTest() && onGpu(part)) {
      switch (result.getStatus()) {
        case SUCCESSFUL -> passed++;
        case FAILED -> failed++;
        case ABORTED -> {
          skipped++;
          reasons.add(result.getThrowable().map(Throwable::getMessage).orElse("aborted"));
        }
      }
    }
  }

  /**
   * A test of a class that runs on each device is one of a GPU where its device is; of others their
   * tag decides, or that of the method that made them.
   */
  private boolean onGpu(TestIdentifier test) {
    boolean tagged = false;
    for (Optional<TestIdentifier> part = Optional.of(test);
        part.isPresent();
        part = Objects.requireNonNull(plan).getParent(part.get())) {
      UniqueId.Segment segment = part.get().getUniqueIdObject().getLastSegment();
      if (segment.getType().equals("class-template-invocation")) {
        return part.get().getDisplayName().startsWith("gpu");
      }
      tagged |= part.get().getTags().contains(GPU);
    }
    return tagged;
  }

  @Override
  public synchronized void testPlanExecutionFinished(TestPlan finished) {
    if (passed + failed + skipped > 0) {
      System.out.println(line());
    }
  }

  private String line() {
    String found = "GPU tests: %d passed, %d failed, %d skipped".formatted(passed, failed, skipped);
    return reasons.isEmpty() ? found : found + ": " + String.join("; ", reasons);
  }
}
