package io.gluonj.processor.read;

import com.google.auto.common.AnnotationMirrors;
import com.google.auto.common.MoreElements;
import io.gluonj.processor.diag.Origin;
import io.gluonj.processor.model.Attribute;
import io.gluonj.processor.model.ParamDeclaration;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;

/** Reads the attributes of one annotation, each with its place. */
final class AnnotationReader {
  private final Element element;
  private final AnnotationMirror mirror;

  private AnnotationReader(Element element, AnnotationMirror mirror) {
    this.element = element;
    this.mirror = mirror;
  }

  /** The annotation called {@code name} on {@code element}. */
  static Optional<AnnotationReader> find(Element element, String name) {
    return MoreElements.getAnnotationMirror(element, name)
        .toJavaUtil()
        .map(mirror -> new AnnotationReader(element, mirror));
  }

  /** Reads it as {@code @Param}. */
  ParamDeclaration asParam() {
    return new ParamDeclaration(
        texts("shape"),
        text("init"),
        text("initFrom"),
        text("gradReq"),
        number("lrMult"),
        number("wdMult"),
        text("dtype"),
        (Boolean) value("differentiable").getValue(),
        text("condition"),
        Origin.of(element, mirror));
  }

  /** The text of attribute {@code name}. */
  Attribute<String> text(String name) {
    return text(value(name), name);
  }

  private Attribute<String> text(AnnotationValue value, String name) {
    return new Attribute<>((String) value.getValue(), origin(name, value));
  }

  private Attribute<Double> number(String name) {
    AnnotationValue value = value(name);
    return new Attribute<>((Double) value.getValue(), origin(name, value));
  }

  private List<Attribute<String>> texts(String name) {
    AnnotationValue value = value(name);
    List<AnnotationValue> entries =
        value.getValue() instanceof List<?> list
            ? list.stream().map(AnnotationValue.class::cast).toList()
            : List.of(value);
    return entries.stream().map(entry -> text(entry, name)).toList();
  }

  private AnnotationValue value(String name) {
    return AnnotationMirrors.getAnnotationValue(mirror, name);
  }

  private Origin origin(String name, AnnotationValue value) {
    boolean isStated =
        mirror.getElementValues().keySet().stream()
            .anyMatch(attribute -> attribute.getSimpleName().contentEquals(name));
    return isStated ? Origin.of(element, mirror, value) : Origin.of(element, mirror);
  }
}
