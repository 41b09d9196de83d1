/** The rules of ARCHITECTURE.md as tests: who may depend on whom, and how large files may grow. */
@NullMarked
package io.gluonj.test.arch;

import org.jspecify.annotations.NullMarked;
