package io.gluonj.processor;

import com.google.auto.common.BasicAnnotationProcessor.Step;
import com.google.auto.common.MoreElements;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSetMultimap;
import io.gluonj.processor.check.BlockCheck;
import io.gluonj.processor.check.Checked;
import io.gluonj.processor.check.StrayRules;
import io.gluonj.processor.diag.Diag;
import io.gluonj.processor.diag.Finding;
import io.gluonj.processor.diag.Reporter;
import io.gluonj.processor.model.BlockModel;
import io.gluonj.processor.model.TypeRef;
import io.gluonj.processor.read.BlockReader;
import io.gluonj.processor.write.BlockWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.annotation.processing.Filer;
import javax.annotation.processing.FilerException;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;

/** The pipeline read → check → write over the annotated classes of a round. */
final class BlockStep implements Step {
  private static final String BLOCK = "io.gluonj.annotations.Block";
  private static final String PARAM = "io.gluonj.annotations.Param";
  private static final String FORWARD = "io.gluonj.annotations.Forward";

  private final BlockReader reader;
  private final Reporter reporter;
  private final Filer filer;

  /** Blocks with errors; their subclasses stay unwritten, since they would name what is not there. */
  private final Set<TypeRef> failed = new HashSet<>();

  BlockStep(ProcessingEnvironment environment) {
    reader = new BlockReader(environment);
    reporter = new Reporter(environment.getMessager());
    filer = environment.getFiler();
  }

  @Override
  public Set<String> annotations() {
    return ImmutableSet.of(BLOCK, PARAM, FORWARD);
  }

  @Override
  public Set<? extends Element> process(ImmutableSetMultimap<String, Element> annotated) {
    List<BlockModel> models = new ArrayList<>();
    for (Element element : annotated.get(BLOCK)) {
      guard(element, () -> check(MoreElements.asType(element), models));
    }
    for (Element element : annotated.get(PARAM)) {
      guard(element, () -> StrayRules.param(reader, element).ifPresent(reporter::report));
    }
    return ImmutableSet.of();
  }
}
