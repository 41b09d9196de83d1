package io.gluonj.processor;

import com.google.auto.common.BasicAnnotationProcessor;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.List;
import javax.annotation.processing.Filer;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.SourceVersion;

/** Our step where no file can be written. */
final class FullDiskProcessor extends BasicAnnotationProcessor {

  @Override
  protected Iterable<? extends Step> steps() {
    Filer full =
        proxy(
            Filer.class,
            method -> {
              throw new IOException("no space left: " + method);
            });
    return List.of(
        new BlockStep(
            proxy(
                ProcessingEnvironment.class,
                method ->
                    method.equals("getFiler")
                        ? full
                        : ProcessingEnvironment.class.getMethod(method).invoke(processingEnv))));
  }

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latestSupported();
  }

  private interface Answer {
    Object to(String method) throws IOException, ReflectiveOperationException;
  }

  private static <T> T proxy(Class<T> type, Answer answer) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> answer.to(method.getName())));
  }
}
