/**
 * What {@code ./gluonj train} does: the data, the loop, its progress, and the files it leaves.
 *
 * <p>The loop is the one a user would write: a loader, {@code Autograd.record}, {@code backward},
 * {@code Trainer.step}. Around it stands what an unattended run needs: it stops on a loss that is
 * no number, saves on Ctrl-C, checks the output folder before it starts, and writes files beside
 * and moves them. Options and messages for the command line stay in {@link io.gluonj.cli}.
 */
@NullMarked
package io.gluonj.cli.train;

import org.jspecify.annotations.NullMarked;
