package io.gluonj.softgpu;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.jar.JarFile;
import java.util.stream.Collectors;

/**
 * Compiles the stubs by the system's C compiler.
 *
 * <p>Every function that the JNI half of JCuda asks for exists: those without a body here are made
 * from the half's own table of symbols, and return that they are not supported.
 */
final class StubCompiler {
  private static final String RESOURCES = "/softgpu/";

  private final Path folder;

  StubCompiler(Path folder) {
    this.folder = folder;
  }

  /** Why stubs cannot be made here; empty if they can. */
  static String missing() {
    for (String tool : List.of("cc", "nm")) {
      try {
        run(List.of(tool, "--version"));
      } catch (IOException e) {
        return "no software GPU: '" + tool + "' cannot be run (" + e.getMessage()
            + "); install a C compiler, for example the package gcc";
      }
    }
    return "";
  }

  /** Compiles one. */
  Path compile(StubLibrary library) throws IOException {
    Path target = folder.resolve(library.file());
    var command =
        new ArrayList<>(
            List.of(
                "cc", "-std=gnu11", "-O3", "-ffp-contract=off", "-Wall", "-Wextra", "-Werror",
                "-fPIC", "-shared", "-Wl,-soname," + library.file(), "-o", target.toString()));
    for (String header : List.of("softgpu.h", "numbers.h", "cudnn.h")) {
      copy(header);
    }
    for (String source : library.sources()) {
      command.add(copy(source).toString());
    }
    command.add(unsupported(library).toString());
    if (library != StubLibrary.CUDA) {
      command.add(folder.resolve(StubLibrary.CUDA.file()).toString());
      command.add("-Wl,--version-script=" + versions(library));
    }
    command.addAll(List.of("-lpthread", "-lm"));
    run(command);
    return target;
  }

  private Path copy(String source) throws IOException {
    Path file = folder.resolve(source);
    try (InputStream in = StubCompiler.class.getResourceAsStream(RESOURCES + source)) {
      if (in == null) {
        throw new IOException("the resource " + RESOURCES + source + " is missing");
      }
      Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
    }
    return file;
  }

  /** Weak functions for all that the clients import; the sources override those they have. */
  private Path unsupported(StubLibrary library) throws IOException {
    String functions =
        imported(library).stream()
            .map(
                name ->
                    "__attribute__((weak)) int %s(void) { return %d; }\n"
                        .formatted(name, library.unsupported()))
            .collect(Collectors.joining());
    return Files.writeString(folder.resolve(library.name() + "_unsupported.c"), functions);
  }

  /** The real ones mark their symbols with the library's name. */
  private Path versions(StubLibrary library) throws IOException {
    return Files.writeString(
        folder.resolve(library.name() + ".map"), library.file() + " { global: *; };\n");
  }

  private List<String> imported(StubLibrary library) throws IOException {
    String prefix = library == StubLibrary.CUDA ? "cu" : library.name().toLowerCase(Locale.ROOT);
    var names = new ArrayList<String>();
    for (Path client : clients(library)) {
      run(List.of("nm", "-D", "--undefined-only", client.toString()))
          .lines()
          .map(line -> line.strip().split("\\s+", -1))
          .map(words -> words[words.length - 1].split("@", -1)[0])
          .filter(name -> name.startsWith(prefix))
          .forEach(names::add);
    }
    return names.stream().distinct().sorted().toList();
  }

  /** Takes the JNI halves out of the jar on the class path. */
  private List<Path> clients(StubLibrary library) throws IOException {
    var found = new ArrayList<Path>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (!entry.contains(library.carrier()) || !entry.endsWith(".jar")) {
        continue;
      }
      URL url = URI.create("jar:" + Path.of(entry).toUri() + "!/").toURL();
      try (JarFile jar = ((JarURLConnection) url.openConnection()).getJarFile()) {
        for (var file : jar.stream().filter(f -> client(library, f.getName())).toList()) {
          Path target = folder.resolve(Path.of(file.getName()).getFileName());
          try (InputStream in = jar.getInputStream(file)) {
            Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
          }
          found.add(target);
        }
      }
    }
    return found;
  }

  private static boolean client(StubLibrary library, String name) {
    String file = name.substring(name.lastIndexOf('/') + 1);
    return file.endsWith(".so") && file.startsWith(library.client());
  }

  private static String run(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException(String.join(" ", command) + " failed:\n" + output);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(String.join(" ", command) + " was interrupted", e);
    }
    return output;
  }
}
