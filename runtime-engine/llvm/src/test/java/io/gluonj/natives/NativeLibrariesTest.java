package io.gluonj.natives;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NativeLibrariesTest {
  private static final Platform LINUX = new Platform("linux", "x86_64");
  private static final NativeArtifact ARTIFACT =
      new NativeArtifact(
          "some.group",
          "some",
          "1.0",
          "x/some/%s",
          List.of("needed.so", "some.so"),
          Set.of("linux-x86_64"));

  @TempDir Path temp;
  private Path jar;
  private Path cache;

  @BeforeEach
  void writeJar() throws IOException {
    jar = temp.resolve("some.jar");
    cache = temp.resolve("cache");
    try (OutputStream file = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(file)) {
      put(zip, "x/some/linux-x86_64/needed.so", "the needed one");
      put(zip, "x/some/linux-x86_64/some.so", "the library");
    }
  }

  private static void put(ZipOutputStream zip, String name, String text) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(text.getBytes(StandardCharsets.UTF_8));
    zip.closeEntry();
  }

  private NativeLibraries libraries(Path cacheFolder) throws IOException {
    ClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null);
    return new NativeLibraries(loader, cacheFolder, LINUX);
  }

  @Test
  void filesAreExtractedBesideEachOther() throws IOException {
    Path folder = libraries(cache).extract(ARTIFACT);

    assertThat(Files.readString(folder.resolve("needed.so"))).isEqualTo("the needed one");
    assertThat(Files.readString(folder.resolve("some.so"))).isEqualTo("the library");
    assertThat(folder.getFileName().toString()).startsWith("some-1.0-");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.filter(f -> f.toString().endsWith(".part")).toList()).isEmpty();
    }
  }

  @Test
  void secondStartKeepsTheExtractedFile() throws IOException {
    Path file = libraries(cache).extract(ARTIFACT).resolve("some.so");
    Object before = Files.getAttribute(file, "unix:ino");

    libraries(cache).extract(ARTIFACT);

    assertThat(Files.getAttribute(file, "unix:ino")).isEqualTo(before);
  }

  @Test
  void changedTimeAloneDoesNotReplaceTheFile() throws IOException {
    Path file = libraries(cache).extract(ARTIFACT).resolve("some.so");
    Object before = Files.getAttribute(file, "unix:ino");
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));

    libraries(cache).extract(ARTIFACT);

    assertThat(Files.getAttribute(file, "unix:ino")).isEqualTo(before);
  }

  @Test
  void corruptFileOfTheSameSizeIsRepaired() throws IOException {
    Path file = libraries(cache).extract(ARTIFACT).resolve("some.so");
    Files.writeString(file, "THE LIBRARY");
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));

    libraries(cache).extract(ARTIFACT);

    assertThat(Files.readString(file)).isEqualTo("the library");
  }

  @Test
  void truncatedAndMissingFilesAreRepaired() throws IOException {
    Path folder = libraries(cache).extract(ARTIFACT);
    Files.writeString(folder.resolve("some.so"), "the");
    Files.delete(folder.resolve("needed.so"));

    libraries(cache).extract(ARTIFACT);

    assertThat(Files.readString(folder.resolve("some.so"))).isEqualTo("the library");
    assertThat(Files.readString(folder.resolve("needed.so"))).isEqualTo("the needed one");
  }

  @Test
  void symbolicLinkInTheCacheIsReplacedNotFollowed() throws IOException {
    Path file = libraries(cache).extract(ARTIFACT).resolve("some.so");
    Path foreign = Files.writeString(temp.resolve("foreign"), "the library");
    Files.delete(file);
    Files.createSymbolicLink(file, foreign);

    libraries(cache).extract(ARTIFACT);

    assertThat(Files.isSymbolicLink(file)).isFalse();
  }

  @Test
  void folderThatCannotBeCreatedIsNamedWithTheProperty() throws IOException {
    Path file = Files.writeString(temp.resolve("file"), "not a folder");

    NativeLibraryException e =
        assertThrows(
            NativeLibraryException.class, () -> libraries(file.resolve("cache")).extract(ARTIFACT));

    assertThat(e).hasMessageThat().contains(file.toString());
    assertThat(e).hasMessageThat().contains("-Dgluonj.native.cache=DIR");
    assertThat(e.library()).isEqualTo("some.so");
  }

  @Test
  void folderThatOthersMayWriteIsRefused() throws IOException {
    Path folder = libraries(cache).extract(ARTIFACT);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));

    NativeLibraryException e =
        assertThrows(NativeLibraryException.class, () -> libraries(cache).extract(ARTIFACT));

    assertThat(e).hasMessageThat().contains("others could put code there");
  }

  @Test
  void missingJarIsReportedWithTheDependencyToAdd() {
    NativeArtifact absent =
        new NativeArtifact(
            "g", "absent", "2.5", "x/absent/%s", List.of("a.so"), Set.of("linux-x86_64"));

    NativeLibraryException e =
        assertThrows(NativeLibraryException.class, () -> libraries(cache).extract(absent));

    assertThat(e).hasMessageThat().contains("x/absent/linux-x86_64/a.so");
    assertThat(e.fix()).contains("g:absent:2.5:linux-x86_64");
  }

  @Test
  void unsupportedPlatformIsNamed() {
    NativeLibraries onMac =
        new NativeLibraries(
            ClassLoader.getPlatformClassLoader(), cache, Platform.of("Mac OS X", "aarch64"));

    NativeLibraryException e =
        assertThrows(NativeLibraryException.class, () -> onMac.extract(ARTIFACT));

    assertThat(e).hasMessageThat().contains("macosx-arm64 is not supported");
  }

  @Test
  void libraryTheLinkerRefusesIsReportedWithTheLinkersReason() throws IOException {
    NativeLibraries libraries = libraries(cache);

    NativeLibraryException e =
        assertThrows(NativeLibraryException.class, () -> libraries.open(ARTIFACT, "some.so"));

    assertThat(e).hasMessageThat().contains("file too short");
  }

  @Test
  void versionsOfTheArtifactsAreThoseOfTheJars() throws IOException {
    NativeArtifact artifact = NativeArtifact.LLVM;
    String name =
        "META-INF/maven/" + artifact.group() + "/" + artifact.artifact() + "/pom.properties";
    URL url = NativeLibraries.class.getClassLoader().getResource(name);

    assertThat(url).isNotNull();
    try (var in = url.openStream()) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
          .contains("version=" + artifact.version());
    }
  }
}
