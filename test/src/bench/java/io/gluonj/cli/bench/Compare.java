package io.gluonj.cli.bench;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Times training steps of GluonJ and of libtorch, process after process in turns, and prints a
 * table of medians and their ratio. Both train the same nets on the same data: the losses of the
 * first and the twentieth step show it.
 */
final class Compare {
  private static final String THREADS = "2";
  private static final String WARM = "2";

  private Compare() {}

  /** One process's measurement. */
  private record Run(double median, double firstLoss, double loss20, double megabytes) {
    static Run of(String line) {
      JsonObject json = JsonParser.parseString(line).getAsJsonObject();
      return new Run(
          json.get("median_ms").getAsDouble(),
          json.get("first_loss").getAsDouble(),
          json.get("loss20").getAsDouble(),
          json.get("peak_rss_mb").getAsDouble());
    }
  }

  /** Takes the number of rounds, the seconds of each process, and the workloads. */
  static void main(String[] args) throws IOException, InterruptedException {
    int rounds = Integer.parseInt(args[0]);
    String seconds = args[1];
    List<String> works = List.of(args[2].split(",", -1));
    System.out.printf(
        "%n%s, %d processors, Java %s; %s threads; %d processes each, in turns%n%n",
        processor(),
        Runtime.getRuntime().availableProcessors(),
        Runtime.version(),
        THREADS,
        rounds);
    System.out.println(
        "| work | GluonJ ms | libtorch ms | times as fast | MB | libtorch MB | loss 1 | loss 20 |");
    System.out.println("|---|---|---|---|---|---|---|---|");
    for (String work : works) {
      var ours = new ArrayList<Run>();
      var theirs = new ArrayList<Run>();
      for (int round = 0; round < rounds; round++) {
        theirs.add(torch(work, seconds));
        ours.add(gluonj(work, seconds));
      }
      print(work, ours, theirs);
    }
  }

  private static void print(String work, List<Run> ours, List<Run> theirs) {
    double our = median(ours);
    double their = median(theirs);
    System.out.printf(
        Locale.ROOT,
        "| %s | %.2f | %.2f | %.2f | %.0f | %.0f | %s | %s |%n",
        work,
        our,
        their,
        their / our,
        ours.getFirst().megabytes(),
        theirs.getFirst().megabytes(),
        losses(ours.getFirst().firstLoss(), theirs.getFirst().firstLoss()),
        losses(ours.getFirst().loss20(), theirs.getFirst().loss20()));
  }

  private static String losses(double our, double their) {
    return String.format(Locale.ROOT, "%.5f / %.5f", our, their);
  }

  private static double median(List<Run> runs) {
    double[] sorted = runs.stream().mapToDouble(Run::median).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  private static Run gluonj(String work, String seconds) throws IOException, InterruptedException {
    return run(
        Map.of("OMP_NUM_THREADS", THREADS),
        "-XX:+UseCompactObjectHeaders",
        "io.gluonj.cli.Main",
        "bench",
        work,
        "--threads",
        THREADS,
        "--warm",
        WARM,
        "--seconds",
        seconds);
  }

  /** With MKL on the threads of OpenMP, and memory that is kept: its fastest settings. */
  private static Run torch(String work, String seconds) throws IOException, InterruptedException {
    return run(
        Map.of(
            "OMP_NUM_THREADS", THREADS,
            "MKL_NUM_THREADS", THREADS,
            "MKL_THREADING_LAYER", "GNU",
            "MALLOC_MMAP_THRESHOLD_", "1073741824",
            "MALLOC_TRIM_THRESHOLD_", "2147483647",
            "MALLOC_TOP_PAD_", "67108864"),
        "-Dorg.bytedeco.openblas.load=mkl_rt",
        "-Dorg.bytedeco.javacpp.maxphysicalbytes=0",
        "--sun-misc-unsafe-memory-access=allow",
        TorchBench.class.getName(),
        work,
        THREADS,
        WARM,
        seconds);
  }

  private static Run run(Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.addAll(Arrays.asList(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().putAll(environment);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = process.waitFor();
    return output
        .lines()
        .filter(line -> line.startsWith("{"))
        .findFirst()
        .map(Run::of)
        .orElseThrow(() ->
            new IllegalStateException(
                "no result of " + command + ", which ended with " + status + ":\n" + output));
  }

  private static String processor() throws IOException {
    Path info = Path.of("/proc/cpuinfo");
    return Files.readAllLines(info).stream()
        .filter(line -> line.startsWith("model name"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse(System.getProperty("os.arch"));
  }
}
