package io.gluonj.cli;

import io.gluonj.samples.SampleModel;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Parameters;

/** The argument that names a model. */
final class ModelArgument {
  @Parameters(
      paramLabel = "MODEL",
      completionCandidates = Names.class,
      converter = ByName.class,
      description = "One of ${COMPLETION-CANDIDATES}.")
  @Nullable SampleModel chosen;

  /** The model; picocli has seen to it that one was named. */
  SampleModel model() {
    if (chosen == null) {
      throw new UsageException("no model was named", "the command needs one", "name lenet");
    }
    return chosen;
  }

  /** Finds the model, or says which name was meant. */
  static final class ByName implements ITypeConverter<SampleModel> {
    @Override
    public SampleModel convert(String name) {
      return SampleModel.named(name);
    }
  }

  /** All names, for the help. */
  static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return SampleModel.names().iterator();
    }
  }
}
