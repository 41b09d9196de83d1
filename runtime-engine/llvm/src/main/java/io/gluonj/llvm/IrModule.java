package io.gluonj.llvm;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A parsed module on its way from IR text to code, with the LLVM context it lives in. Used by one
 * thread.
 */
final class IrModule implements AutoCloseable {
  /** What {@link #emit} writes. */
  enum Output {
    ASSEMBLY(0),
    OBJECT(1);

    /** {@code LLVMCodeGenFileType}. */
    private final int code;

    Output(int code) {
      this.code = code;
    }
  }

  private static final int RETURN_STATUS = 2;
  private static final int FUNCTION_INDEX = -1;
  private static final int EXTERNAL_LINKAGE = 0;

  private final MemorySegment context;
  private final MemorySegment module;

  private IrModule(MemorySegment context, MemorySegment module) {
    this.context = context;
    this.module = module;
  }

  /**
   * Parses and verifies IR text.
   *
   * @throws IrException if LLVM does not accept it
   */
  static IrModule parse(String ir) {
    return Native.call(arena -> {
      MemorySegment context = (MemorySegment) LlvmApi.CONTEXT_CREATE.invokeExact();
      boolean done = false;
      try {
        LlvmApi.CONTEXT_SET_DIAGNOSTIC_HANDLER.invokeExact(
            context, Diagnostics.CONTEXT_HANDLER, MemorySegment.NULL);
        IrModule parsed = new IrModule(context, parse(arena, context, ir));
        done = parsed.verify(arena, ir);
        return parsed;
      } finally {
        if (!done) {
          LlvmApi.dispose(LlvmApi.CONTEXT_DISPOSE, context); // takes its modules along
        }
      }
    });
  }

  private static MemorySegment parse(Arena arena, MemorySegment context, String ir)
      throws Throwable {
    MemorySegment text = arena.allocateFrom(ir);
    MemorySegment buffer =
        (MemorySegment)
            LlvmApi.CREATE_MEMORY_BUFFER.invokeExact(
                text, text.byteSize() - 1, arena.allocateFrom("ir"));
    MemorySegment module = arena.allocate(ValueLayout.ADDRESS);
    MemorySegment message = arena.allocate(ValueLayout.ADDRESS);
    if ((int) LlvmApi.PARSE_IR_IN_CONTEXT.invokeExact(context, buffer, module, message) != 0) {
      throw IrException.parse(ir, Native.takeString(Native.pointer(message)));
    }
    return Native.pointer(module);
  }

  private boolean verify(Arena arena, String ir) throws Throwable {
    MemorySegment message = arena.allocate(ValueLayout.ADDRESS);
    int broken = (int) LlvmApi.VERIFY_MODULE.invokeExact(module, RETURN_STATUS, message);
    String said = Native.takeString(Native.pointer(message));
    if (broken != 0) {
      throw IrException.verify(ir, said);
    }
    return true;
  }

  /** Sets triple and data layout. */
  void target(TargetMachine machine) {
    Native.run(arena -> {
      LlvmApi.SET_TARGET.invokeExact(module, arena.allocateFrom(machine.triple()));
      LlvmApi.SET_DATA_LAYOUT.invokeExact(module, arena.allocateFrom(machine.dataLayout()));
    });
  }

  /** Gives every function defined here a string attribute, unless the IR text has given it one. */
  void attribute(String kind, String value) {
    Native.run(arena -> {
      MemorySegment kindText = arena.allocateFrom(kind);
      int kindLength = (int) kindText.byteSize() - 1;
      MemorySegment valueText = arena.allocateFrom(value);
      MemorySegment attribute =
          (MemorySegment)
              LlvmApi.CREATE_STRING_ATTRIBUTE.invokeExact(
                  context, kindText, kindLength, valueText, (int) valueText.byteSize() - 1);
      for (MemorySegment function : definitions()) {
        MemorySegment own =
            (MemorySegment)
                LlvmApi.GET_STRING_ATTRIBUTE_AT_INDEX.invokeExact(
                    function, FUNCTION_INDEX, kindText, kindLength);
        if (own.address() == 0) {
          LlvmApi.ADD_ATTRIBUTE_AT_INDEX.invokeExact(function, FUNCTION_INDEX, attribute);
        }
      }
    });
  }

  /** Appends {@code suffix} to the name of every function that can be seen from outside. */
  void suffixExports(String suffix) {
    Native.run(arena -> {
      MemorySegment length = arena.allocate(ValueLayout.JAVA_LONG);
      for (MemorySegment function : definitions()) {
        if ((int) LlvmApi.GET_LINKAGE.invokeExact(function) == EXTERNAL_LINKAGE) {
          MemorySegment old = (MemorySegment) LlvmApi.GET_VALUE_NAME.invokeExact(function, length);
          MemorySegment name = arena.allocateFrom(Native.string(old) + suffix);
          LlvmApi.SET_VALUE_NAME.invokeExact(function, name, name.byteSize() - 1);
        }
      }
    });
  }

  private List<MemorySegment> definitions() throws Throwable {
    List<MemorySegment> found = new ArrayList<>();
    MemorySegment function = (MemorySegment) LlvmApi.GET_FIRST_FUNCTION.invokeExact(module);
    while (function.address() != 0) {
      if ((int) LlvmApi.IS_DECLARATION.invokeExact(function) == 0) {
        found.add(function);
      }
      function = (MemorySegment) LlvmApi.GET_NEXT_FUNCTION.invokeExact(function);
    }
    return found;
  }

  /** Runs a pass pipeline, for example {@code default<O3>}. */
  void optimize(TargetMachine machine, String passes) {
    Native.run(arena -> {
      MemorySegment options = (MemorySegment) LlvmApi.CREATE_PASS_BUILDER_OPTIONS.invokeExact();
      try {
        LlvmApi.SET_LOOP_VECTORIZATION.invokeExact(options, 1);
        LlvmApi.SET_SLP_VECTORIZATION.invokeExact(options, 1);
        LlvmApi.SET_LOOP_UNROLLING.invokeExact(options, 1);
        LlvmApi.SET_LOOP_INTERLEAVING.invokeExact(options, 1);
        MemorySegment error =
            (MemorySegment)
                LlvmApi.RUN_PASSES.invokeExact(
                    module, arena.allocateFrom(passes), machine.handle(), options);
        Native.check(error, "Optimize with '" + passes + "'");
      } finally {
        LlvmApi.dispose(LlvmApi.DISPOSE_PASS_BUILDER_OPTIONS, options);
      }
    });
    Diagnostics.check("Optimize with '" + passes + "'");
  }

  /** Machine code as object file or assembler text. */
  byte[] emit(TargetMachine machine, Output output) {
    byte[] bytes =
        Native.call(arena -> {
          MemorySegment message = arena.allocate(ValueLayout.ADDRESS);
          MemorySegment slot = arena.allocate(ValueLayout.ADDRESS);
          int failed =
              (int)
                  LlvmApi.EMIT_TO_MEMORY_BUFFER.invokeExact(
                      machine.handle(), module, output.code, message, slot);
          if (failed != 0) {
            throw new LlvmException("Generate code: " + Native.takeString(Native.pointer(message)));
          }
          MemorySegment buffer = Native.pointer(slot);
          MemorySegment start = (MemorySegment) LlvmApi.GET_BUFFER_START.invokeExact(buffer);
          long size = (long) LlvmApi.GET_BUFFER_SIZE.invokeExact(buffer);
          byte[] copy = start.reinterpret(size).toArray(ValueLayout.JAVA_BYTE);
          LlvmApi.dispose(LlvmApi.DISPOSE_MEMORY_BUFFER, buffer);
          return copy;
        });
    Diagnostics.check("Generate code");
    return bytes;
  }

  /** Machine code as text. */
  String assembly(TargetMachine machine) {
    return new String(emit(machine, Output.ASSEMBLY), StandardCharsets.UTF_8);
  }

  /** The module as IR text. */
  String print() {
    return Native.call(arena ->
        Native.takeString((MemorySegment) LlvmApi.PRINT_MODULE_TO_STRING.invokeExact(module)));
  }

  @Override
  public void close() {
    LlvmApi.dispose(LlvmApi.DISPOSE_MODULE, module);
    LlvmApi.dispose(LlvmApi.CONTEXT_DISPOSE, context);
  }
}
