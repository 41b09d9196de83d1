/** A user's program: a block with parameters of its own, and a main that trains it. */
package demo;
