package io.gluonj.ptx;

/** What a lane waits for. */
enum Wait {
  NOTHING,
  BARRIER,
  BARRIER_AND,
  BARRIER_OR,
  BARRIER_COUNT,
  WARP,
  SHUFFLE_UP,
  SHUFFLE_DOWN,
  SHUFFLE_BUTTERFLY,
  SHUFFLE_INDEX,
  VOTE_ALL,
  VOTE_ANY,
  VOTE_UNIFORM,
  VOTE_BALLOT,
  MATCH_ANY,
  MATCH_ALL;

  boolean barrier() {
    return this == BARRIER || this == BARRIER_AND || this == BARRIER_OR || this == BARRIER_COUNT;
  }
}
