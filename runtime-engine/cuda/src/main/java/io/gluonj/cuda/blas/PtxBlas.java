package io.gluonj.cuda.blas;
final class PtxBlas implements Blas { PtxBlas(BlasDevice d) {} public String title() { return "x"; } public void multiply(Product p, long a, long b, long c) {} public void close() {} }
