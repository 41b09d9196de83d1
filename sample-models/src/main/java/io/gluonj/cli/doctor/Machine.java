package io.gluonj.cli.doctor;

import com.sun.management.OperatingSystemMXBean;
import io.gluonj.cli.Version;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Java, the processor and the memory. */
public final class Machine {
  private static final Path CPUINFO = Path.of("/proc/cpuinfo");
  private static final Set<String> FEATURES =
      Set.of(
          "sse4_2",
          "avx",
          "avx2",
          "fma",
          "f16c",
          "avx512f",
          "avx512bw",
          "avx512vl",
          "avx512_vnni",
          "avx512_bf16",
          "avx_vnni",
          "amx_tile",
          "amx_bf16",
          "amx_int8");

  private Machine() {}

  /** Version, folder and rights of the Java virtual machine. */
  public static List<String> java() {
    return List.of(
        Version.java(),
        "in " + System.getProperty("java.home"),
        Machine.class.getModule().isNativeAccessEnabled()
            ? "native access is enabled"
            : "native access is not enabled; start java with --enable-native-access=ALL-UNNAMED");
  }

  /** The operating system, threads and memory. */
  public static List<String> system() {
    String threads = System.getenv("OMP_NUM_THREADS");
    return List.of(
        Version.system() + " " + System.getProperty("os.version"),
        Runtime.getRuntime().availableProcessors()
            + " processors"
            + (threads == null ? "" : ", OMP_NUM_THREADS=" + threads),
        Bytes.text(physicalMemory()) + " of memory",
        "Java heap up to " + Bytes.text(Runtime.getRuntime().maxMemory()));
  }

  private static long physicalMemory() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
        ? system.getTotalMemorySize()
        : 0;
  }

  /** Name and vector instructions of the processor, where the system tells them. */
  public static List<String> processor() {
    try {
      List<String> lines = Files.readAllLines(CPUINFO);
      String features =
          Arrays.stream(field(lines, "flags").split(" "))
              .filter(FEATURES::contains)
              .collect(Collectors.joining(" "));
      return List.of(field(lines, "model name"), features);
    } catch (IOException e) {
      return List.of("unknown: " + CPUINFO + " cannot be read");
    }
  }

  private static String field(List<String> lines, String name) {
    return lines.stream()
        .filter(line -> line.startsWith(name))
        .findFirst()
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .orElse("unknown");
  }
}
