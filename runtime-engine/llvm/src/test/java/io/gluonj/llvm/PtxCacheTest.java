package io.gluonj.llvm;

import static com.google.common.truth.Truth.assertThat;

import io.gluonj.natives.NativeArtifact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PtxCacheTest {
  private static final String IR = "define ptx_kernel void @nothing() {\n  ret void\n}\n";

  @TempDir Path folder;

  @Test
  void keepsPtxForEachArchitecture() throws IOException {
    var cache = new PtxCache(ObjectCache.in(folder));
    String first = cache.compile(IR, "sm_80");
    assertThat(first).contains(".target sm_80");
    assertThat(cache.compile(IR, "sm_90")).contains(".target sm_90");
    assertThat(files()).isEqualTo(2);
    assertThat(new PtxCache(ObjectCache.in(folder)).compile(IR, "sm_80")).isEqualTo(first);
    assertThat(files()).isEqualTo(2);
  }

  @Test
  void whatIsKeptIsNotCompiledAgain() {
    ObjectCache files = ObjectCache.in(folder);
    String broken = "this is not IR";
    String key = Hash.hex("ptx 1", NativeArtifact.LLVM.version(), "sm_80", broken);
    files.store(key, "kept".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    assertThat(new PtxCache(files).compile(broken, "sm_80")).isEqualTo("kept");
  }

  private long files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).count();
    }
  }
}
