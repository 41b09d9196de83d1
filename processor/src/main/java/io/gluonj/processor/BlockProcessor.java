package io.gluonj.processor;

import com.google.auto.common.BasicAnnotationProcessor;
import com.google.auto.service.AutoService;
import java.util.List;
import javax.annotation.processing.Processor;
import javax.lang.model.SourceVersion;

/**
 * Checks classes with {@code io.gluonj.annotations.Block} and generates their plumbing.
 *
 * <p>A class that mentions types which another processor has yet to generate waits for the round in
 * which they exist.
 */
@AutoService(Processor.class)
public final class BlockProcessor extends BasicAnnotationProcessor {

  /** Called by the compiler. */
  public BlockProcessor() {}

  @Override
  protected Iterable<? extends Step> steps() {
    return List.of(new BlockStep(processingEnv));
  }

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latestSupported();
  }
}
