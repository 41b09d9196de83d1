package io.gluonj.softgpu;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.gluonj.ptx.DeviceMap;
import io.gluonj.ptx.Dim;
import io.gluonj.ptx.PtxException;
import io.gluonj.ptx.PtxMachine;
import io.gluonj.ptx.PtxModule;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What the stub of the driver asks Java to do: {@code struct machine} in {@code module.c}. */
final class Machine {
  private static final int SUCCESS = 0;
  private static final int INVALID_PTX = 218;
  private static final int NOT_FOUND = 500;
  private static final int MAX_PARAMETERS = 256;
  private static final int MAX_NAME = 512;

  private record Loaded(PtxModule module, int device) {}

  private final MethodHandle region;
  private final PtxMachine machine = new PtxMachine();
  private final Map<Long, Loaded> modules = new ConcurrentHashMap<>();
  private final Map<String, PtxModule> translated = new ConcurrentHashMap<>();
  private final AtomicLong ids = new AtomicLong();
  private final AtomicLong launches = new AtomicLong();
  private volatile String lastFault = "";

  Machine(MethodHandle region) {
    this.region = region;
  }

  String lastFault() {
    return lastFault;
  }

  void forget() {
    lastFault = "";
  }

  long executed() {
    return machine.executed();
  }

  long launches() {
    return launches.get();
  }

  /** The structure of function pointers. */
  MemorySegment callbacks(Arena arena) {
    MemorySegment table = arena.allocate(ADDRESS, 5);
    List<MemorySegment> functions =
        List.of(
            upcall("load", arena, JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_INT),
            upcall("unload", arena, JAVA_LONG),
            upcall("find", arena, JAVA_LONG, ADDRESS, ADDRESS, ADDRESS),
            upcall("launch", arena, JAVA_INT, JAVA_LONG, ADDRESS, ADDRESS, ADDRESS),
            upcall("variable", arena, JAVA_LONG, ADDRESS, ADDRESS));
    for (int i = 0; i < functions.size(); i++) {
      table.setAtIndex(ADDRESS, i, functions.get(i));
    }
    return table;
  }

  private MemorySegment upcall(String name, Arena arena, ValueLayout... arguments) {
    try {
      MethodType type =
          MethodType.methodType(
              int.class, List.of(arguments).stream().map(ValueLayout::carrier).toList());
      MethodHandle method = MethodHandles.lookup().bind(this, name, type);
      return Linker.nativeLinker()
          .upcallStub(method, FunctionDescriptor.of(JAVA_INT, arguments), arena);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("no method " + name, e);
    }
  }

  private static String text(MemorySegment address, long most) {
    return address.reinterpret(most).getString(0);
  }

  @SuppressWarnings("unused") // called from C
  private int load(int device, MemorySegment ptx, MemorySegment id, MemorySegment log, int bytes) {
    try {
      String text = text(ptx, Integer.MAX_VALUE);
      PtxModule module = translated.get(text);
      if (module == null) {
        module = new PtxModule(text, Arena.ofAuto());
        module.translate();
        if (!module.hasVariables()) {
          translated.put(text, module);
        }
      }
      long key = ids.incrementAndGet();
      modules.put(key, new Loaded(module, device));
      id.reinterpret(8).set(JAVA_LONG, 0, key);
      return SUCCESS;
    } catch (RuntimeException | LinkageError e) {
      note(e);
      byte[] said = String.valueOf(e.getMessage()).getBytes(StandardCharsets.UTF_8);
      if (bytes > 0) {
        int length = Math.min(said.length, bytes - 1);
        MemorySegment to = log.reinterpret(bytes);
        MemorySegment.copy(said, 0, to, ValueLayout.JAVA_BYTE, 0, length);
        to.set(ValueLayout.JAVA_BYTE, length, (byte) 0);
      }
      return INVALID_PTX;
    }
  }

  @SuppressWarnings("unused") // called from C
  private int unload(long id) {
    modules.remove(id);
    return SUCCESS;
  }

  private PtxModule module(long id) {
    return Objects.requireNonNull(modules.get(id), "the module is loaded").module();
  }

  @SuppressWarnings("unused") // called from C
  private int find(long id, MemorySegment name, MemorySegment layout, MemorySegment shared) {
    String kernel = text(name, MAX_NAME);
    PtxModule module = module(id);
    if (!module.hasKernel(kernel)) {
      return NOT_FOUND;
    }
    List<PtxModule.Parameter> parameters = module.parameters(kernel);
    MemorySegment to = layout.reinterpret((1 + 2L * MAX_PARAMETERS) * Integer.BYTES);
    to.setAtIndex(JAVA_INT, 0, parameters.size());
    for (int i = 0; i < parameters.size(); i++) {
      to.setAtIndex(JAVA_INT, 1 + 2L * i, (int) parameters.get(i).offset());
      to.setAtIndex(JAVA_INT, 2 + 2L * i, (int) parameters.get(i).bytes());
    }
    shared.reinterpret(4).set(JAVA_INT, 0, (int) module.sharedBytes(kernel));
    return SUCCESS;
  }

  @SuppressWarnings("unused") // called from C
  private int launch(
      int device, long id, MemorySegment name, MemorySegment extents, MemorySegment parameters) {
    launches.incrementAndGet();
    try {
      MemorySegment e = extents.reinterpret(7 * Integer.BYTES);
      var grid = new Dim(at(e, 0), at(e, 1), at(e, 2));
      var block = new Dim(at(e, 3), at(e, 4), at(e, 5));
      machine.launch(
          module(id), text(name, MAX_NAME), grid, block, at(e, 6), parameters, map(device));
      return SUCCESS;
    } catch (PtxException e) {
      note(e);
      return e.fault().code();
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      note(e);
      return PtxException.Fault.LAUNCH_FAILED.code();
    }
  }

  private static int at(MemorySegment values, int index) {
    return values.getAtIndex(JAVA_INT, index);
  }

  private void note(Throwable fault) {
    lastFault = String.valueOf(fault.getMessage());
    System.err.println("Software GPU: " + fault);
  }

  private DeviceMap map(int device) {
    return address -> regionOf(device, address);
  }

  private DeviceMap.@Nullable Region regionOf(int device, long address) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment bounds = arena.allocate(JAVA_LONG, 2);
      int found = (int) region.invokeExact(device, address, bounds);
      return found == 0
          ? null
          : new DeviceMap.Region(bounds.getAtIndex(JAVA_LONG, 0), bounds.getAtIndex(JAVA_LONG, 1));
    } catch (Throwable t) {
      throw new IllegalStateException("the stub throws nothing", t);
    }
  }

  @SuppressWarnings("unused") // called from C
  private int variable(long id, MemorySegment name, MemorySegment bounds) {
    DeviceMap.Region found = module(id).variable(text(name, MAX_NAME));
    if (found == null) {
      return NOT_FOUND;
    }
    MemorySegment to = bounds.reinterpret(16);
    to.setAtIndex(JAVA_LONG, 0, found.start());
    to.setAtIndex(JAVA_LONG, 1, found.end());
    return SUCCESS;
  }
}
