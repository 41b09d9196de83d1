package io.gluonj.cuda.binding;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where libraries are looked for, and what is said when they are not there or lack functions. */
final class LibraryFilesTest {
  private record Opener(Map<String, Set<String>> libraries) implements LibraryFiles.Opener {
    @Override
    public Optional<SymbolLookup> open(String nameOrPath) {
      return Optional.ofNullable(libraries.get(nameOrPath))
          .map(names ->
              name ->
                  names.contains(name)
                      ? Optional.of(MemorySegment.ofAddress(1))
                      : Optional.empty());
    }

    @Override
    public String reason(String nameOrPath) {
      return nameOrPath + ": cannot open shared object file";
    }
  }

  @Test
  void linkerComesFirst(@TempDir Path folder) throws BindingException, IOException {
    Path file = Files.createFile(folder.resolve("liba.so.1"));
    var files =
        new LibraryFiles(
            new Opener(Map.of("liba.so.1", Set.of("f"), file.toString(), Set.of())),
            List.of(folder));
    assertThat(files.open("liba.so.1", List.of("f"))).isEqualTo("liba.so.1");
  }

  @Test
  void foldersAreSearchedNext(@TempDir Path folder) throws BindingException, IOException {
    Path file = Files.createFile(folder.resolve("liba.so.1"));
    var files =
        new LibraryFiles(
            new Opener(Map.of(file.toString(), Set.of("f"))),
            List.of(folder.resolve("missing"), folder));
    assertThat(files.open("liba.so.1", List.of("f"))).isEqualTo(file.toString());
  }

  @Test
  void reasonIsThatOfTheFileThatWasFound(@TempDir Path folder) throws IOException {
    Path file = Files.createFile(folder.resolve("liba.so.1"));
    var files = new LibraryFiles(new Opener(Map.of()), List.of(folder));
    var e = assertThrows(BindingException.class, () -> files.open("liba.so.1", List.of()));
    assertThat(e).hasMessageThat().isEqualTo(file + ": cannot open shared object file");
  }

  @Test
  void missingFunctionsAreNamed() {
    var files = new LibraryFiles(new Opener(Map.of("liba.so.1", Set.of("g"))), List.of());
    var e =
        assertThrows(BindingException.class, () -> files.open("liba.so.1", List.of("f", "g", "h")));
    assertThat(e).hasMessageThat().isEqualTo("liba.so.1 has no function f, h");
  }

  @Test
  void libraryThatIsNowhereHasTheLinkersReason() {
    var e =
        assertThrows(
            BindingException.class,
            () -> LibraryFiles.ofMachine().open("libgluonj-is-not-here.so.7", List.of()));
    assertThat(e)
        .hasMessageThat()
        .isEqualTo(
            "libgluonj-is-not-here.so.7: cannot open shared object file: No such file or directory");
  }
}
