package io.gluonj.processor.model;

/** What a block registers for one of its fields. */
public sealed interface MemberModel permits ParamModel, ChildModel {

  /** The field's name, which is the structural name. */
  String name();
}
