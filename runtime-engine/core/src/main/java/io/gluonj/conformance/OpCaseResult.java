package io.gluonj.conformance;

import java.util.List;

/** What became of one case on one device. */
public sealed interface OpCaseResult {
  /** The case that was run. */
  OpCase of();

  /** Everything recorded was found again. */
  record Passed(OpCase of) implements OpCaseResult {}

  /**
   * It ran and something is different, or it could not run.
   *
   * @param differences one sentence for each result that is different, the largest deviation first
   */
  record Failed(OpCase of, List<String> differences) implements OpCaseResult {
    public Failed {
      differences = List.copyOf(differences);
    }
  }

  /**
   * This version has no such operator, or not with these attributes or types.
   *
   * @param reason one line
   */
  record Unsupported(OpCase of, String reason) implements OpCaseResult {}
}
