package io.gluonj.test.badinput;

import io.gluonj.types.Device;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;

/**
 * Operators called with wrong shapes, element types, numbers of inputs, attributes, devices and
 * values, and with arrays that have been closed. A failure prints the shrunk call and the seed;
 * {@code @Property(seed = "…")} repeats it. There are 10⁴ calls, and 10⁵ with {@code mvn -Plong}.
 */
final class BadInputTest {
  /** At least so many of a hundred calls shall be computed, and so many refused. */
  private static final double LEAST = 10;

  @Property(edgeCases = EdgeCasesMode.NONE)
  @Domain(Calls.class)
  @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
  void symbolsRefuseIt(@ForAll BadCall call) {
    collect(Check.symbolic(call));
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  @Domain(Calls.class)
  @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
  void filesAreRefused(@ForAll FileCall call) {
    collect(Check.file(call));
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  @Domain(Calls.class)
  @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
  void theReferenceDeviceRefusesIt(@ForAll BadCall call, @ForAll boolean recording) {
    collect(Check.eager(call, Device.reference(), recording));
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  @Domain(Calls.class)
  @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
  void theCpuRefusesIt(@ForAll BadCall call, @ForAll boolean recording) {
    collect(Check.eager(call, Device.cpu(), recording));
  }

  private static void collect(Outcome outcome) {
    Statistics.collect(outcome);
    Statistics.coverage(c -> {
      c.check(Outcome.COMPUTED).percentage(p -> p > LEAST);
      c.check(Outcome.REFUSED).percentage(p -> p > LEAST);
    });
  }
}
