package io.gluonj.processor.diag;

import java.util.Optional;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;

/**
 * The place in the user's source that a fact comes from, as narrow as the compiler can point: a
 * value inside an annotation, an annotation, or an element.
 *
 * <p>Models carry it without looking inside. It belongs to one round of processing and must not
 * outlive it.
 *
 * @param element the declaration
 * @param annotation the annotation on it, if the fact was stated there
 * @param value the value inside the annotation, if the fact is that value
 */
public record Origin(
    Element element, Optional<AnnotationMirror> annotation, Optional<AnnotationValue> value) {

  /** A fact about {@code element} itself. */
  public static Origin of(Element element) {
    return new Origin(element, Optional.empty(), Optional.empty());
  }

  /** A fact that {@code annotation} on {@code element} states. */
  public static Origin of(Element element, AnnotationMirror annotation) {
    return new Origin(element, Optional.of(annotation), Optional.empty());
  }

  /** A fact that one {@code value} of {@code annotation} on {@code element} states. */
  public static Origin of(Element element, AnnotationMirror annotation, AnnotationValue value) {
    return new Origin(element, Optional.of(annotation), Optional.of(value));
  }
}
