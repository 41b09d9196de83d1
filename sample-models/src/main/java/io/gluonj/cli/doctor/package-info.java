/**
 * What {@code ./gluonj doctor} finds out about a machine. Each class looks at one part of it and
 * gives lines to print; nothing here changes anything or throws on what it finds.
 */
@NullMarked
package io.gluonj.cli.doctor;

import org.jspecify.annotations.NullMarked;
