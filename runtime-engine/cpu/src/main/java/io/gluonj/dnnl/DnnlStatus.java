package io.gluonj.dnnl;

/** {@code dnnl_status_t}: what a call of oneDNN answers. */
public enum DnnlStatus {
  SUCCESS(0, "the call succeeded"),
  OUT_OF_MEMORY(1, "memory is exhausted"),
  INVALID_ARGUMENTS(2, "shapes, data types or formats do not fit together"),
  UNIMPLEMENTED(3, "oneDNN has no implementation for these shapes, data types and formats"),
  LAST_IMPL_REACHED(4, "there is no further implementation"),
  RUNTIME_ERROR(5, "the primitive failed while it ran"),
  NOT_REQUIRED(6, "what was asked for is not needed"),
  INVALID_GRAPH(7, "the graph is not valid"),
  INVALID_GRAPH_OP(8, "an operation of the graph is not valid"),
  INVALID_SHAPE(9, "a shape is not valid"),
  INVALID_DATA_TYPE(10, "a data type is not valid"),
  UNKNOWN(-1, "the status is not known to this version of the engine");

  private final int code;
  private final String meaning;

  DnnlStatus(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  /** Number used by the C API. */
  public int code() {
    return code;
  }

  /** What it means, as part of a sentence. */
  public String meaning() {
    return meaning;
  }

  static DnnlStatus of(int code) {
    for (DnnlStatus status : values()) {
      if (status.code == code) {
        return status;
      }
    }
    return UNKNOWN;
  }
}
