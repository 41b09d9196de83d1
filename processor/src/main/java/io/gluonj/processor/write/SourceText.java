package io.gluonj.processor.write;

import io.gluonj.processor.diag.Origin;

/**
 * A generated source file.
 *
 * @param name the full name of its class
 * @param text the Java text
 * @param origin the block it was written from, and from nothing else
 */
public record SourceText(String name, String text, Origin origin) {}
