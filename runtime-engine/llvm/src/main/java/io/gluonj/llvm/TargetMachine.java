package io.gluonj.llvm;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * An LLVM target machine: what machine code is made for. Not thread-safe, hence made for one
 * compilation.
 */
final class TargetMachine implements AutoCloseable {
  private static final int AGGRESSIVE = 3;
  private static final int RELOC_DEFAULT = 0;
  private static final int RELOC_PIC = 2;
  private static final int CODE_MODEL_DEFAULT = 0;
  private static final int CODE_MODEL_SMALL = 3;

  private final MemorySegment handle;
  private final String triple;
  private boolean open = true;

  private TargetMachine(MemorySegment handle, String triple) {
    this.handle = handle;
    this.triple = triple;
  }

  /** For code that runs in this process. */
  static TargetMachine host(HostTarget host) {
    return create(host.triple(), host.cpu(), host.features(), RELOC_PIC, CODE_MODEL_SMALL);
  }

  /** For a GPU. */
  static TargetMachine gpu(String triple, String cpu, String features) {
    return create(triple, cpu, features, RELOC_DEFAULT, CODE_MODEL_DEFAULT);
  }

  private static TargetMachine create(
      String triple, String cpu, String features, int relocation, int codeModel) {
    return Native.call(arena -> {
      MemorySegment tripleText = arena.allocateFrom(triple);
      MemorySegment target = arena.allocate(ValueLayout.ADDRESS);
      MemorySegment message = arena.allocate(ValueLayout.ADDRESS);
      if ((int) LlvmApi.GET_TARGET_FROM_TRIPLE.invokeExact(tripleText, target, message) != 0) {
        throw new LlvmException(
            "Target: LLVM has no code generator for '"
                + triple
                + "': "
                + Native.takeString(Native.pointer(message)));
      }
      MemorySegment machine =
          (MemorySegment)
              LlvmApi.CREATE_TARGET_MACHINE.invokeExact(
                  Native.pointer(target),
                  tripleText,
                  arena.allocateFrom(cpu),
                  arena.allocateFrom(features),
                  AGGRESSIVE,
                  relocation,
                  codeModel);
      if (machine.address() == 0) {
        throw new LlvmException("Target: LLVM makes no code for " + triple + " " + cpu);
      }
      return new TargetMachine(machine, triple);
    });
  }

  MemorySegment handle() {
    if (!open) {
      throw new IllegalStateException("the target machine has been closed");
    }
    return handle;
  }

  String triple() {
    return triple;
  }

  String dataLayout() {
    return Native.call(arena -> {
      MemorySegment layout =
          (MemorySegment) LlvmApi.CREATE_TARGET_DATA_LAYOUT.invokeExact(handle());
      String text =
          Native.takeString(
              (MemorySegment) LlvmApi.COPY_STRING_REP_OF_TARGET_DATA.invokeExact(layout));
      LlvmApi.dispose(LlvmApi.DISPOSE_TARGET_DATA, layout);
      return text;
    });
  }

  /** Gives the machine to a JIT builder, which then owns it. */
  MemorySegment release() {
    MemorySegment released = handle();
    open = false;
    return released;
  }

  @Override
  public void close() {
    if (open) {
      open = false;
      LlvmApi.dispose(LlvmApi.DISPOSE_TARGET_MACHINE, handle);
    }
  }
}
