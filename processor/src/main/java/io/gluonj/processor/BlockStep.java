package io.gluonj.processor;

import com.google.auto.common.BasicAnnotationProcessor.Step;
import com.google.auto.common.MoreElements;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSetMultimap;
import io.gluonj.annotations.Block;
import io.gluonj.annotations.Forward;
import io.gluonj.annotations.Param;
import io.gluonj.processor.check.BlockCheck;
import io.gluonj.processor.check.Checked;
import io.gluonj.processor.check.StrayRules;
import io.gluonj.processor.diag.Diag;
import io.gluonj.processor.diag.Finding;
import io.gluonj.processor.diag.Reporter;
import io.gluonj.processor.model.BlockDeclaration;
import io.gluonj.processor.model.BlockModel;
import io.gluonj.processor.model.TypeRef;
import io.gluonj.processor.read.BlockReader;
import io.gluonj.processor.write.BlockWriter;
import io.gluonj.processor.write.SourceText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
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
  private static final String BLOCK = Block.class.getCanonicalName();
  private static final String PARAM = Param.class.getCanonicalName();
  private static final String FORWARD = Forward.class.getCanonicalName();

  private final BlockReader reader;
  private final Reporter reporter;
  private final Filer filer;

  /**
   * Blocks with errors; their subclasses stay unwritten, since they would name what is not there.
   */
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
    for (Element block : annotated.get(BLOCK)) {
      guard(block, () -> check(MoreElements.asType(block), models));
    }
    for (Element member : annotated.get(PARAM)) {
      guard(member, () -> checkPlace(member));
    }
    for (Element member : annotated.get(FORWARD)) {
      guard(member, () -> checkPlace(member));
    }
    failSubclasses(models);
    for (BlockModel model : models) {
      if (!failed.contains(model.type())) {
        guard(model.origin().element(), () -> write(model));
      }
    }
    return ImmutableSet.of();
  }

  private void check(TypeElement block, List<BlockModel> models) {
    BlockDeclaration declaration = reader.read(block);
    failed.add(declaration.type());
    Checked checked = BlockCheck.check(declaration);
    checked.findings().forEach(reporter::report);
    if (checked.model().isPresent()) {
      models.add(checked.model().get());
      failed.remove(declaration.type());
    }
  }

  private void checkPlace(Element member) {
    StrayRules.check(reader.readMember(member)).ifPresent(reporter::report);
  }

  private void failSubclasses(List<BlockModel> models) {
    boolean isChanged = true;
    while (isChanged) {
      isChanged = false;
      for (BlockModel model : models) {
        if (model.superBlock().filter(failed::contains).isPresent()) {
          isChanged |= failed.add(model.type());
        }
      }
    }
  }

  private void write(BlockModel model) {
    SourceText source = BlockWriter.write(model);
    try (Writer out =
        filer.createSourceFile(source.name(), source.origin().element()).openWriter()) {
      out.write(source.text());
    } catch (FilerException taken) {
      reporter.report(
          Finding.of(
              Diag.GENERATED_NAME_TAKEN,
              model.origin(),
              "class",
              model.type().display(),
              "generated",
              model.type().generatedName(),
              "found",
              source.name() + ", which is not generated from " + model.type().display()));
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  /**
   * Runs {@code work}; a defect becomes an error at {@code element} and not the compiler's crash.
   */
  private void guard(Element element, Runnable work) {
    try {
      work.run();
    } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError defect) {
      reporter.internalError(element, defect);
    }
  }
}
