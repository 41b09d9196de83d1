package io.gluonj.tensor;

import io.gluonj.types.DType;
import io.gluonj.types.Shape;

/** {@link TensorOps} with results known to be of type {@link NDArray}. */
public sealed interface NDArrayOps extends TensorOps permits NDArray {
  @Override
  default NDArray add(Tensor other) {
    return (NDArray) TensorOps.super.add(other);
  }

  @Override
  default NDArray add(double value) {
    return (NDArray) TensorOps.super.add(value);
  }

  @Override
  default NDArray sub(Tensor other) {
    return (NDArray) TensorOps.super.sub(other);
  }

  @Override
  default NDArray sub(double value) {
    return (NDArray) TensorOps.super.sub(value);
  }

  @Override
  default NDArray rsub(double value) {
    return (NDArray) TensorOps.super.rsub(value);
  }

  @Override
  default NDArray mul(Tensor other) {
    return (NDArray) TensorOps.super.mul(other);
  }

  @Override
  default NDArray mul(double value) {
    return (NDArray) TensorOps.super.mul(value);
  }

  @Override
  default NDArray div(Tensor other) {
    return (NDArray) TensorOps.super.div(other);
  }

  @Override
  default NDArray div(double value) {
    return (NDArray) TensorOps.super.div(value);
  }

  @Override
  default NDArray rdiv(double value) {
    return (NDArray) TensorOps.super.rdiv(value);
  }

  @Override
  default NDArray pow(Tensor other) {
    return (NDArray) TensorOps.super.pow(other);
  }

  @Override
  default NDArray pow(double value) {
    return (NDArray) TensorOps.super.pow(value);
  }

  @Override
  default NDArray maximum(Tensor other) {
    return (NDArray) TensorOps.super.maximum(other);
  }

  @Override
  default NDArray maximum(double value) {
    return (NDArray) TensorOps.super.maximum(value);
  }

  @Override
  default NDArray minimum(Tensor other) {
    return (NDArray) TensorOps.super.minimum(other);
  }

  @Override
  default NDArray minimum(double value) {
    return (NDArray) TensorOps.super.minimum(value);
  }

  @Override
  default NDArray equal(Tensor other) {
    return (NDArray) TensorOps.super.equal(other);
  }

  @Override
  default NDArray greater(Tensor other) {
    return (NDArray) TensorOps.super.greater(other);
  }

  @Override
  default NDArray greater(double value) {
    return (NDArray) TensorOps.super.greater(value);
  }

  @Override
  default NDArray lesser(Tensor other) {
    return (NDArray) TensorOps.super.lesser(other);
  }

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
  default NDArray relu() {
    return (NDArray) TensorOps.super.relu();
  }

  @Override
  default NDArray sigmoid() {
    return (NDArray) TensorOps.super.sigmoid();
  }

  @Override
  default NDArray clip(double low, double high) {
    return (NDArray) TensorOps.super.clip(low, high);
  }

  @Override
  default NDArray cast(DType type) {
    return (NDArray) TensorOps.super.cast(type);
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
  default NDArray reshape(long... shape) {
    return (NDArray) TensorOps.super.reshape(shape);
  }

  @Override
  default NDArray reshapeTo(Shape shape) {
    return (NDArray) TensorOps.super.reshapeTo(shape);
  }

  @Override
  default NDArray reshapeLike(Tensor other) {
    return (NDArray) TensorOps.super.reshapeLike(other);
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
  default NDArray squeeze(int... axes) {
    return (NDArray) TensorOps.super.squeeze(axes);
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
  default NDArray sum(int... axes) {
    return (NDArray) TensorOps.super.sum(axes);
  }

  @Override
  default NDArray mean(int... axes) {
    return (NDArray) TensorOps.super.mean(axes);
  }

  @Override
  default NDArray max(int... axes) {
    return (NDArray) TensorOps.super.max(axes);
  }

  @Override
  default NDArray min(int... axes) {
    return (NDArray) TensorOps.super.min(axes);
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

  @Override
  default NDArray dot(Tensor other) {
    return (NDArray) TensorOps.super.dot(other);
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
  default NDArray where(Tensor condition, Tensor other) {
    return (NDArray) TensorOps.super.where(condition, other);
  }

  @Override
  default NDArray sumTo(Shape shape) {
    return (NDArray) TensorOps.super.sumTo(shape);
  }
}
