package io.gluonj.processor.check;

import io.gluonj.processor.diag.Finding;
import io.gluonj.processor.model.BlockModel;
import java.util.List;
import java.util.Optional;

/**
 * The verdict on a class.
 *
 * @param model what to write; empty if any finding is an error
 */
public record Checked(Optional<BlockModel> model, List<Finding> findings) {

  /** Copies {@code findings}. */
  public Checked {
    findings = List.copyOf(findings);
  }
}
