package io.gluonj.test.badinput;

import io.gluonj.op.OpSchema.Sample;
import io.gluonj.test.badinput.FileCall.TextChange;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.DomainContextBase;

/** How calls are drawn: any sample with a few changes, among them none. Changes shrink. */
final class Calls extends DomainContextBase {
  private static final int MOST_CHANGES = 3;

  /** Texts that stand where numbers, tuples or names should. */
  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "None",
          "True",
          "nan",
          "inf",
          "-1",
          "0",
          "1",
          "2",
          "1e400",
          "1.5",
          "-7",
          "007",
          "9223372036854775807",
          "9223372036854775808",
          "-2147483649",
          "2147483647",
          "()",
          "(",
          "(1",
          "1)",
          "(,)",
          "(1,,2)",
          "(3, 3)",
          "(0, 0)",
          "(-1, -2)",
          "(1, 2, 3, 4, 5, 6)",
          "[1]",
          "((1))",
          "(None, 1)",
          "(1.5, x)",
          "float16",
          "float8",
          "0x10",
          "1L",
          "\u0661",
          "(9223372036854775807, 9223372036854775807)",
          "__x__",
          "axis",
          "num_args");

  @Provide
  Arbitrary<BadCall> badCalls() {
    Arbitrary<Change> change =
        Combinators.combine(
                Arbitraries.of(Change.Kind.class),
                Arbitraries.integers().between(0, 7),
                Arbitraries.integers().between(0, 15),
                Arbitraries.integers().between(0, 31))
            .as(Change::new);
    // Every other change is one of an attribute, because operators differ most in these.
    Arbitrary<Change> attribute =
        change.map(c -> new Change(Change.Kind.ATTRIBUTE, c.which(), c.at(), c.value()));
    return Combinators.combine(
            any(BadCall.samples()),
            Arbitraries.oneOf(change, attribute).list().ofMaxSize(MOST_CHANGES))
        .as(BadCall::new);
  }

  @Provide
  Arbitrary<Boolean> flags() {
    return Arbitraries.of(false, true);
  }

  @Provide
  Arbitrary<FileCall> fileCalls() {
    Arbitrary<String> scrambled =
        Arbitraries.strings().withChars("(),.-+0123456789 eNoneTru[]").ofMaxLength(12);
    Arbitrary<TextChange> change =
        Combinators.combine(
                Arbitraries.of(TextChange.Kind.class),
                Arbitraries.integers().between(0, 9),
                Arbitraries.oneOf(Arbitraries.of(TEXTS), scrambled))
            .as(TextChange::new);
    Arbitrary<TextChange> replaced =
        change.map(c -> new TextChange(TextChange.Kind.REPLACED, c.which(), c.text()));
    return Combinators.combine(
            any(FileCall.samples()),
            Arbitraries.oneOf(change, replaced).list().ofMaxSize(MOST_CHANGES))
        .as(FileCall::new);
  }

  /** A sample; it does not shrink, for a simpler operator would be another fault. */
  private static Arbitrary<Sample> any(List<Sample> samples) {
    return Arbitraries.randomValue(random -> samples.get(random.nextInt(samples.size())));
  }
}
