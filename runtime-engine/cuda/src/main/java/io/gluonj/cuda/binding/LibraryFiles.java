package io.gluonj.cuda.binding;

import io.gluonj.natives.DynamicLinker;
import java.io.File;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Opens NVIDIA's libraries, wherever they lie, and leaves them open: a binding that is loaded
 * afterwards and needs a library of that name gets the one that is open already.
 *
 * <p>First the dynamic linker is asked ({@code LD_LIBRARY_PATH}, {@code ldconfig}), then the
 * folders of {@code -Dgluonj.cuda.path}, of {@code CUDA_HOME} and {@code CUDA_PATH}, and the usual
 * places.
 */
public final class LibraryFiles {
  /** System property with more folders to look into, separated as in a class path. */
  public static final String PATH = "gluonj.cuda.path";

  /** Opens one library. */
  interface Opener {
    /** The library's symbols, or nothing if it cannot be opened. */
    Optional<SymbolLookup> open(String nameOrPath);

    /** Why it could not be opened. */
    String reason(String nameOrPath);
  }

  private final Opener opener;
  private final List<Path> folders;

  LibraryFiles(Opener opener, List<Path> folders) {
    this.opener = opener;
    this.folders = List.copyOf(folders);
  }

  /** The libraries of this machine. */
  public static LibraryFiles ofMachine() {
    return new LibraryFiles(new SystemOpener(), folders());
  }

  private static List<Path> folders() {
    var folders = new ArrayList<Path>();
    String stated = System.getProperty(PATH, "");
    Stream.of(stated.split(File.pathSeparator))
        .filter(s -> !s.isBlank())
        .forEach(s -> folders.add(Path.of(s)));
    for (String variable : List.of("CUDA_HOME", "CUDA_PATH")) {
      String home = System.getenv(variable);
      if (home != null && !home.isBlank()) {
        folders.add(Path.of(home, "lib64"));
      }
    }
    folders.add(Path.of("/usr/local/cuda/lib64"));
    folders.add(Path.of("/usr/lib/x86_64-linux-gnu"));
    return folders;
  }

  /**
   * Opens a library that has to have these functions.
   *
   * @return how it was found: its name, or the path
   * @throws BindingException if it cannot be opened or lacks a function
   */
  public String open(String library, List<String> functions) throws BindingException {
    String found = library;
    Optional<SymbolLookup> symbols = opener.open(library);
    for (Path folder : folders) {
      Path file = folder.resolve(library);
      if (symbols.isEmpty() && Files.exists(file)) {
        found = file.toString();
        symbols = opener.open(found);
      }
    }
    if (symbols.isEmpty()) {
      throw new BindingException(opener.reason(found));
    }
    SymbolLookup present = symbols.get();
    List<String> missing = functions.stream().filter(f -> present.find(f).isEmpty()).toList();
    if (!missing.isEmpty()) {
      throw new BindingException(found + " has no function " + String.join(", ", missing));
    }
    return found;
  }

  /** {@code dlopen(3)}; an opened library stays open until the process ends. */
  private static final class SystemOpener implements Opener {
    @Override
    public Optional<SymbolLookup> open(String nameOrPath) {
      try {
        return Optional.of(SymbolLookup.libraryLookup(nameOrPath, Arena.global()));
      } catch (IllegalArgumentException e) {
        return Optional.empty(); // reason() says why
      }
    }

    @Override
    public String reason(String nameOrPath) {
      return DynamicLinker.reason(Path.of(nameOrPath));
    }
  }
}
