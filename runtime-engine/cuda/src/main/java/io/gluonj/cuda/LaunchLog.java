package io.gluonj.cuda;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The last launches on a device with the operators they belong to. A GPU reports a fault when
 * something else is asked of it later; this is how the message can still say what ran.
 *
 * <p>Written with the device's lock held; read by whoever meets the fault.
 */
public final class LaunchLog {
  private static final int SIZE = 64;
  private static final List<LaunchLog> ALL = new CopyOnWriteArrayList<>();

  private final String device;
  private final String[] kernels = new String[SIZE];
  private final String[] operators = new String[SIZE];
  private String operator = "";
  private long launched;
  private long finished;

  private LaunchLog(String device) {
    this.device = device;
  }

  /** A log that messages of faults look into. */
  static LaunchLog of(String device) {
    var log = new LaunchLog(device);
    ALL.add(log);
    return log;
  }

  /** Says which operator the launches that follow belong to. */
  public synchronized void operator(String label) {
    operator = label;
  }

  /** Notes a launch: the function in a module, or the call of a library. */
  public synchronized void launched(String kernel) {
    int at = (int) (launched++ % SIZE);
    kernels[at] = kernel;
    operators[at] = operator;
  }

  /** How many launches there were; an argument for {@link #finished}. */
  public synchronized long count() {
    return launched;
  }

  /** Notes that the first {@code count} launches are done: the device was waited for. */
  public synchronized void finished(long count) {
    finished = Math.max(finished, count);
  }

  /** Launches that may still run or have failed, oldest first; of the last {@value #SIZE}. */
  public synchronized List<String> unfinished() {
    var lines = new ArrayList<String>();
    for (long i = Math.max(finished, launched - SIZE); i < launched; i++) {
      int at = (int) (i % SIZE);
      String of = operators[at].isEmpty() ? "" : " of " + operators[at];
      lines.add(device + " #" + i + " " + kernels[at] + of);
    }
    return lines;
  }

  static String unfinishedEverywhere() {
    var lines = ALL.stream().flatMap(log -> log.unfinished().stream()).toList();
    return lines.isEmpty()
        ? "             (no launch is recorded)"
        : "             " + String.join("\n             ", lines);
  }

  /** Takes the log out of messages; for tests. */
  void forget() {
    ALL.remove(this);
  }
}
