package io.gluonj.omp;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gluonj.llvm.Jit;
import io.gluonj.llvm.JitModule;
import io.gluonj.llvm.ObjectCache;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class OpenMpTest {
  /**
   * {@code struct { i32 *out; i64 n; }}: every thread writes its number plus one to its part of
   * out.
   */
  private static final String MARK =
      """
      declare i32 @omp_get_thread_num()
      declare i32 @omp_get_num_threads()
      define void @mark(ptr %data) {
      entry:
        %out = load ptr, ptr %data
        %qn = getelementptr i8, ptr %data, i64 8
        %n = load i64, ptr %qn
        %t32 = call i32 @omp_get_thread_num()
        %k32 = call i32 @omp_get_num_threads()
        %t = sext i32 %t32 to i64
        %k = sext i32 %k32 to i64
        %t1 = add i64 %t, 1
        %lo.n = mul i64 %n, %t
        %lo = sdiv i64 %lo.n, %k
        %hi.n = mul i64 %n, %t1
        %hi = sdiv i64 %hi.n, %k
        %mark = add i32 %t32, 1
        %any = icmp slt i64 %lo, %hi
        br i1 %any, label %loop, label %exit
      loop:
        %i = phi i64 [ %lo, %entry ], [ %next, %loop ]
        %q = getelementptr i32, ptr %out, i64 %i
        %old = load i32, ptr %q
        %sum = add i32 %old, %mark
        store i32 %sum, ptr %q
        %next = add i64 %i, 1
        %more = icmp slt i64 %next, %hi
        br i1 %more, label %loop, label %exit
      exit:
        ret void
      }
      """;

  private final OpenMp pool = OpenMp.shared();
  private final Jit jit = new Jit(ObjectCache.none());

  @BeforeEach
  void defineSymbols() {
    pool.symbols().forEach(jit::define);
  }

  @AfterEach
  void closeJit() {
    jit.close();
  }

  private int[] mark(MemorySegment function, int n, int team) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment out = arena.allocate(ValueLayout.JAVA_INT, n);
      MemorySegment data = arena.allocate(16, 8);
      data.set(ValueLayout.ADDRESS, 0, out);
      data.set(ValueLayout.JAVA_LONG, 8, n);
      pool.parallel(function, data, team);
      return out.toArray(ValueLayout.JAVA_INT);
    }
  }

  @Test
  void everyThreadDoesItsPartOfTheLoopOnce() {
    int n = 1001;
    int team = pool.threads();
    try (JitModule module = jit.compile(MARK)) {
      int[] marks = mark(module.address("mark"), n, team);

      for (int i = 0; i < n; i++) {
        int thread = marks[i] - 1;
        assertThat(thread).isAtLeast(0);
        assertThat(i).isAtLeast(n * thread / team);
        assertThat(i).isLessThan(n * (thread + 1) / team);
      }
    }
  }

  @Test
  void smallerTeamLeavesNothingOut() {
    try (JitModule module = jit.compile(MARK)) {
      assertThat(IntStream.of(mark(module.address("mark"), 37, 1)).allMatch(m -> m == 1)).isTrue();
    }
  }

  @Test
  void teamLargerThanThePoolIsRefused() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> pool.parallel(CProcess.FREE, MemorySegment.NULL, pool.threads() + 1));

    assertThat(e).hasMessageThat().contains("1 to " + pool.threads());
  }

  @Test
  void callingThreadMayStillRunOnAllItsProcessors() {
    try (Arena arena = Arena.ofConfined()) {
      int before = CProcess.count(CProcess.affinity(arena));
      for (int i = 0; i < 5; i++) {
        pool.parallel(CProcess.FREE, MemorySegment.NULL);
      }
      assertThat(CProcess.count(CProcess.affinity(arena))).isEqualTo(before);
    }
  }

  @Test
  void oneDnnWouldUseAsManyThreadsAsThePoolHas() {
    assertThat(pool.maxThreads()).isEqualTo(pool.threads());
  }

  @Test
  void severalJavaThreadsStartRegions() throws Exception {
    try (JitModule module = jit.compile(MARK);
        ExecutorService threads = Executors.newFixedThreadPool(3)) {
      MemorySegment function = module.address("mark");
      List<Callable<Long>> tasks =
          IntStream.range(0, 30)
              .<Callable<Long>>mapToObj(i ->
                  () ->
                      IntStream.of(mark(function, 500 + i, pool.threads()))
                          .filter(m -> m > 0)
                          .count())
              .toList();
      List<Future<Long>> results = threads.invokeAll(tasks);
      for (int i = 0; i < results.size(); i++) {
        assertThat(results.get(i).get()).isEqualTo(500 + i);
      }
    }
  }
}
