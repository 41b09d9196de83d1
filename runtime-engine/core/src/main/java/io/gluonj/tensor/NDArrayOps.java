package io.gluonj.tensor;

import io.gluonj.types.DType;
import io.gluonj.types.Shape;

/**
 * {@link TensorOps} with results known to be of type {@link NDArray}.
 *
 * <p>Generated from the operators' schemas; {@code docs/how-to/add-an-operator.md} says how.
 */
public sealed interface NDArrayOps extends TensorOps permits NDArray {
  @Override
  default NDArray neg() {
    return (NDArray) TensorOps.super.neg();
  }

  @Override
  default NDArray abs() {
    return (NDArray) TensorOps.super.abs();
  }

  @Override
  default NDArray sign() {
    return (NDArray) TensorOps.super.sign();
  }

  @Override
  default NDArray exp() {
    return (NDArray) TensorOps.super.exp();
  }

  @Override
  default NDArray log() {
    return (NDArray) TensorOps.super.log();
  }

  @Override
  default NDArray sqrt() {
    return (NDArray) TensorOps.super.sqrt();
  }

  @Override
  default NDArray square() {
    return (NDArray) TensorOps.super.square();
  }

  @Override
  default NDArray tanh() {
    return (NDArray) TensorOps.super.tanh();
  }

  @Override
  default NDArray erf() {
    return (NDArray) TensorOps.super.erf();
  }

  @Override
  default NDArray add(Tensor rhs) {
    return (NDArray) TensorOps.super.add(rhs);
  }

  @Override
  default NDArray sub(Tensor rhs) {
    return (NDArray) TensorOps.super.sub(rhs);
  }

  @Override
  default NDArray mul(Tensor rhs) {
    return (NDArray) TensorOps.super.mul(rhs);
  }

  @Override
  default NDArray div(Tensor rhs) {
    return (NDArray) TensorOps.super.div(rhs);
  }

  @Override
  default NDArray pow(Tensor rhs) {
    return (NDArray) TensorOps.super.pow(rhs);
  }

  @Override
  default NDArray maximum(Tensor rhs) {
    return (NDArray) TensorOps.super.maximum(rhs);
  }

  @Override
  default NDArray minimum(Tensor rhs) {
    return (NDArray) TensorOps.super.minimum(rhs);
  }

  @Override
  default NDArray equal(Tensor rhs) {
    return (NDArray) TensorOps.super.equal(rhs);
  }

  @Override
  default NDArray greater(Tensor rhs) {
    return (NDArray) TensorOps.super.greater(rhs);
  }

  @Override
  default NDArray lesser(Tensor rhs) {
    return (NDArray) TensorOps.super.lesser(rhs);
  }

  @Override
  default NDArray where(Tensor condition, Tensor y) {
    return (NDArray) TensorOps.super.where(condition, y);
  }

  @Override
  default NDArray add(double scalar) {
    return (NDArray) TensorOps.super.add(scalar);
  }

  @Override
  default NDArray sub(double scalar) {
    return (NDArray) TensorOps.super.sub(scalar);
  }

  @Override
  default NDArray rsub(double scalar) {
    return (NDArray) TensorOps.super.rsub(scalar);
  }

  @Override
  default NDArray mul(double scalar) {
    return (NDArray) TensorOps.super.mul(scalar);
  }

  @Override
  default NDArray div(double scalar) {
    return (NDArray) TensorOps.super.div(scalar);
  }

  @Override
  default NDArray rdiv(double scalar) {
    return (NDArray) TensorOps.super.rdiv(scalar);
  }

  @Override
  default NDArray pow(double scalar) {
    return (NDArray) TensorOps.super.pow(scalar);
  }

  @Override
  default NDArray maximum(double scalar) {
    return (NDArray) TensorOps.super.maximum(scalar);
  }

  @Override
  default NDArray minimum(double scalar) {
    return (NDArray) TensorOps.super.minimum(scalar);
  }

  @Override
  default NDArray greater(double scalar) {
    return (NDArray) TensorOps.super.greater(scalar);
  }

  @Override
  default NDArray clip(double aMin, double aMax) {
    return (NDArray) TensorOps.super.clip(aMin, aMax);
  }

  @Override
  default NDArray relu() {
    return (NDArray) TensorOps.super.relu();
  }

  @Override
  default NDArray sigmoid() {
    return (NDArray) TensorOps.super.sigmoid();
  }

  @Override
  default NDArray zerosLike() {
    return (NDArray) TensorOps.super.zerosLike();
  }

  @Override
  default NDArray onesLike() {
    return (NDArray) TensorOps.super.onesLike();
  }

  @Override
  default NDArray cast(DType dtype) {
    return (NDArray) TensorOps.super.cast(dtype);
  }

  @Override
  default NDArray reshape(long... shape) {
    return (NDArray) TensorOps.super.reshape(shape);
  }

  @Override
  default NDArray reshapeTo(Shape shape) {
    return (NDArray) TensorOps.super.reshapeTo(shape);
  }

  @Override
  default NDArray reshapeLike(Tensor rhs) {
    return (NDArray) TensorOps.super.reshapeLike(rhs);
  }

  @Override
  default NDArray flatten() {
    return (NDArray) TensorOps.super.flatten();
  }

  @Override
  default NDArray expandDims(int axis) {
    return (NDArray) TensorOps.super.expandDims(axis);
  }

  @Override
  default NDArray squeeze(int... axis) {
    return (NDArray) TensorOps.super.squeeze(axis);
  }

  @Override
  default NDArray transpose(int... axes) {
    return (NDArray) TensorOps.super.transpose(axes);
  }

  @Override
  default NDArray broadcastTo(long... shape) {
    return (NDArray) TensorOps.super.broadcastTo(shape);
  }

  @Override
  default NDArray sliceAxis(int axis, long begin, long end) {
    return (NDArray) TensorOps.super.sliceAxis(axis, begin, end);
  }

  @Override
  default NDArray sum(int... axis) {
    return (NDArray) TensorOps.super.sum(axis);
  }

  @Override
  default NDArray mean(int... axis) {
    return (NDArray) TensorOps.super.mean(axis);
  }

  @Override
  default NDArray max(int... axis) {
    return (NDArray) TensorOps.super.max(axis);
  }

  @Override
  default NDArray min(int... axis) {
    return (NDArray) TensorOps.super.min(axis);
  }

  @Override
  default NDArray sumTo(Shape shape) {
    return (NDArray) TensorOps.super.sumTo(shape);
  }

  @Override
  default NDArray dot(Tensor rhs) {
    return (NDArray) TensorOps.super.dot(rhs);
  }

  @Override
  default NDArray softmax(int axis) {
    return (NDArray) TensorOps.super.softmax(axis);
  }

  @Override
  default NDArray logSoftmax(int axis) {
    return (NDArray) TensorOps.super.logSoftmax(axis);
  }

  @Override
  default NDArray pick(Tensor index, int axis) {
    return (NDArray) TensorOps.super.pick(index, axis);
  }

  @Override
  default NDArray oneHot(long depth) {
    return (NDArray) TensorOps.super.oneHot(depth);
  }

  @Override
  default NDArray argmax(int axis) {
    return (NDArray) TensorOps.super.argmax(axis);
  }

  @Override
  default NDArray argmin(int axis) {
    return (NDArray) TensorOps.super.argmin(axis);
  }

  @Override
  default NDArray norm() {
    return (NDArray) TensorOps.super.norm();
  }
}
