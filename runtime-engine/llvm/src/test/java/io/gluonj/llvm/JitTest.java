package io.gluonj.llvm;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JitTest {
  private static final FunctionDescriptor BINARY =
      FunctionDescriptor.ofVoid(
          ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG);
  private static final FunctionDescriptor INT_OF_INT =
      FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);

  private final Jit jit = new Jit(ObjectCache.none());

  @AfterEach
  void closeJit() {
    jit.close();
  }

  private static MethodHandle call(MemorySegment address, FunctionDescriptor type) {
    return Linker.nativeLinker().downcallHandle(address, type);
  }

  private static String plus(int n) {
    return """
    define i32 @f(i32 %%x) {
      %%y = add i32 %%x, %d
      ret i32 %%y
    }
    """
        .formatted(n);
  }

  @Test
  void addLoopAgreesWithJava() throws Throwable {
    int n = 1003;
    Random random = new Random(11);
    float[] a = new float[n];
    float[] b = new float[n];
    for (int i = 0; i < n; i++) {
      a[i] = random.nextFloat();
      b[i] = random.nextFloat();
    }
    try (Arena arena = Arena.ofConfined();
        JitModule module = jit.compile(KernelText.loop("add", "%r = fadd fast float %a, %b"))) {
      MemorySegment out = arena.allocate(ValueLayout.JAVA_FLOAT, n);

      call(module.address("add"), BINARY)
          .invokeExact(
              arena.allocateFrom(ValueLayout.JAVA_FLOAT, a),
              arena.allocateFrom(ValueLayout.JAVA_FLOAT, b),
              out,
              (long) n);

      for (int i = 0; i < n; i++) {
        assertThat(out.getAtIndex(ValueLayout.JAVA_FLOAT, i)).isEqualTo(a[i] + b[i]);
      }
    }
  }

  @Test
  void fusedTanhLoopAgreesWithJava() throws Throwable {
    int n = 517;
    Random random = new Random(12);
    float[] a = new float[n];
    float[] b = new float[n];
    for (int i = 0; i < n; i++) {
      a[i] = 4 * (random.nextFloat() - 0.5f);
      b[i] = 4 * (random.nextFloat() - 0.5f);
    }
    try (Arena arena = Arena.ofConfined();
        JitModule module = jit.compile(KernelText.tanhOfSum("tanh_sum"))) {
      MemorySegment out = arena.allocate(ValueLayout.JAVA_FLOAT, n);

      call(module.address("tanh_sum"), BINARY)
          .invokeExact(
              arena.allocateFrom(ValueLayout.JAVA_FLOAT, a),
              arena.allocateFrom(ValueLayout.JAVA_FLOAT, b),
              out,
              (long) n);

      for (int i = 0; i < n; i++) {
        assertThat(out.getAtIndex(ValueLayout.JAVA_FLOAT, i))
            .isWithin(1e-6f)
            .of((float) Math.tanh(a[i] + b[i]));
      }
    }
  }

  @Test
  void loopsAreVectorizedToTheWidthOfTheProcessor() {
    String optimized = jit.optimized(KernelText.loop("add", "%r = fadd fast float %a, %b"));

    assertThat(optimized).contains("<" + jit.target().vectorBits() / 32 + " x float>");
  }

  @Test
  void functionsOfTheCLibraryAreFound() throws Throwable {
    String ir =
        """
        declare double @exp(double)
        define double @f(double %x) {
          %y = call double @exp(double %x)
          ret double %y
        }
        """;
    try (JitModule module = jit.compile(ir)) {
      MethodHandle f =
          call(
              module.address("f"),
              FunctionDescriptor.of(ValueLayout.JAVA_DOUBLE, ValueLayout.JAVA_DOUBLE));

      assertThat((double) f.invokeExact(1.0)).isWithin(1e-15).of(Math.E);
    }
  }

  @Test
  void definedSymbolIsCalled() throws Throwable {
    try (JitModule callee = jit.compile(plus(40))) {
      jit.define("forty_more", callee.address("f"));
      String ir =
          """
          declare i32 @forty_more(i32)
          define i32 @f(i32 %x) {
            %y = call i32 @forty_more(i32 %x)
            ret i32 %y
          }
          """;
      try (JitModule caller = jit.compile(ir)) {
        MethodHandle f = call(caller.address("f"), INT_OF_INT);

        assertThat((int) f.invokeExact(2)).isEqualTo(42);
      }
      assertThrows(
          LlvmException.class, () -> jit.define("forty_more", MemorySegment.ofAddress(64)));
    }
  }

  @Test
  void unknownFunctionIsNamed() {
    String ir =
        """
        declare i32 @nobody_knows(i32)
        define i32 @f(i32 %x) {
          %y = call i32 @nobody_knows(i32 %x)
          ret i32 %y
        }
        """;
    try (JitModule module = jit.compile(ir)) {
      LlvmException e = assertThrows(LlvmException.class, () -> module.address("f"));

      assertThat(e).hasMessageThat().contains("nobody_knows");
    }
  }

  @Test
  void modulesMayUseTheSameFunctionName() throws Throwable {
    try (JitModule one = jit.compile(plus(1));
        JitModule two = jit.compile(plus(2))) {
      MethodHandle first = call(one.address("f"), INT_OF_INT);
      MethodHandle second = call(two.address("f"), INT_OF_INT);

      assertThat((int) first.invokeExact(10)).isEqualTo(11);
      assertThat((int) second.invokeExact(10)).isEqualTo(12);
    }
  }

  @Test
  void codeIsKeptUntilItsLastModuleIsClosed() throws Throwable {
    JitModule one = jit.compile(plus(1));
    JitModule same = jit.compile(plus(1));
    assertThat(jit.statistics()).isEqualTo(new Jit.Statistics(1, 0, 1));

    one.close();
    one.close();
    MethodHandle f = call(same.address("f"), INT_OF_INT);
    assertThat((int) f.invokeExact(1)).isEqualTo(2);
    same.close();

    assertThrows(IllegalStateException.class, () -> same.address("f"));
    jit.compile(plus(1)).close();
    assertThat(jit.statistics().compiled()).isEqualTo(2);
  }

  @Test
  void secondProcessTakesTheCodeFromDisk(@TempDir Path folder) throws Throwable {
    try (Jit first = new Jit(ObjectCache.in(folder))) {
      first.compile(plus(7)).address("f");
      assertThat(first.statistics()).isEqualTo(new Jit.Statistics(1, 0, 0));
    }
    try (Jit second = new Jit(ObjectCache.in(folder))) {
      MethodHandle f = call(second.compile(plus(7)).address("f"), INT_OF_INT);
      assertThat((int) f.invokeExact(1)).isEqualTo(8);
      assertThat(second.statistics()).isEqualTo(new Jit.Statistics(0, 1, 0));
    }
  }

  @Test
  void damagedObjectFileIsCompiledAgain(@TempDir Path folder) throws Throwable {
    try (Jit first = new Jit(ObjectCache.in(folder))) {
      first.compile(plus(7)).close();
    }
    for (Path file : regularFiles(folder)) {
      byte[] bytes = Files.readAllBytes(file);
      bytes[bytes.length / 2] ^= 1;
      Files.write(file, bytes);
    }
    try (Jit second = new Jit(ObjectCache.in(folder))) {
      MethodHandle f = call(second.compile(plus(7)).address("f"), INT_OF_INT);
      assertThat((int) f.invokeExact(1)).isEqualTo(8);
      assertThat(second.statistics()).isEqualTo(new Jit.Statistics(1, 0, 0));
    }
  }

  private static List<Path> regularFiles(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> found = files.filter(Files::isRegularFile).toList();
      assertThat(found).hasSize(1);
      return found;
    }
  }

  @Test
  void cacheFolderThatCannotBeUsedOnlyCostsTime(@TempDir Path folder) throws Throwable {
    Path file = Files.writeString(folder.resolve("file"), "not a folder");
    try (Jit slow = new Jit(ObjectCache.in(file.resolve("kernels")))) {
      MethodHandle f = call(slow.compile(plus(3)).address("f"), INT_OF_INT);
      assertThat((int) f.invokeExact(1)).isEqualTo(4);
    }
  }

  @Test
  void syntaxErrorNamesTheLine() {
    String ir =
        """
        define i32 @f(i32 %x) {
          %y = add i32 %x, %nope
          ret i32 %y
        }
        """;

    IrException e = assertThrows(IrException.class, () -> jit.compile(ir));

    assertThat(e.line()).isEqualTo(2);
    assertThat(e.text()).isEqualTo("%y = add i32 %x, %nope");
    assertThat(e).hasMessageThat().contains("use of undefined value '%nope'");
  }

  @Test
  void moduleTheVerifierRefusesNamesTheLine() {
    String ir =
        """
        define i32 @f(i1 %c) {
        entry:
          br i1 %c, label %a, label %b
        a:
          %y = add i32 1, 2
          br label %b
        b:
          ret i32 %y
        }
        """;

    IrException e = assertThrows(IrException.class, () -> jit.compile(ir));

    assertThat(e).hasMessageThat().contains("does not dominate all uses");
    assertThat(e.text()).isEqualTo("%y = add i32 1, 2");
  }

  @Test
  void errorOfTheCodeGeneratorIsAnExceptionAndNotTheEndOfTheProcess() {
    String ir =
        """
        define void @f() {
          call void asm sideeffect "no such mnemonic", ""()
          ret void
        }
        """;

    LlvmException e = assertThrows(LlvmException.class, () -> jit.compile(ir));

    assertThat(e).hasMessageThat().contains("Generate code");
  }

  @Test
  void severalThreadsCompileAtOnce() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Callable<Integer>> tasks =
          IntStream.range(0, 24)
              .<Callable<Integer>>mapToObj(i ->
                  () -> {
                    try {
                      MethodHandle f = call(jit.compile(plus(i % 12)).address("f"), INT_OF_INT);
                      return (int) f.invokeExact(100) - i % 12;
                    } catch (Throwable t) {
                      throw new AssertionError(t);
                    }
                  })
              .toList();
      for (Future<Integer> result : threads.invokeAll(tasks)) {
        assertThat(result.get()).isEqualTo(100);
      }
    }
    assertThat(jit.statistics()).isEqualTo(new Jit.Statistics(12, 0, 12));
  }
}
