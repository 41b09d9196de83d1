package io.gluonj.llvm;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** LLVM's in-process linker (ORC LLJIT): object code in, addresses out. */
final class Linked implements AutoCloseable {
  /** {@code LLVMOrcCSymbolMapPair}: name, address, flags. */
  private static final StructLayout SYMBOL =
      MemoryLayout.structLayout(
          ValueLayout.ADDRESS,
          ValueLayout.JAVA_LONG,
          ValueLayout.JAVA_BYTE,
          ValueLayout.JAVA_BYTE,
          MemoryLayout.paddingLayout(6));

  private static final byte EXPORTED_CALLABLE = 1 | 4;

  private final MemorySegment jit;
  private final MemorySegment library;
  private final Map<String, Long> defined = new ConcurrentHashMap<>();
  private boolean closed;

  Linked(HostTarget target) {
    LlvmLibrary.require();
    jit =
        Native.call(arena -> {
          try (TargetMachine machine = TargetMachine.host(target)) {
            MemorySegment builder = (MemorySegment) LlvmApi.ORC_CREATE_BUILDER.invokeExact();
            MemorySegment machineBuilder =
                (MemorySegment) LlvmApi.ORC_TARGET_MACHINE_BUILDER.invokeExact(machine.release());
            LlvmApi.ORC_BUILDER_SET_TARGET_MACHINE.invokeExact(builder, machineBuilder);
            MemorySegment slot = arena.allocate(ValueLayout.ADDRESS);
            Native.check(
                (MemorySegment) LlvmApi.ORC_CREATE.invokeExact(slot, builder), "Create JIT");
            return Native.pointer(slot);
          }
        });
    library =
        Native.call(arena -> {
          MemorySegment session = (MemorySegment) LlvmApi.ORC_EXECUTION_SESSION.invokeExact(jit);
          LlvmApi.ORC_SET_ERROR_REPORTER.invokeExact(
              session, Diagnostics.SESSION_HANDLER, MemorySegment.NULL);
          return (MemorySegment) LlvmApi.ORC_MAIN_LIBRARY.invokeExact(jit);
        });
  }

  /** LLVM's version, for example {@code 20.1.7}. */
  static String version() {
    LlvmLibrary.require();
    return Native.call(arena -> {
      MemorySegment numbers = arena.allocate(ValueLayout.JAVA_INT, 3);
      LlvmApi.GET_VERSION.invokeExact(numbers.asSlice(0), numbers.asSlice(4), numbers.asSlice(8));
      return numbers.getAtIndex(ValueLayout.JAVA_INT, 0)
          + "."
          + numbers.getAtIndex(ValueLayout.JAVA_INT, 1)
          + "."
          + numbers.getAtIndex(ValueLayout.JAVA_INT, 2);
    });
  }

  /** Adds object code; it is linked when a function of it is first looked up. */
  MemorySegment add(byte[] object) {
    return Native.call(arena -> {
      MemorySegment bytes = arena.allocateFrom(ValueLayout.JAVA_BYTE, object);
      MemorySegment buffer =
          (MemorySegment)
              LlvmApi.CREATE_MEMORY_BUFFER.invokeExact(
                  bytes, bytes.byteSize(), arena.allocateFrom("kernel"));
      MemorySegment tracker = (MemorySegment) LlvmApi.ORC_CREATE_TRACKER.invokeExact(library);
      Native.check(
          (MemorySegment) LlvmApi.ORC_ADD_OBJECT.invokeExact(jit, tracker, buffer),
          "Add object code");
      return tracker;
    });
  }

  /** Frees what {@link #add} has added. */
  synchronized void remove(MemorySegment tracker) {
    if (closed) {
      return; // freed with everything else
    }
    Native.run(arena -> {
      Native.check(
          (MemorySegment) LlvmApi.ORC_REMOVE_TRACKER.invokeExact(tracker), "Remove object code");
      LlvmApi.ORC_RELEASE_TRACKER.invokeExact(tracker);
    });
  }

  /** Address of a symbol; {@code asked} is the name that messages use. */
  long find(String symbol, String asked) {
    Diagnostics.take();
    return Native.call(arena -> {
      MemorySegment address = arena.allocate(ValueLayout.JAVA_LONG);
      MemorySegment error =
          (MemorySegment) LlvmApi.ORC_LOOKUP.invokeExact(jit, address, arena.allocateFrom(symbol));
      String reported = String.join("; ", Diagnostics.take());
      try {
        Native.check(error, "Link");
      } catch (LlvmException e) {
        throw new LlvmException(
            "Link: function '"
                + asked
                + "' cannot be used\n  because  "
                + (reported.isEmpty() ? Objects.toString(e.getMessage()) : reported)
                + "\n  fix      define it in the IR, or make the symbol known with Jit.define");
      }
      return address.get(ValueLayout.JAVA_LONG, 0);
    });
  }

  void define(String symbol, long address) {
    Long before = defined.putIfAbsent(symbol, address);
    if (before != null) {
      if (before != address) {
        throw new LlvmException(
            "Link: symbol '" + symbol + "' is defined already, with another address");
      }
      return;
    }
    Native.run(arena -> {
      MemorySegment pair = arena.allocate(SYMBOL);
      pair.set(
          ValueLayout.ADDRESS,
          0,
          (MemorySegment) LlvmApi.ORC_INTERN.invokeExact(jit, arena.allocateFrom(symbol)));
      pair.set(ValueLayout.JAVA_LONG, 8, address);
      pair.set(ValueLayout.JAVA_BYTE, 16, EXPORTED_CALLABLE);
      MemorySegment unit = (MemorySegment) LlvmApi.ORC_ABSOLUTE_SYMBOLS.invokeExact(pair, 1L);
      MemorySegment error = (MemorySegment) LlvmApi.ORC_DEFINE.invokeExact(library, unit);
      if (error.address() != 0) {
        LlvmApi.dispose(LlvmApi.ORC_DISPOSE_MATERIALIZATION_UNIT, unit);
      }
      Native.check(error, "Define symbol '" + symbol + "'");
    });
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      Native.run(arena -> {
        Native.check((MemorySegment) LlvmApi.ORC_DISPOSE.invokeExact(jit), "Dispose JIT");
      });
    }
  }
}
