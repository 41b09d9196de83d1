package io.gluonj.cuda.binding;

import static com.google.common.truth.Truth.assertThat;

import io.gluonj.cuda.blas.BlasBindings;
import io.gluonj.cuda.dnn.DnnBindings;
import io.gluonj.cuda.nccl.NcclBindings;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is found on the machine at hand: libraries or reasons, never an exception. */
final class MachineFindingsTest {
  private static void check(List<String> findings) {
    assertThat(findings).isNotEmpty();
    for (String line : findings) {
      assertThat(line).containsMatch(": usable, .+|: not usable, .+");
      assertThat(line.lines().count()).isEqualTo(1);
    }
    assertThat(findings.getLast()).contains("(own): usable, built in");
  }

  @Test
  void everyBindingIsUsableOrHasAReason() {
    check(BlasBindings.shared().findings());
    check(DnnBindings.shared().findings());
    check(NcclBindings.shared().findings());
  }
}
