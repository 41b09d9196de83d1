package io.gluonj.processor.read;

import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;

/**
 * What the bodies of the class being compiled say, which the language model API leaves out. Only
 * javac can be asked; elsewhere nothing is known and the rules that need it stay silent.
 */
interface SourceView {

  /** Whether it is certain that neither the declaration nor the class assigns {@code field}. */
  boolean isUnset(VariableElement field);

  /** Whether {@code type} mentions {@code field} other than to assign it, or may do so. */
  boolean mayMention(TypeElement type, VariableElement field);

  /** The view that the compiler offers. */
  static SourceView of(ProcessingEnvironment environment) {
    return JavacSourceView.open(environment).orElse(Unknown.UNKNOWN);
  }

  /** Nothing is known. */
  enum Unknown implements SourceView {
    UNKNOWN;

    @Override
    public boolean isUnset(VariableElement field) {
      return false;
    }

    @Override
    public boolean mayMention(TypeElement type, VariableElement field) {
      return true;
    }
  }
}
