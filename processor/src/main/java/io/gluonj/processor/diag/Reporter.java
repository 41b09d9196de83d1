package io.gluonj.processor.diag;

import java.io.PrintWriter;
import java.io.StringWriter;
import javax.annotation.processing.Messager;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.tools.Diagnostic.Kind;

/** Hands findings to the compiler, each at the narrowest place it has. */
public final class Reporter {
  private final Messager messager;

  /** Reports through {@code messager}. */
  public Reporter(Messager messager) {
    this.messager = messager;
  }

  /** Prints {@code finding} unless it is a warning that the user switched off. */
  public void report(Finding finding) {
    Kind kind =
        switch (finding.diag().severity()) {
          case ERROR -> Kind.ERROR;
          case WARNING -> Kind.WARNING;
        };
    Origin origin = finding.origin();
    if (kind == Kind.WARNING && isSuppressed(finding.diag(), origin.element())) {
      return;
    }
    print(kind, finding.message(), origin);
  }

  /** Prints a defect of the processor itself, with its stack trace, at {@code element}. */
  public void internalError(Element element, Throwable defect) {
    StringWriter trace = new StringWriter();
    defect.printStackTrace(new PrintWriter(trace, true));
    messager.printMessage(
        Kind.ERROR,
        """
        [gluonj/internal] the GluonJ annotation processor failed on %s
          because  %s
          fix      this is a defect of the processor: please report it with the lines below
        %s\
        """
            .formatted(element, defect, trace),
        element);
  }

  // javac and ecj take no Optional, and ecj forgets the position if a null is passed for a value.
  private void print(Kind kind, String message, Origin origin) {
    AnnotationMirror annotation = origin.annotation().orElse(null);
    AnnotationValue value = origin.value().orElse(null);
    if (annotation == null) {
      messager.printMessage(kind, message, origin.element());
    } else if (value == null) {
      messager.printMessage(kind, message, origin.element(), annotation);
    } else {
      messager.printMessage(kind, message, origin.element(), annotation, value);
    }
  }

  private static boolean isSuppressed(Diag diag, Element element) {
    for (Element at = element; at != null; at = at.getEnclosingElement()) {
      SuppressWarnings suppress = at.getAnnotation(SuppressWarnings.class);
      if (suppress != null) {
        for (String name : suppress.value()) {
          if (name.equals(diag.id()) || name.equals("gluonj")) {
            return true;
          }
        }
      }
    }
    return false;
  }
}
