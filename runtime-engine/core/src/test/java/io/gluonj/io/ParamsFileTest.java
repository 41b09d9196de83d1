package io.gluonj.io;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.gluonj.tensor.LiveArrays;
import io.gluonj.tensor.NDArray;
import io.gluonj.testing.Fixture;
import io.gluonj.types.DType;
import io.gluonj.types.Device;
import io.gluonj.types.FileFormatException;
import io.gluonj.types.InvalidArgumentException;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ParamsFileTest {
  private static final Device DEVICE = Device.reference();

  @TempDir private Path folder;

  private static Path format(String name) {
    return Fixture.file("fixtures/formats/" + name);
  }

  private Path file(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("x.params"), bytes);
  }

  private static Map<String, NDArray> read(Path file) {
    return ParamsFile.read(file, DEVICE);
  }

  /** Reads a file's content from memory: as the file, without a disk. */
  private static Map<String, NDArray> read(byte[] content) {
    return ParamsReader.read(Path.of("x.params"), MemorySegment.ofArray(content), DEVICE);
  }

  private static NDArray present(Map<String, NDArray> arrays, String key) {
    return Objects.requireNonNull(arrays.get(key), key);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dtypes_v2.params",
        "list_v2.params",
        "legacy_v0.params",
        "legacy_v1.params",
        "npshape_v3.params",
      })
  void filesOfMxnetAreRead(String name) {
    JsonObject expected =
        JsonParser.parseString(Fixture.text("fixtures/formats/expected.json"))
            .getAsJsonObject()
            .getAsJsonObject(name);
    Map<String, NDArray> arrays = read(format(name));
    List<String> keys = expected.keySet().stream().map(k -> k.replace("#", "")).toList();
    assertThat(arrays.keySet()).containsExactlyElementsIn(keys).inOrder();
    for (Map.Entry<String, JsonElement> e : expected.entrySet()) {
      NDArray array = present(arrays, e.getKey().replace("#", ""));
      JsonObject want = e.getValue().getAsJsonObject();
      long[] dims =
          want.getAsJsonArray("shape").asList().stream()
              .mapToLong(JsonElement::getAsLong)
              .toArray();
      double[] values =
          want.getAsJsonArray("data").asList().stream()
              .mapToDouble(JsonElement::getAsDouble)
              .toArray();
      assertThat(array.type())
          .isEqualTo(new TensorType(Shape.of(dims), DType.of(want.get("dtype").getAsString())));
      assertThat(array.toDoubles()).isEqualTo(values);
    }
  }

  @Test
  void arraysWithoutAValueAreLeftOut() {
    Map<String, NDArray> arrays = read(format("none_v2.params"));
    assertThat(arrays).hasSize(1);
  }

  @Test
  void sparseArraysAreRefusedWithTheFix() {
    var e = assertThrows(FileFormatException.class, () -> read(format("sparse_v2.params")));
    assertThat(e).hasMessageThat().contains("row_sparse");
    assertThat(e).hasMessageThat().contains("tostype('default')");
  }

  @Test
  void writtenFilesAreThoseOfMxnetByteForByte() throws IOException {
    for (String name : List.of("lenet/lenet-0000.params", "resblock/resblock-0000.params")) {
      Path copy = folder.resolve("copy.params");
      ParamsFile.write(copy, read(Fixture.file("fixtures/" + name)));
      assertThat(Files.readAllBytes(copy)).isEqualTo(Fixture.bytes("fixtures/" + name));
    }
  }

  @Test
  void everyTypeSurvivesWritingAndReading() {
    var arrays = new LinkedHashMap<String, NDArray>();
    for (DType type : DType.values()) {
      arrays.put("é." + type, NDArray.full(1, new TensorType(Shape.of(2, 3), type), DEVICE));
    }
    Path file = folder.resolve("types.params");
    ParamsFile.write(file, arrays);
    Map<String, NDArray> back = read(file);
    assertThat(back.keySet()).containsExactlyElementsIn(arrays.keySet()).inOrder();
    arrays.forEach((key, array) -> {
      assertThat(present(back, key).type()).isEqualTo(array.type());
      assertThat(present(back, key).toDoubles()).isEqualTo(array.toDoubles());
    });
  }

  @Test
  void noFileAtAllRemainsWhenWritingFails() throws IOException {
    NDArray closed = NDArray.of(new float[] {1}, Shape.of(1), DEVICE);
    Path file = folder.resolve("a.params");
    ParamsFile.write(file, Map.of("a", closed));
    byte[] before = Files.readAllBytes(file);
    closed.close();
    assertThrows(RuntimeException.class, () -> ParamsFile.write(file, Map.of("a", closed)));
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
    try (var list = Files.list(folder)) {
      assertThat(list.toList()).containsExactly(file);
    }
  }

  @Test
  void aFolderThatDoesNotExistIsNamed() {
    NDArray one = NDArray.of(new float[] {1}, Shape.of(1), DEVICE);
    Path file = folder.resolve("missing").resolve("a.params");
    var e =
        assertThrows(
            InvalidArgumentException.class, () -> ParamsFile.write(file, Map.of("a", one)));
    assertThat(e).hasMessageThat().contains(file.toString());
    var f = assertThrows(InvalidArgumentException.class, () -> read(file));
    assertThat(f).hasMessageThat().contains(file.toString());
  }

  @Test
  void arraysTheFormatCannotHoldAreRefused() {
    NDArray scalar = NDArray.scalar(1, DEVICE);
    var e =
        assertThrows(
            InvalidArgumentException.class,
            () -> ParamsFile.write(folder.resolve("s.params"), Map.of("s", scalar)));
    assertThat(e).hasMessageThat().contains("'s' of shape ()");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dtypes_v2.params",
        "list_v2.params",
        "legacy_v0.params",
        "legacy_v1.params",
        "none_v2.params",
        "npshape_v3.params",
        "sparse_v2.params",
      })
  void truncatedFilesAreRefused(String name) {
    byte[] whole = Fixture.bytes("fixtures/formats/" + name);
    for (int length = 0; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      var e = assertThrows(FileFormatException.class, () -> read(part));
      assertThat(e).hasMessageThat().contains("x.params, byte ");
    }
  }

  @Test
  void trailingBytesAreRefused() throws IOException {
    byte[] whole = Fixture.bytes("fixtures/formats/legacy_v1.params");
    Path file = file(Arrays.copyOf(whole, whole.length + 3));
    var e = assertThrows(FileFormatException.class, () -> read(file));
    assertThat(e).hasMessageThat().contains("byte " + whole.length);
    assertThat(e).hasMessageThat().contains("expected the end of the file, found 3 further bytes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dtypes_v2.params", "legacy_v0.params", "npshape_v3.params"})
  void damagedFilesGiveNothingButFormatErrors(String name) {
    long seed = 77;
    System.out.println("ParamsFileTest seed " + seed);
    Random random = new Random(seed);
    byte[] whole = Fixture.bytes("fixtures/formats/" + name);
    long live = LiveArrays.count();
    int refused = 0;
    for (int bit = 0; bit < whole.length * 8; bit++) {
      byte[] damaged = whole.clone();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      if (random.nextInt(4) == 0) {
        damaged[random.nextInt(whole.length)] = (byte) random.nextInt(256);
      }
      try {
        read(damaged).values().forEach(NDArray::close);
      } catch (FileFormatException e) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(whole.length);
    assertWithMessage("arrays left over").that(LiveArrays.count()).isAtMost(live);
  }

  @Test
  void absurdSizesAreRefusedBeforeMemoryIsTaken() throws IOException {
    byte[] bytes = Fixture.bytes("fixtures/formats/list_v2.params");
    byte[] manyArrays = bytes.clone();
    Arrays.fill(manyArrays, 16, 23, (byte) 0xff);
    Path file = file(manyArrays);
    var e = assertThrows(FileFormatException.class, () -> read(file));
    assertThat(e).hasMessageThat().contains("byte 16: expected the number of arrays, at most");
    byte[] hugeExtent = bytes.clone();
    Arrays.fill(hugeExtent, 36, 43, (byte) 0xff);
    Path other = file(hugeExtent);
    var f = assertThrows(FileFormatException.class, () -> read(other));
    assertThat(f).hasMessageThat().contains("elements, which the file can hold");
  }

  @Test
  void zipArchivesOfMxnet2AreNamed() throws IOException {
    byte[] zip = new byte[64];
    zip[0] = 0x50;
    zip[1] = 0x4b;
    zip[2] = 3;
    zip[3] = 4;
    Path file = file(zip);
    var e = assertThrows(FileFormatException.class, () -> read(file));
    assertThat(e).hasMessageThat().contains("npz");
  }
}
