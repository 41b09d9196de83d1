package io.gluonj.processor.model;

import io.gluonj.processor.diag.Origin;

/**
 * A value in an annotation together with the place where it stands.
 *
 * @param value the value, stated or default
 * @param origin the value's place; the annotation's if the value is the default
 */
public record Attribute<T>(T value, Origin origin) {}
