package io.gluonj.conformance;

import io.gluonj.types.FileFormatException;
import io.gluonj.types.InvalidArgumentException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of recorded cases: UTF-8, one JSON object a line, blank lines allowed. {@code id}, {@code
 * op} (MXNet's name), {@code attrs} (strings), {@code inputs} ({@code name}, {@code shape}, {@code
 * data} row-major, {@code dtype} where it is not float32) and {@code outputs} (without name) are
 * required; {@code train} (true by default), {@code head_grads}, {@code grads} by input and {@code
 * inputs_after} may follow. NaN and the infinities are strings.
 */
public final class OpCaseFile {
  private OpCaseFile() {}

  /**
   * Reads a file.
   *
   * @throws FileFormatException if a line is malformed, with its number
   * @throws InvalidArgumentException if the file cannot be read
   */
  public static List<OpCase> read(Path file) {
    try (Reader text = Files.newBufferedReader(file)) {
      return read(text, file.toString());
    } catch (CharacterCodingException e) {
      throw new FileFormatException(
          file + " is no text in " + StandardCharsets.UTF_8,
          "a file of cases is text, one JSON object a line",
          "pass a file such as ops.jsonl",
          e);
    } catch (NoSuchFileException e) {
      throw new InvalidArgumentException(
          file + " does not exist", "the cases are read from it", "check the path", e);
    } catch (IOException e) {
      throw new InvalidArgumentException(
          file + " cannot be read",
          "the system says: " + e.getMessage(),
          "pass a file, and check its permissions",
          e);
    }
  }

  /**
   * Reads cases from a text.
   *
   * @param source what messages call it
   * @throws FileFormatException if a line is malformed or there is no case
   */
  public static List<OpCase> read(Reader text, String source) throws IOException {
    var cases = new ArrayList<OpCase>();
    var lines = new BufferedReader(text);
    int number = 1;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (!line.isBlank()) {
        cases.add(OpCaseReader.read(line, source + ", line " + number));
      }
      number++;
    }
    if (cases.isEmpty()) {
      throw new FileFormatException(
          source + " holds no case",
          "a run without cases would prove nothing",
          "write one JSON object a line");
    }
    return List.copyOf(cases);
  }
}
