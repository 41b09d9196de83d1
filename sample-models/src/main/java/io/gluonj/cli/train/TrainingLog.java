package io.gluonj.cli.train;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code training.jsonl}: one JSON object per line, first a header ({@code "kind": "header"}) with
 * everything needed to repeat the run, then one object per epoch ({@code "kind": "epoch"}).
 */
public final class TrainingLog {
  /** Name of the file. */
  public static final String FILE = "training.jsonl";

  private static final int FORMAT = 1;
  private static final Gson GSON =
      new GsonBuilder().disableHtmlEscaping().serializeSpecialFloatingPointValues().create();

  private final List<String> lines = new ArrayList<>();

  /** A log that begins with a header of these fields. */
  public TrainingLog(Map<String, Object> header) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("kind", "header");
    line.put("format", FORMAT);
    line.putAll(header);
    lines.add(GSON.toJson(line));
  }

  /** Adds an epoch. */
  public void add(EpochFigures figures) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("kind", "epoch");
    line.put("epoch", figures.epoch());
    line.put("complete", figures.complete());
    line.put("images", figures.images());
    line.put("trainLoss", figures.trainLoss());
    line.put("trainAccuracy", figures.trainAccuracy());
    line.put("testAccuracy", figures.testAccuracy());
    line.put("seconds", figures.seconds());
    line.put("imagesPerSecond", figures.imagesPerSecond());
    lines.add(GSON.toJson(line));
  }

  /** Writes the file into {@code folder}. */
  public void write(Path folder) throws IOException {
    Files.write(folder.resolve(FILE), lines);
  }
}
