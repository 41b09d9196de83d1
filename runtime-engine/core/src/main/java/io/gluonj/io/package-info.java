/**
 * Files: MXNet's {@code .params} and {@code -symbol.json}. Readers treat every file as hostile;
 * they check sizes before they allocate and leave nothing half-read behind.
 */
@NullMarked
package io.gluonj.io;

import org.jspecify.annotations.NullMarked;
