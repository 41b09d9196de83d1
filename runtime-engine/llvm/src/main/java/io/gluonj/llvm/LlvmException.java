package io.gluonj.llvm;

/** LLVM refused to do what the engine asked for; the message names the step and quotes LLVM. */
public class LlvmException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception with its whole message. */
  public LlvmException(String message) {
    super(message);
  }
}
