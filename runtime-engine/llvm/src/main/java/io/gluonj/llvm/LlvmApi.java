package io.gluonj.llvm;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.AddressLayout;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/**
 * The functions of the LLVM 20 C API that the engine calls, one handle each, named as in {@code
 * llvm-c/*.h} without the prefix {@code LLVM}. Call {@link LlvmLibrary#require} first.
 *
 * <p>Ownership, as far as the headers leave it open: {@code ParseIRInContext} and {@code
 * OrcLLJITAddObjectFileWithRT} take the buffer in every case; {@code GetErrorMessage} takes the
 * error; {@code OrcCreateLLJIT} takes the builder, which takes the target machine builder, which
 * takes the target machine.
 */
final class LlvmApi {
  private static final Linker LINKER = Linker.nativeLinker();
  private static final SymbolLookup SYMBOLS = LlvmLibrary.require();
  private static final AddressLayout P = ADDRESS;
  private static final ValueLayout.OfInt I = JAVA_INT;
  private static final ValueLayout.OfLong J = JAVA_LONG;

  // Core.h, IRReader.h, Analysis.h
  static final MethodHandle GET_VERSION = f("GetVersion", null, P, P, P);
  static final MethodHandle CONTEXT_CREATE = f("ContextCreate", P);
  static final MethodHandle CONTEXT_DISPOSE = f("ContextDispose", null, P);
  static final MethodHandle CONTEXT_SET_DIAGNOSTIC_HANDLER =
      f("ContextSetDiagnosticHandler", null, P, P, P);
  static final MethodHandle GET_DIAG_INFO_DESCRIPTION = f("GetDiagInfoDescription", P, P);
  static final MethodHandle GET_DIAG_INFO_SEVERITY = f("GetDiagInfoSeverity", I, P);
  static final MethodHandle DISPOSE_MESSAGE = f("DisposeMessage", null, P);
  static final MethodHandle CREATE_MEMORY_BUFFER =
      f("CreateMemoryBufferWithMemoryRangeCopy", P, P, J, P);
  static final MethodHandle DISPOSE_MEMORY_BUFFER = f("DisposeMemoryBuffer", null, P);
  static final MethodHandle GET_BUFFER_START = f("GetBufferStart", P, P);
  static final MethodHandle GET_BUFFER_SIZE = f("GetBufferSize", J, P);
  static final MethodHandle PARSE_IR_IN_CONTEXT = f("ParseIRInContext", I, P, P, P, P);
  static final MethodHandle VERIFY_MODULE = f("VerifyModule", I, P, I, P);
  static final MethodHandle DISPOSE_MODULE = f("DisposeModule", null, P);
  static final MethodHandle PRINT_MODULE_TO_STRING = f("PrintModuleToString", P, P);
  static final MethodHandle SET_TARGET = f("SetTarget", null, P, P);
  static final MethodHandle SET_DATA_LAYOUT = f("SetDataLayout", null, P, P);
  static final MethodHandle GET_FIRST_FUNCTION = f("GetFirstFunction", P, P);
  static final MethodHandle GET_NEXT_FUNCTION = f("GetNextFunction", P, P);
  static final MethodHandle IS_DECLARATION = f("IsDeclaration", I, P);
  static final MethodHandle GET_LINKAGE = f("GetLinkage", I, P);
  static final MethodHandle GET_VALUE_NAME = f("GetValueName2", P, P, P);
  static final MethodHandle SET_VALUE_NAME = f("SetValueName2", null, P, P, J);
  static final MethodHandle CREATE_STRING_ATTRIBUTE = f("CreateStringAttribute", P, P, P, I, P, I);
  static final MethodHandle GET_STRING_ATTRIBUTE_AT_INDEX =
      f("GetStringAttributeAtIndex", P, P, I, P, I);
  static final MethodHandle ADD_ATTRIBUTE_AT_INDEX = f("AddAttributeAtIndex", null, P, I, P);

  // Error.h
  static final MethodHandle GET_ERROR_MESSAGE = f("GetErrorMessage", P, P);
  static final MethodHandle DISPOSE_ERROR_MESSAGE = f("DisposeErrorMessage", null, P);

  // Transforms/PassBuilder.h
  static final MethodHandle CREATE_PASS_BUILDER_OPTIONS = f("CreatePassBuilderOptions", P);
  static final MethodHandle DISPOSE_PASS_BUILDER_OPTIONS = f("DisposePassBuilderOptions", null, P);
  static final MethodHandle SET_LOOP_VECTORIZATION =
      f("PassBuilderOptionsSetLoopVectorization", null, P, I);
  static final MethodHandle SET_SLP_VECTORIZATION =
      f("PassBuilderOptionsSetSLPVectorization", null, P, I);
  static final MethodHandle SET_LOOP_UNROLLING =
      f("PassBuilderOptionsSetLoopUnrolling", null, P, I);
  static final MethodHandle SET_LOOP_INTERLEAVING =
      f("PassBuilderOptionsSetLoopInterleaving", null, P, I);
  static final MethodHandle RUN_PASSES = f("RunPasses", P, P, P, P, P);

  // Target.h, TargetMachine.h
  static final MethodHandle GET_DEFAULT_TARGET_TRIPLE = f("GetDefaultTargetTriple", P);
  static final MethodHandle GET_HOST_CPU_NAME = f("GetHostCPUName", P);
  static final MethodHandle GET_HOST_CPU_FEATURES = f("GetHostCPUFeatures", P);
  static final MethodHandle GET_TARGET_FROM_TRIPLE = f("GetTargetFromTriple", I, P, P, P);
  static final MethodHandle CREATE_TARGET_MACHINE =
      f("CreateTargetMachine", P, P, P, P, P, I, I, I);
  static final MethodHandle DISPOSE_TARGET_MACHINE = f("DisposeTargetMachine", null, P);
  static final MethodHandle CREATE_TARGET_DATA_LAYOUT = f("CreateTargetDataLayout", P, P);
  static final MethodHandle DISPOSE_TARGET_DATA = f("DisposeTargetData", null, P);
  static final MethodHandle COPY_STRING_REP_OF_TARGET_DATA = f("CopyStringRepOfTargetData", P, P);
  static final MethodHandle EMIT_TO_MEMORY_BUFFER =
      f("TargetMachineEmitToMemoryBuffer", I, P, P, I, P, P);

  // Orc.h, LLJIT.h
  static final MethodHandle ORC_TARGET_MACHINE_BUILDER =
      f("OrcJITTargetMachineBuilderCreateFromTargetMachine", P, P);
  static final MethodHandle ORC_CREATE_BUILDER = f("OrcCreateLLJITBuilder", P);
  static final MethodHandle ORC_BUILDER_SET_TARGET_MACHINE =
      f("OrcLLJITBuilderSetJITTargetMachineBuilder", null, P, P);
  static final MethodHandle ORC_CREATE = f("OrcCreateLLJIT", P, P, P);
  static final MethodHandle ORC_DISPOSE = f("OrcDisposeLLJIT", P, P);
  static final MethodHandle ORC_EXECUTION_SESSION = f("OrcLLJITGetExecutionSession", P, P);
  static final MethodHandle ORC_SET_ERROR_REPORTER =
      f("OrcExecutionSessionSetErrorReporter", null, P, P, P);
  static final MethodHandle ORC_MAIN_LIBRARY = f("OrcLLJITGetMainJITDylib", P, P);
  static final MethodHandle ORC_INTERN = f("OrcLLJITMangleAndIntern", P, P, P);
  static final MethodHandle ORC_ABSOLUTE_SYMBOLS = f("OrcAbsoluteSymbols", P, P, J);
  static final MethodHandle ORC_DEFINE = f("OrcJITDylibDefine", P, P, P);
  static final MethodHandle ORC_DISPOSE_MATERIALIZATION_UNIT =
      f("OrcDisposeMaterializationUnit", null, P);
  static final MethodHandle ORC_CREATE_TRACKER = f("OrcJITDylibCreateResourceTracker", P, P);
  static final MethodHandle ORC_REMOVE_TRACKER = f("OrcResourceTrackerRemove", P, P);
  static final MethodHandle ORC_RELEASE_TRACKER = f("OrcReleaseResourceTracker", null, P);
  static final MethodHandle ORC_ADD_OBJECT = f("OrcLLJITAddObjectFileWithRT", P, P, P, P);
  static final MethodHandle ORC_LOOKUP = f("OrcLLJITLookup", P, P, P, P);

  static {
    for (String target : new String[] {"X86", "NVPTX"}) {
      for (String part : new String[] {"TargetInfo", "Target", "TargetMC", "AsmPrinter"}) {
        run(f("Initialize" + target + part, null));
      }
    }
    run(f("InitializeX86AsmParser", null));
  }

  private LlvmApi() {}

  private static MethodHandle f(String name, @Nullable MemoryLayout result, MemoryLayout... args) {
    FunctionDescriptor type =
        result == null ? FunctionDescriptor.ofVoid(args) : FunctionDescriptor.of(result, args);
    return LINKER.downcallHandle(SYMBOLS.findOrThrow("LLVM" + name), type);
  }

  private static void run(MethodHandle function) {
    try {
      function.invokeExact();
    } catch (Throwable t) {
      throw Native.unexpected(t);
    }
  }

  /** Calls that give nothing back, as {@link Native#call}. */
  static void dispose(MethodHandle function, MemorySegment argument) {
    try {
      function.invokeExact(argument);
    } catch (Throwable t) {
      throw Native.unexpected(t);
    }
  }
}
