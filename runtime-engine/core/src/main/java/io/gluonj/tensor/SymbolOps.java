package io.gluonj.tensor;

import io.gluonj.types.DType;
import io.gluonj.types.Shape;

/** {@link TensorOps} with results known to be of type {@link Symbol}. */
public sealed interface SymbolOps extends TensorOps permits Symbol {
  @Override
  default Symbol add(Tensor other) {
    return (Symbol) TensorOps.super.add(other);
  }

  @Override
  default Symbol add(double value) {
    return (Symbol) TensorOps.super.add(value);
  }

  @Override
  default Symbol sub(Tensor other) {
    return (Symbol) TensorOps.super.sub(other);
  }

  @Override
  default Symbol sub(double value) {
    return (Symbol) TensorOps.super.sub(value);
  }

  @Override
  default Symbol rsub(double value) {
    return (Symbol) TensorOps.super.rsub(value);
  }

  @Override
  default Symbol mul(Tensor other) {
    return (Symbol) TensorOps.super.mul(other);
  }

  @Override
  default Symbol mul(double value) {
    return (Symbol) TensorOps.super.mul(value);
  }

  @Override
  default Symbol div(Tensor other) {
    return (Symbol) TensorOps.super.div(other);
  }

  @Override
  default Symbol div(double value) {
    return (Symbol) TensorOps.super.div(value);
  }

  @Override
  default Symbol rdiv(double value) {
    return (Symbol) TensorOps.super.rdiv(value);
  }

  @Override
  default Symbol pow(Tensor other) {
    return (Symbol) TensorOps.super.pow(other);
  }

  @Override
  default Symbol pow(double value) {
    return (Symbol) TensorOps.super.pow(value);
  }

  @Override
  default Symbol maximum(Tensor other) {
    return (Symbol) TensorOps.super.maximum(other);
  }

  @Override
  default Symbol maximum(double value) {
    return (Symbol) TensorOps.super.maximum(value);
  }

  @Override
  default Symbol minimum(Tensor other) {
    return (Symbol) TensorOps.super.minimum(other);
  }

  @Override
  default Symbol minimum(double value) {
    return (Symbol) TensorOps.super.minimum(value);
  }

  @Override
  default Symbol equal(Tensor other) {
    return (Symbol) TensorOps.super.equal(other);
  }

  @Override
  default Symbol greater(Tensor other) {
    return (Symbol) TensorOps.super.greater(other);
  }

  @Override
  default Symbol greater(double value) {
    return (Symbol) TensorOps.super.greater(value);
  }

  @Override
  default Symbol lesser(Tensor other) {
    return (Symbol) TensorOps.super.lesser(other);
  }

  @Override
  default Symbol neg() {
    return (Symbol) TensorOps.super.neg();
  }

  @Override
  default Symbol abs() {
    return (Symbol) TensorOps.super.abs();
  }

  @Override
  default Symbol sign() {
    return (Symbol) TensorOps.super.sign();
  }

  @Override
  default Symbol exp() {
    return (Symbol) TensorOps.super.exp();
  }

  @Override
  default Symbol log() {
    return (Symbol) TensorOps.super.log();
  }

  @Override
  default Symbol sqrt() {
    return (Symbol) TensorOps.super.sqrt();
  }

  @Override
  default Symbol square() {
    return (Symbol) TensorOps.super.square();
  }

  @Override
  default Symbol tanh() {
    return (Symbol) TensorOps.super.tanh();
  }

  @Override
  default Symbol erf() {
    return (Symbol) TensorOps.super.erf();
  }

  @Override
  default Symbol relu() {
    return (Symbol) TensorOps.super.relu();
  }

  @Override
  default Symbol sigmoid() {
    return (Symbol) TensorOps.super.sigmoid();
  }

  @Override
  default Symbol clip(double low, double high) {
    return (Symbol) TensorOps.super.clip(low, high);
  }

  @Override
  default Symbol cast(DType type) {
    return (Symbol) TensorOps.super.cast(type);
  }

  @Override
  default Symbol zerosLike() {
    return (Symbol) TensorOps.super.zerosLike();
  }

  @Override
  default Symbol onesLike() {
    return (Symbol) TensorOps.super.onesLike();
  }

  @Override
  default Symbol reshape(long... shape) {
    return (Symbol) TensorOps.super.reshape(shape);
  }

  @Override
  default Symbol reshapeTo(Shape shape) {
    return (Symbol) TensorOps.super.reshapeTo(shape);
  }

  @Override
  default Symbol reshapeLike(Tensor other) {
    return (Symbol) TensorOps.super.reshapeLike(other);
  }

  @Override
  default Symbol flatten() {
    return (Symbol) TensorOps.super.flatten();
  }

  @Override
  default Symbol expandDims(int axis) {
    return (Symbol) TensorOps.super.expandDims(axis);
  }

  @Override
  default Symbol squeeze(int... axes) {
    return (Symbol) TensorOps.super.squeeze(axes);
  }

  @Override
  default Symbol transpose(int... axes) {
    return (Symbol) TensorOps.super.transpose(axes);
  }

  @Override
  default Symbol broadcastTo(long... shape) {
    return (Symbol) TensorOps.super.broadcastTo(shape);
  }

  @Override
  default Symbol sliceAxis(int axis, long begin, long end) {
    return (Symbol) TensorOps.super.sliceAxis(axis, begin, end);
  }

  @Override
  default Symbol sum(int... axes) {
    return (Symbol) TensorOps.super.sum(axes);
  }

  @Override
  default Symbol mean(int... axes) {
    return (Symbol) TensorOps.super.mean(axes);
  }

  @Override
  default Symbol max(int... axes) {
    return (Symbol) TensorOps.super.max(axes);
  }

  @Override
  default Symbol min(int... axes) {
    return (Symbol) TensorOps.super.min(axes);
  }

  @Override
  default Symbol argmax(int axis) {
    return (Symbol) TensorOps.super.argmax(axis);
  }

  @Override
  default Symbol argmin(int axis) {
    return (Symbol) TensorOps.super.argmin(axis);
  }

  @Override
  default Symbol norm() {
    return (Symbol) TensorOps.super.norm();
  }

  @Override
  default Symbol dot(Tensor other) {
    return (Symbol) TensorOps.super.dot(other);
  }

  @Override
  default Symbol softmax(int axis) {
    return (Symbol) TensorOps.super.softmax(axis);
  }

  @Override
  default Symbol logSoftmax(int axis) {
    return (Symbol) TensorOps.super.logSoftmax(axis);
  }

  @Override
  default Symbol pick(Tensor index, int axis) {
    return (Symbol) TensorOps.super.pick(index, axis);
  }

  @Override
  default Symbol oneHot(long depth) {
    return (Symbol) TensorOps.super.oneHot(depth);
  }

  @Override
  default Symbol where(Tensor condition, Tensor other) {
    return (Symbol) TensorOps.super.where(condition, other);
  }

  @Override
  default Symbol sumTo(Shape shape) {
    return (Symbol) TensorOps.super.sumTo(shape);
  }
}
