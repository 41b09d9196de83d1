package io.gluonj.ptx;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A loaded module: its global variables have memory, its kernels are translated when they are first
 * asked for.
 */
public final class PtxModule implements DeviceMap {
  private final PtxText text;
  private final Map<String, Long> globals = new HashMap<>();
  private final Map<String, Kernel> kernels = new ConcurrentHashMap<>();
  private final Regions regions = new Regions();

  /**
   * Held because kernels know addresses only: an arena that the collector closes would take the
   * memory away from under them.
   */
  private final Map<Variable, MemorySegment> segments = new HashMap<>();

  /** Reads PTX; the memory of its variables lives as long as the arena and this module. */
  public PtxModule(String ptx, Arena arena) {
    text = PtxParser.parse(ptx);
    for (Variable variable : text.variables().values()) {
      if (variable.space() == Space.GLOBAL || variable.space() == Space.CONST) {
        long bytes = Math.max(variable.bytes(), 1);
        MemorySegment segment = arena.allocate(bytes, Math.max(variable.align(), 16));
        globals.put(variable.name(), segment.address());
        regions.add(segment.address(), bytes);
        segments.put(variable, segment);
      }
    }
    segments.forEach(this::initialise);
  }

  private void initialise(Variable variable, MemorySegment segment) {
    List<Operand> init = variable.init();
    if (init == null) {
      return;
    }
    long at = segment.address();
    for (Operand element : init) {
      long bits = value(element, variable);
      switch (variable.type().bytes()) {
        case 1 -> Raw.put8(at, (int) bits);
        case 2 -> Raw.put16(at, (int) bits);
        case 4 -> Raw.put32(at, (int) bits);
        default -> Raw.put64(at, bits);
      }
      at += variable.type().bytes();
    }
  }

  private long value(Operand element, Variable variable) {
    return switch (element) {
      case Operand.Immediate(long bits, int _) -> bits;
      case Operand.Symbol(String name) when globals.containsKey(name) -> globals.get(name);
      case Operand.Address(Operand base, long offset) -> value(base, variable) + offset;
      default ->
          throw new PtxException(
              "PTX variable '" + variable.name() + "' is initialised by " + element);
    };
  }

  /** Translates all kernels now, so that what is not known shows. */
  public void translate() {
    text.functions().values().stream()
        .filter(PtxFunction::kernel)
        .forEach(function -> kernel(function.name()));
  }

  /** Whether it has variables in global memory, which kernels may change. */
  public boolean hasVariables() {
    return !globals.isEmpty();
  }

  /** Whether it has a kernel of this name. */
  public boolean hasKernel(String name) {
    PtxFunction function = text.functions().get(name);
    return function != null && function.kernel();
  }

  /** The offsets and sizes of a kernel's parameters in what a launch passes. */
  public List<Parameter> parameters(String kernel) {
    var all = new java.util.ArrayList<Parameter>();
    long at = 0;
    for (Variable variable : text.function(kernel).parameters()) {
      at = variable.place(at);
      all.add(new Parameter(at, variable.bytes()));
      at += variable.bytes();
    }
    return all;
  }

  /** Where a parameter lies, in bytes. */
  public record Parameter(long offset, long bytes) {}

  Kernel kernel(String name) {
    return kernels.computeIfAbsent(
        name, _ -> KernelCompiler.compile(Flatten.kernel(text, name, globals)));
  }

  /** The address and size of a variable in global memory; null if there is none of this name. */
  public @Nullable Region variable(String name) {
    Long address = globals.get(name);
    return address == null ? null : regions.region(address);
  }

  /** Bytes of shared memory that each block of a kernel has by itself. */
  public long sharedBytes(String kernel) {
    return kernel(kernel).code().sharedBytes();
  }

  @Override
  public @Nullable Region region(long address) {
    return regions.region(address);
  }
}
