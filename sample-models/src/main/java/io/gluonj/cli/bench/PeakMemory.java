package io.gluonj.cli.bench;

import io.gluonj.types.FileFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The most memory that this process has had. */
public final class PeakMemory {
  private PeakMemory() {}

  /** Peak resident memory in units of 2^20 bytes; 0 where the system does not say. */
  public static double megabytes() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return 0;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmHWM"))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
        .findFirst()
        .orElseThrow(() ->
            new FileFormatException(
                status + " has no line VmHWM",
                "the peak memory of the process is read there",
                "report it with the name and version of your system"));
  }
}
