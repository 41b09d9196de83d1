package io.gluonj.cli.train;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gluonj.cli.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFolderTest {
  @TempDir Path folder;

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void filesAppearWholeAndReplaceOlderOnes() throws IOException {
    Files.writeString(folder.resolve("a"), "old");
    List<Path> placed =
        OutputFolder.prepare(folder)
            .place(staging -> {
              Files.writeString(staging.resolve("b"), "new b");
              Files.writeString(staging.resolve("a"), "new a");
              assertThat(Files.readString(folder.resolve("a"))).isEqualTo("old");
            });
    assertThat(placed).containsExactly(folder.resolve("a"), folder.resolve("b")).inOrder();
    assertThat(Files.readString(folder.resolve("a"))).isEqualTo("new a");
    assertThat(names()).containsExactly("a", "b");
  }

  @Test
  void aWriterThatFailsLeavesEverythingAsItWas() throws IOException {
    Files.writeString(folder.resolve("a"), "old");
    OutputFolder out = OutputFolder.prepare(folder);
    assertThrows(
        IOException.class,
        () ->
            out.place(staging -> {
              Files.writeString(staging.resolve("a"), "half of the n");
              throw new IOException("no space left");
            }));
    assertThat(Files.readString(folder.resolve("a"))).isEqualTo("old");
    assertThat(names()).containsExactly("a");
  }

  @Test
  void aFileInTheWayIsRefusedBeforeAnythingIsDone() throws IOException {
    Path file = Files.writeString(folder.resolve("a"), "");
    var refused = assertThrows(UsageException.class, () -> OutputFolder.prepare(file));
    assertThat(refused).hasMessageThat().contains("is not a folder");
  }
}
