package io.gluonj.llvm;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * What every call of the LLVM C API needs: checked exceptions of method handles, strings and
 * errors.
 */
final class Native {
  private Native() {}

  /** Code that calls method handles of {@link LlvmApi}. */
  @FunctionalInterface
  interface Call<T> {
    T run(Arena arena) throws Throwable;
  }

  /** Runs {@code body} with an arena for its arguments and results. */
  static <T> T call(Call<T> body) {
    try (Arena arena = Arena.ofConfined()) {
      return body.run(arena);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable t) {
      throw unexpected(t);
    }
  }

  /** Code that calls method handles of {@link LlvmApi} and has no result. */
  @FunctionalInterface
  interface Action {
    void run(Arena arena) throws Throwable;
  }

  /** Runs {@code body} with an arena for its arguments. */
  static void run(Action body) {
    try (Arena arena = Arena.ofConfined()) {
      body.run(arena);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable t) {
      throw unexpected(t);
    }
  }

  static AssertionError unexpected(Throwable t) {
    return new AssertionError("functions of the C API throw no Java exceptions", t);
  }

  /** The C string at {@code text}, not freed. */
  static String string(MemorySegment text) {
    return text.address() == 0 ? "" : text.reinterpret(Long.MAX_VALUE).getString(0);
  }

  /** The C string at {@code text}, which LLVM has allocated for the caller; frees it. */
  static String takeString(MemorySegment text) {
    if (text.address() == 0) {
      return "";
    }
    String copy = string(text);
    LlvmApi.dispose(LlvmApi.DISPOSE_MESSAGE, text);
    return copy;
  }

  /** The pointer written to {@code slot}. */
  static MemorySegment pointer(MemorySegment slot) {
    return slot.get(ValueLayout.ADDRESS, 0);
  }

  /**
   * Throws what an {@code LLVMErrorRef} says, if it is an error.
   *
   * @param doing what was asked for, to begin the message with
   */
  static void check(MemorySegment error, String doing) throws Throwable {
    if (error.address() != 0) {
      MemorySegment text = (MemorySegment) LlvmApi.GET_ERROR_MESSAGE.invokeExact(error);
      String message = string(text);
      LlvmApi.dispose(LlvmApi.DISPOSE_ERROR_MESSAGE, text);
      throw new LlvmException(doing + ": " + message);
    }
  }
}
