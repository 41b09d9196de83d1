package io.gluonj.processor.check;

import io.gluonj.processor.model.BlockDeclaration;
import io.gluonj.processor.model.BlockModel;
import io.gluonj.processor.model.ForwardModel;
import io.gluonj.processor.model.MemberModel;
import io.gluonj.processor.model.SuperBlock;
import java.util.List;
import java.util.Optional;

/** Judges a declaration by all rules. */
public final class BlockCheck {
  private BlockCheck() {}

  /** The model of {@code block} if it has no error, and everything found on the way. */
  public static Checked check(BlockDeclaration block) {
    Findings findings = new Findings();
    ClassRules classRules = new ClassRules(block, findings);
    if (!classRules.check()) {
      return new Checked(Optional.empty(), findings.all());
    }
    List<MemberModel> members = new MemberRules(block, findings).check();
    Optional<? extends ForwardModel> forward = new ForwardRules(block, findings).check();
    if (forward.isEmpty() || findings.hasErrors()) {
      return new Checked(Optional.empty(), findings.all());
    }
    BlockModel model =
        new BlockModel(
            block.type(),
            block.isPublic(),
            classRules.hint(),
            block.supers().stream().findFirst().map(SuperBlock::type),
            members,
            forward.get(),
            block.generated(),
            block.origin());
    return new Checked(Optional.of(model), findings.all());
  }
}
