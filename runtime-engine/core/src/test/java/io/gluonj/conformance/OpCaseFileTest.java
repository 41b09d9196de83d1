package io.gluonj.conformance;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gluonj.types.FileFormatException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OpCaseFileTest {
  private static final String WHOLE =
      """
      {"id":"a","op":"relu","attrs":{},"inputs":[{"name":"data","shape":[2],"data":[1,-0.0]}],\
      "outputs":[{"shape":[2],"data":[1,"NaN"]}],"head_grads":[[1,1]],"grads":{"data":[1,0]}}\
      """;

  private static List<OpCase> read(String text) throws IOException {
    return OpCaseFile.read(new StringReader(text), "cases");
  }

  @Test
  void linesAreCasesAndBlankOnesAreNot() throws IOException {
    List<OpCase> cases = read("\n" + WHOLE + "\n\n" + WHOLE + "\n");
    assertThat(cases).hasSize(2);
    OpCase first = cases.getFirst();
    assertThat(first.training()).isTrue();
    assertThat(first.inputs().keySet()).containsExactly("data");
    RecordedTensor input = first.inputs().values().iterator().next();
    assertThat(1 / input.at(1)).isNegativeInfinity();
    assertThat(first.outputs().getFirst().at(1)).isNaN();
  }

  /** What a replacement in the case above does, and what the message says. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          "id":"a",                   |                               | [id] are missing
          "op":"relu"                 | "op":["relu"]                 | $.op
          "attrs":{}                  | "attrs":{"a":1}               | attribute 'a' is no string
          "attrs":{}                  | "attrs":{"a":"1","a":"2"}     | 'a' is stated twice
          "attrs":{}                  | "attrs":{},"attrs":{}         | 'attrs' occurs twice
          "attrs":{}                  | "attrs":{},"extra":1          | 'extra' is unknown
          "attrs":{}                  | "attrs":{},"loss":"L2Loss"    | a Gluon loss
          "attrs":{}                  | "attrs":{},"train":"yes"      | $.train
          "shape":[2],"data":[1,-0.0] | "shape":[3],"data":[1,2]      | has 3 elements, data 2
          "shape":[2],"data":[1,-0.0] | "shape":[-2],"data":[1,2]     | an extent is -2
          "shape":[2],"data":[1,-0.0] | "shape":[1.5],"data":[1,2]    | shape
          "shape":[2],"data":[1,-0.0] | "shape":[9223372036854775807,9223372036854775807],"data":[1] | elements
          "shape":[2],"data":[1,-0.0] | "shape":[99999999999999999999],"data":[1] | shape
          "shape":[2],"data":[1,-0.0] | "data":[1,2]                  | lacks shape or data
          "shape":[2],"data":[1,-0.0] | "shape":[2],"data":[1,NaN]    | data
          "shape":[2],"data":[1,-0.0] | "shape":[2],"data":[1,"nan"]  | 'nan' is no number
          "shape":[2],"data":[1,-0.0] | "shape":[2],"data":[1,[2]]    | data
          "shape":[2],"data":[1,-0.0] | "shape":[2],"dtype":"float8","data":[1,2] | float8
          "name":"data",              |                               | has no name
          "outputs":[{"shape":[2],"data":[1,"NaN"]}]  | "outputs":[]   | outputs is empty
          "head_grads":[[1,1]]        | "head_grads":[[1]]            | 1 values for 2 elements
          "head_grads":[[1,1]]        | "head_grads":[]               | 0 head_grads for 1 outputs
          "grads":{"data":[1,0]}      | "grads":{"x":[1,0]}           | names 'x'
          "grads":{"data":[1,0]}      | "grads":{"data":[1]}          | 1 values for 2 elements
          "grads":{"data":[1,0]}}     | "grads":{"data":[1,0]}} {}    | malformed JSON at column
          "grads":{"data":[1,0]}}     | "grads":{"data":[1,0]         | End of input
          """)
  void aMalformedLineIsNamed(String part, String replacement, String said) {
    assertThat(WHOLE).contains(part);
    String wrong = WHOLE.replace(part, replacement == null ? "" : replacement);
    var e = assertThrows(FileFormatException.class, () -> read(WHOLE + "\n" + wrong));
    assertThat(e).hasMessageThat().startsWith("cases, line 2, at $");
    assertThat(e).hasMessageThat().contains(said);
  }

  @Test
  void deepNestingAndAnEmptyFileAreRefused(@TempDir Path folder) throws IOException {
    assertThrows(FileFormatException.class, () -> read("[".repeat(100_000)));
    assertThrows(
        FileFormatException.class,
        () -> read(WHOLE.replace("\"a\"", "[".repeat(100_000) + "]".repeat(100_000))));
    assertThrows(
        FileFormatException.class,
        () -> read(WHOLE.replace("\"attrs\"", "\"note\":" + "[".repeat(100_000) + ",\"attrs\"")));
    assertThrows(FileFormatException.class, () -> read("\n \n"));
    Path bytes = Files.write(folder.resolve("cases.jsonl"), new byte[] {(byte) 0xff, 0, 1});
    assertThrows(FileFormatException.class, () -> OpCaseFile.read(bytes));
  }
}
