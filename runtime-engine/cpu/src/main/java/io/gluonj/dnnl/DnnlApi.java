package io.gluonj.dnnl;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.AddressLayout;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * The functions of the oneDNN 3 C API that the engine calls, one handle each, named as in {@code
 * dnnl.h} without the prefix {@code dnnl_} and without {@code primitive_desc_create}.
 *
 * <p>All functions but the few that say otherwise return a status ({@link DnnlStatus}). {@link
 * Dnnl#require} opens the library; call it before anything here, so that a missing library is
 * reported as what it is.
 */
final class DnnlApi {
  private static final Linker LINKER = Linker.nativeLinker();
  private static final SymbolLookup SYMBOLS = Dnnl.require();
  private static final AddressLayout P = ADDRESS;
  private static final ValueLayout.OfInt I = JAVA_INT;
  private static final ValueLayout.OfLong J = JAVA_LONG;
  private static final ValueLayout.OfFloat F = JAVA_FLOAT;

  // engine, stream, library
  static final MethodHandle ENGINE_CREATE = f("engine_create", P, I, J);
  static final MethodHandle STREAM_CREATE = f("stream_create", P, P, I);
  static final MethodHandle STREAM_DESTROY = f("stream_destroy", P);
  static final MethodHandle GET_PRIMITIVE_CACHE_CAPACITY = f("get_primitive_cache_capacity", P);
  static final MethodHandle SET_PRIMITIVE_CACHE_CAPACITY = f("set_primitive_cache_capacity", I);

  /** Gives the instruction set itself, not a status. */
  static final MethodHandle GET_EFFECTIVE_CPU_ISA = f("get_effective_cpu_isa");

  /** Gives a pointer to {@code dnnl_version_t}, not a status. */
  static final MethodHandle VERSION = g("version", P);

  // memory descriptors and memory
  static final MethodHandle MEMORY_DESC_CREATE_WITH_TAG =
      f("memory_desc_create_with_tag", P, I, P, I, I);
  static final MethodHandle MEMORY_DESC_CREATE_WITH_STRIDES =
      f("memory_desc_create_with_strides", P, I, P, I, P);
  static final MethodHandle MEMORY_DESC_CLONE = f("memory_desc_clone", P, P);
  static final MethodHandle MEMORY_DESC_DESTROY = f("memory_desc_destroy", P);
  static final MethodHandle MEMORY_DESC_QUERY = f("memory_desc_query", P, I, P);

  /** Gives 1 or 0, not a status. */
  static final MethodHandle MEMORY_DESC_EQUAL = f("memory_desc_equal", P, P);

  /** Gives bytes, not a status. */
  static final MethodHandle MEMORY_DESC_GET_SIZE = g("memory_desc_get_size", J, P);

  static final MethodHandle MEMORY_CREATE = f("memory_create", P, P, P, P);
  static final MethodHandle MEMORY_DESTROY = f("memory_destroy", P);

  /** Takes nanoseconds and waits for nothing, so the JVM need not leave its own state for it. */
  static final MethodHandle MEMORY_SET_DATA_HANDLE =
      LINKER.downcallHandle(
          SYMBOLS.findOrThrow("dnnl_memory_set_data_handle"),
          FunctionDescriptor.of(I, P, P),
          Linker.Option.critical(false));

  // attributes and post-operations
  static final MethodHandle ATTR_CREATE = f("primitive_attr_create", P);
  static final MethodHandle ATTR_DESTROY = f("primitive_attr_destroy", P);
  static final MethodHandle ATTR_SET_FPMATH_MODE = f("primitive_attr_set_fpmath_mode", P, I);
  static final MethodHandle ATTR_SET_DETERMINISTIC = f("primitive_attr_set_deterministic", P, I);
  static final MethodHandle ATTR_SET_SCRATCHPAD_MODE =
      f("primitive_attr_set_scratchpad_mode", P, I);
  static final MethodHandle ATTR_SET_POST_OPS = f("primitive_attr_set_post_ops", P, P);
  static final MethodHandle POST_OPS_CREATE = f("post_ops_create", P);
  static final MethodHandle POST_OPS_DESTROY = f("post_ops_destroy", P);
  static final MethodHandle POST_OPS_APPEND_SUM = f("post_ops_append_sum", P, F, I, I);
  static final MethodHandle POST_OPS_APPEND_ELTWISE = f("post_ops_append_eltwise", P, I, F, F);
  static final MethodHandle POST_OPS_APPEND_BINARY = f("post_ops_append_binary", P, I, P);

  // primitive descriptors and primitives
  static final MethodHandle PRIMITIVE_DESC_CLONE = f("primitive_desc_clone", P, P);
  static final MethodHandle PRIMITIVE_DESC_NEXT_IMPL = f("primitive_desc_next_impl", P);
  static final MethodHandle PRIMITIVE_DESC_DESTROY = f("primitive_desc_destroy", P);
  static final MethodHandle PRIMITIVE_DESC_QUERY = f("primitive_desc_query", P, I, I, P);

  /** Gives a pointer to a descriptor that the primitive descriptor owns, not a status. */
  static final MethodHandle PRIMITIVE_DESC_QUERY_MD = g("primitive_desc_query_md", P, P, I, I);

  static final MethodHandle PRIMITIVE_CREATE = f("primitive_create", P, P);
  static final MethodHandle PRIMITIVE_DESTROY = f("primitive_destroy", P);
  static final MethodHandle PRIMITIVE_EXECUTE = f("primitive_execute", P, P, I, P);

  // operations
  static final MethodHandle CONVOLUTION_FORWARD =
      pd("convolution_forward", P, P, I, I, P, P, P, P, P, P, P, P, P);
  static final MethodHandle CONVOLUTION_BACKWARD_DATA =
      pd("convolution_backward_data", P, P, I, P, P, P, P, P, P, P, P, P);
  static final MethodHandle CONVOLUTION_BACKWARD_WEIGHTS =
      pd("convolution_backward_weights", P, P, I, P, P, P, P, P, P, P, P, P, P);
  static final MethodHandle DECONVOLUTION_FORWARD =
      pd("deconvolution_forward", P, P, I, I, P, P, P, P, P, P, P, P, P);
  static final MethodHandle DECONVOLUTION_BACKWARD_DATA =
      pd("deconvolution_backward_data", P, P, I, P, P, P, P, P, P, P, P, P);
  static final MethodHandle DECONVOLUTION_BACKWARD_WEIGHTS =
      pd("deconvolution_backward_weights", P, P, I, P, P, P, P, P, P, P, P, P, P);
  static final MethodHandle POOLING_FORWARD =
      pd("pooling_forward", P, P, I, I, P, P, P, P, P, P, P, P);
  static final MethodHandle POOLING_BACKWARD =
      pd("pooling_backward", P, P, I, P, P, P, P, P, P, P, P, P);
  static final MethodHandle MATMUL = pd("matmul", P, P, P, P, P, P, P);
  static final MethodHandle INNER_PRODUCT_FORWARD =
      pd("inner_product_forward", P, P, I, P, P, P, P, P);
  static final MethodHandle INNER_PRODUCT_BACKWARD_DATA =
      pd("inner_product_backward_data", P, P, P, P, P, P, P);
  static final MethodHandle INNER_PRODUCT_BACKWARD_WEIGHTS =
      pd("inner_product_backward_weights", P, P, P, P, P, P, P, P);
  static final MethodHandle BATCH_NORMALIZATION_FORWARD =
      pd("batch_normalization_forward", P, P, I, P, P, F, I, P);
  static final MethodHandle BATCH_NORMALIZATION_BACKWARD =
      pd("batch_normalization_backward", P, P, I, P, P, P, F, I, P, P);
  static final MethodHandle LAYER_NORMALIZATION_FORWARD =
      pd("layer_normalization_forward", P, P, I, P, P, P, F, I, P);
  static final MethodHandle LAYER_NORMALIZATION_BACKWARD =
      pd("layer_normalization_backward", P, P, I, P, P, P, P, F, I, P, P);
  static final MethodHandle SOFTMAX_FORWARD = pd("softmax_forward", P, P, I, I, P, P, I, P);
  static final MethodHandle SOFTMAX_BACKWARD = pd("softmax_backward", P, P, I, P, P, P, I, P, P);
  static final MethodHandle ELTWISE_FORWARD = pd("eltwise_forward", P, P, I, I, P, P, F, F, P);
  static final MethodHandle ELTWISE_BACKWARD = pd("eltwise_backward", P, P, I, P, P, P, F, F, P, P);
  static final MethodHandle BINARY = pd("binary", P, P, I, P, P, P, P);
  static final MethodHandle REDUCTION = pd("reduction", P, P, I, P, P, F, F, P);
  static final MethodHandle REORDER = pd("reorder", P, P, P, P, P, P);

  private DnnlApi() {}

  private static MethodHandle f(String name, MemoryLayout... args) {
    return g(name, I, args);
  }

  private static MethodHandle pd(String operation, MemoryLayout... args) {
    return g(operation + "_primitive_desc_create", I, args);
  }

  private static MethodHandle g(String name, MemoryLayout result, MemoryLayout... args) {
    return LINKER.downcallHandle(
        SYMBOLS.findOrThrow("dnnl_" + name), FunctionDescriptor.of(result, args));
  }
}
