package io.gluonj.testing;

import io.gluonj.conformance.OpCase;
import io.gluonj.conformance.OpCaseFile;
import io.gluonj.conformance.OpCaseResult.Failed;
import io.gluonj.conformance.OpCaseResult.Passed;
import io.gluonj.conformance.OpCaseResult.Unsupported;
import io.gluonj.conformance.OpCaseRun;
import io.gluonj.types.Device;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All cases recorded from MXNet 1.9.1 on one device.
 *
 * @param covered identifiers of the cases that ran and agreed
 * @param unsupported cases whose operator or attributes this version does not have, with the reason
 * @param failures cases that ran and disagreed, with what was found
 */
public record GoldenRun(
    List<String> covered, Map<String, String> unsupported, Map<String, String> failures) {
  private static final String RESOURCE = "golden/ops.jsonl";

  /** The recorded cases. */
  public static List<OpCase> cases() {
    try {
      return OpCaseFile.read(new StringReader(Fixture.text(RESOURCE)), RESOURCE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Runs all cases.
   *
   * @param tolerance largest difference relative to 1 + |expected|
   */
  public static GoldenRun on(Device device, double tolerance) {
    var covered = new ArrayList<String>();
    Map<String, String> unsupported = new TreeMap<>();
    Map<String, String> failures = new LinkedHashMap<>();
    var run = new OpCaseRun(device, tolerance);
    for (OpCase recorded : cases()) {
      switch (run.run(recorded)) {
        case Passed _ -> covered.add(recorded.id());
        case Unsupported u -> unsupported.put(recorded.id(), u.reason());
        case Failed f ->
            failures.put(
                recorded.id(),
                recorded.op() + recorded.attributes() + ": " + String.join("; ", f.differences()));
      }
    }
    return new GoldenRun(List.copyOf(covered), unsupported, failures);
  }

  /** What the run found, as a table. */
  public String table() {
    int all = covered.size() + unsupported.size() + failures.size();
    var text = new StringBuilder();
    text.append("MXNet cases: covered ").append(covered.size()).append(" of ").append(all);
    text.append(", failed ").append(failures.size());
    text.append(", unsupported ").append(unsupported.size()).append('\n');
    failures.forEach((id, why) -> text.append("  FAILED      %-28s %s%n".formatted(id, why)));
    unsupported.forEach((id, why) -> text.append("  unsupported %-28s %s%n".formatted(id, why)));
    return text.toString();
  }
}
