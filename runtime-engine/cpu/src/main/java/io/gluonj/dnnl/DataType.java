package io.gluonj.dnnl;

/** {@code dnnl_data_type_t}: element types of memory. */
public enum DataType {
  F16(1, 2),
  BF16(2, 2),
  F32(3, 4),
  S32(4, 4),
  S8(5, 1),
  U8(6, 1),
  F64(7, 8);

  private final int code;
  private final int bytes;

  DataType(int code, int bytes) {
    this.code = code;
    this.bytes = bytes;
  }

  int code() {
    return code;
  }

  /** Size of an element. */
  public int bytes() {
    return bytes;
  }

  static DataType of(int code) {
    for (DataType type : values()) {
      if (type.code == code) {
        return type;
      }
    }
    throw new IllegalArgumentException("dnnl_data_type_t " + code + " is not used by the engine");
  }
}
