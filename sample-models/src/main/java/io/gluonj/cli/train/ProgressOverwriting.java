package io.gluonj.cli.train;

import io.gluonj.cli.Terminal;
import java.io.PrintStream;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar with time to go, images per second and loss, redrawn in one line and wiped at the end. */
final class ProgressOverwriting implements Progress {
  private static final int REDRAW_MS = 200;

  private final ProgressBar bar;

  ProgressOverwriting(Terminal terminal, int epoch, int epochs, long images) {
    this.bar =
        new ProgressBarBuilder()
            .setTaskName("epoch " + epoch + "/" + epochs)
            .setInitialMax(images)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(REDRAW_MS)
            .setUnit(" images", 1)
            .showSpeed()
            .setConsumer(new Line(terminal.out()))
            .build();
  }

  @Override
  public void step(long images, double meanLoss) {
    bar.setExtraMessage(String.format(Locale.ROOT, " loss %.4f", meanLoss));
    bar.stepBy(images);
  }

  @Override
  public void close() {
    bar.close();
  }

  /** One line of a terminal. */
  private record Line(PrintStream out) implements ProgressBarConsumer {
    @Override
    public int getMaxRenderedLength() {
      return Terminal.WIDTH;
    }

    @Override
    public void accept(String rendered) {
      out.print("\r" + rendered);
      out.flush();
    }

    @Override
    public void clear() {
      out.print("\r" + " ".repeat(Terminal.WIDTH) + "\r");
    }

    @Override
    public void close() {
      clear();
      out.flush();
    }
  }
}
