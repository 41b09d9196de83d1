/**
 * Finds native libraries that travel inside jars and makes files of them that the dynamic linker
 * can open.
 *
 * <p>The engine takes oneDNN and LLVM from the platform jars ("classifier jars") of the JavaCPP
 * presets: the jar is only a carrier, none of its Java classes is used. {@link
 * io.gluonj.natives.NativeArtifact} names such a jar and the files wanted from it, {@link
 * io.gluonj.natives.NativeLibraries} extracts them once into a cache folder and opens them.
 *
 * <p>Deliberately not here: any binding (see {@code io.gluonj.llvm} and {@code io.gluonj.dnnl}) and
 * any download. What is not on the class path is reported with the dependency to add, never
 * fetched.
 */
@NullMarked
package io.gluonj.natives;

import org.jspecify.annotations.NullMarked;
