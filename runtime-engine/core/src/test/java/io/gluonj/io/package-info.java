/** Tests of the readers and writers of MXNet's files. */
@NullMarked
package io.gluonj.io;

import org.jspecify.annotations.NullMarked;
