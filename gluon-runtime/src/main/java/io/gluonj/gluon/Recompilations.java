package io.gluonj.gluon;

import io.gluonj.types.Device;
import io.gluonj.types.TensorType;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Notices when something is compiled again and again, which costs more than it saves, and says why:
 * one warning when it was compiled {@value #FIRST_WARNING} times, and at every doubling. Not
 * thread-safe.
 */
final class Recompilations {
  private static final System.Logger LOG = System.getLogger(Recompilations.class.getName());
  static final int FIRST_WARNING = 8;

  /** What something is compiled for. */
  record Signature(List<TensorType> inputs, Device device) {}

  private @Nullable Signature last;
  private int count;

  /**
   * Notes a compilation.
   *
   * @param what is compiled, for the warning
   * @param cause why a program for this very signature no longer serves; empty if there was none
   */
  void note(String what, Signature now, String cause) {
    count++;
    if (count % FIRST_WARNING == 0 && Integer.bitCount(count / FIRST_WARNING) == 1) {
      String reason = cause.isEmpty() ? difference(last, now) : cause;
      LOG.log(Level.WARNING, message(what, count, reason));
    }
    last = now;
  }

  private static String message(String what, int count, String reason) {
    return what
        + " was compiled "
        + count
        + " times\n  because  "
        + reason
        + "\n  fix      feed the same shapes (pad, group samples of like length, leave out the last"
        + " short batch with LastBatch.DISCARD), or do not hybridize a block that sees ever new"
        + " shapes";
  }

  /** What is different from the compilation before, in words. */
  static String difference(@Nullable Signature before, Signature now) {
    if (before == null) {
      return "it was called with " + now.inputs();
    }
    if (!before.device().equals(now.device())) {
      return "it was called on " + before.device() + ", then on " + now.device();
    }
    if (before.inputs().size() != now.inputs().size()) {
      return "it was called with %d inputs, then with %d"
          .formatted(before.inputs().size(), now.inputs().size());
    }
    var changes = new ArrayList<String>();
    for (int i = 0; i < now.inputs().size(); i++) {
      change(i, before.inputs().get(i), now.inputs().get(i), changes);
    }
    return changes.isEmpty()
        ? "it is called with the same types, and what it is made of changes"
        : String.join("; ", changes);
  }

  private static void change(int input, TensorType before, TensorType now, List<String> changes) {
    if (before.equals(now)) {
      return;
    }
    List<Integer> axes =
        before.shape().rank() != now.shape().rank()
            ? List.of()
            : IntStream.range(0, now.shape().rank())
                .filter(a -> before.shape().dim(a) != now.shape().dim(a))
                .boxed()
                .toList();
    String which = axes.size() == 1 ? " (axis " + axes.getFirst() + " changes)" : "";
    changes.add("input %d was %s, then %s%s".formatted(input, before, now, which));
  }
}
