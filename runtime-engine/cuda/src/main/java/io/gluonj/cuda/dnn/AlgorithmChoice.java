package io.gluonj.cuda.dnn;

import io.gluonj.cuda.CudaException;
import io.gluonj.cuda.Gpu;
import io.gluonj.llvm.ObjectCache;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Chooses the algorithm of a convolution: the fastest of those that give equal bits each time and
 * keep within a bound of workspace. Each is measured once; the choice is kept on disk, so that
 * equal seeds give equal bits at every start. Callers hold the lock of the device.
 */
public final class AlgorithmChoice {
  /** System property: bytes of workspace that one convolution may use. */
  public static final String WORKSPACE = "gluonj.cuda.workspace";

  private static final System.Logger LOG = System.getLogger(AlgorithmChoice.class.getName());
  private static final long DEFAULT_WORKSPACE = 256L << 20;
  private static final int FMA_MATH = 3;
  private static final Pattern SEPARATOR = Pattern.compile(" ");

  /** Memory for measuring. */
  public interface Memory {
    /** The address, or 0 if there is none. */
    long allocate(long bytes);

    /** Gives it back. */
    void free(long address, long bytes);
  }

  private final Dnn dnn;
  private final Memory memory;
  private final ObjectCache cache;
  private final String device;
  private final long bound;

  /** Chooses for a device. */
  public AlgorithmChoice(Dnn dnn, Gpu gpu, ObjectCache cache) {
    this(
        dnn,
        new Memory() {
          @Override
          public long allocate(long bytes) {
            return gpu.allocate(bytes);
          }

          @Override
          public void free(long address, long bytes) {
            gpu.free(address, bytes);
          }
        },
        cache,
        gpu.properties().name(),
        statedWorkspace());
  }

  /**
   * Chooses.
   *
   * @param memory where operands and workspace for measuring come from
   * @param cache where choices are kept
   * @param device what the choices hold for
   * @param bound bytes of workspace that one convolution may use
   */
  public AlgorithmChoice(Dnn dnn, Memory memory, ObjectCache cache, String device, long bound) {
    this.dnn = dnn;
    this.memory = memory;
    this.cache = cache;
    this.device = device;
    this.bound = bound;
  }

  /** What {@value #WORKSPACE} says, else 256 MiB. */
  public static long statedWorkspace() {
    return Long.getLong(WORKSPACE, DEFAULT_WORKSPACE);
  }

  /** The algorithm for a pass, or nothing if the library has none that may be used. */
  public Optional<Algorithm> choose(Pass pass, Dnn.Convolution convolution) {
    List<Algorithm> expected = usable(dnn.expected(pass, convolution));
    if (expected.size() <= 1) {
      return expected.stream().findFirst().map(a -> exact(convolution, a));
    }
    String key = key(pass, convolution.shape());
    Optional<Algorithm> known = find(key, expected);
    if (known.isEmpty()) {
      known = measure(pass, convolution);
      known.ifPresent(
          a -> cache.store(key, (a.id() + " " + a.mathType()).getBytes(StandardCharsets.UTF_8)));
    }
    return Optional.of(exact(convolution, known.orElseGet(expected::getFirst)));
  }

  /** Those that work, in equal bits, within the bound. */
  private List<Algorithm> usable(List<Algorithm> all) {
    return all.stream()
        .filter(a -> a.status() == 0 && a.deterministic() && a.workspace() <= bound)
        .toList();
  }

  /** Float32 without rounding to TF32 stays so, whatever the library suggests. */
  private static Algorithm exact(Dnn.Convolution convolution, Algorithm a) {
    return convolution.shape().mathType() == FMA_MATH
        ? new Algorithm(
            a.id(), a.status(), a.milliseconds(), a.workspace(), a.deterministic(), FMA_MATH)
        : a;
  }

  /** What was chosen before; how much memory it needs is asked anew. */
  private Optional<Algorithm> find(String key, List<Algorithm> expected) {
    byte[] found = cache.find(key);
    if (found == null) {
      return Optional.empty();
    }
    String[] parts = SEPARATOR.split(new String(found, StandardCharsets.UTF_8), -1);
    return expected.stream()
        .filter(a -> parts.length == 2)
        .filter(a -> parts[0].equals(Integer.toString(a.id())))
        .filter(a -> parts[1].equals(Integer.toString(a.mathType())))
        .findFirst();
  }

  private record Block(long address, long bytes) {}

  private Optional<Algorithm> measure(Pass pass, Dnn.Convolution convolution) {
    ConvolutionShape s = convolution.shape();
    var blocks = new ArrayList<Block>();
    try {
      for (long bytes : List.of(s.bytes(s.x()), s.bytes(s.w()), s.bytes(s.y()), bound)) {
        long address = memory.allocate(Math.max(bytes, 256));
        if (address == 0) {
          LOG.log(
              System.Logger.Level.INFO,
              "no memory to measure {0} of {1}: the algorithm that cuDNN expects to be fast is"
                  + " used",
              pass,
              s);
          return Optional.empty();
        }
        blocks.add(new Block(address, Math.max(bytes, 256)));
      }
      List<Algorithm> measured =
          dnn.measured(
              pass,
              convolution,
              blocks.get(0).address(),
              blocks.get(1).address(),
              blocks.get(2).address(),
              blocks.get(3).address(),
              bound);
      return usable(measured).stream().findFirst();
    } catch (CudaException e) {
      LOG.log(
          System.Logger.Level.INFO,
          "cuDNN cannot measure {0} of {1}, the algorithm it expects to be fast is used: {2}",
          pass,
          s,
          e.getMessage());
      return Optional.empty();
    } finally {
      blocks.forEach(b -> memory.free(b.address(), b.bytes()));
    }
  }

  private String key(Pass pass, ConvolutionShape shape) {
    String text = String.join("\n", dnn.title(), device, pass.toString(), shape + " " + bound);
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
