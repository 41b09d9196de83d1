package io.gluonj.cli.train;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Notices Ctrl-C (SIGINT) and the polite end from outside (SIGTERM), and keeps the JVM alive until
 * the run has saved its work.
 *
 * <p>The JVM answers both signals by running its shutdown hooks, then ends with 128 plus the number
 * of the signal. The hook of this class asks the run to stop and waits for {@link #close}.
 */
public final class Interruption implements AutoCloseable {
  private static final int LONGEST_SAVE_S = 60;

  private final CountDownLatch finished = new CountDownLatch(1);
  private final Thread hook = new Thread(this::requestAndWait, "gluonj-interruption");
  private volatile boolean requested;

  private Interruption() {}

  /** Starts to listen. */
  public static Interruption listen() {
    Interruption interruption = new Interruption();
    Runtime.getRuntime().addShutdownHook(interruption.hook);
    return interruption;
  }

  private void requestAndWait() {
    request();
    try {
      if (!finished.await(LONGEST_SAVE_S, TimeUnit.SECONDS)) {
        System.err.println("gluonj: the run did not stop within " + LONGEST_SAVE_S + " s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Asks the run to stop, as Ctrl-C does. */
  public void request() {
    requested = true;
  }

  /** Whether the run has been asked to stop. */
  public boolean requested() {
    return requested;
  }

  /** Says that the run has saved what it wanted to save. */
  @Override
  public void close() {
    finished.countDown();
    if (!requested) {
      Runtime.getRuntime().removeShutdownHook(hook);
    }
  }
}
