package io.gluonj.processor.model;

import io.gluonj.processor.diag.Origin;

/**
 * An argument of a forward method.
 *
 * @param acceptsNull false only in {@code @NullMarked} code, where it is not {@code @Nullable}
 */
public record ArgumentDeclaration(
    String name, ValueKind kind, String typeText, boolean acceptsNull, Origin origin) {}
