package io.gluonj.processor.model;

/** The type of a forward argument or of a forward result. */
public enum ValueKind {
  TENSOR,
  NDARRAY,
  TENSOR_LIST,
  NDARRAY_LIST,
  TENSOR_ARRAY,
  NDARRAY_ARRAY,
  OTHER;

  /** Whether it is a list or an array. */
  public boolean isSeveral() {
    return switch (this) {
      case TENSOR_LIST, NDARRAY_LIST, TENSOR_ARRAY, NDARRAY_ARRAY -> true;
      case TENSOR, NDARRAY, OTHER -> false;
    };
  }

  /** Whether it is made of {@code NDArray}. */
  public boolean isImperative() {
    return switch (this) {
      case NDARRAY, NDARRAY_LIST, NDARRAY_ARRAY -> true;
      case TENSOR, TENSOR_LIST, TENSOR_ARRAY, OTHER -> false;
    };
  }
}
