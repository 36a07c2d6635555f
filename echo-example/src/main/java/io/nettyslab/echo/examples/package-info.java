/**
 * The allocator in small programs that stand by themselves, each in one file: with a plain blocking socket, with
 * datagrams, with a file. Run one as {@code java -cp echo-example.jar io.nettyslab.echo.examples.BlockingSocket}.
 *
 * <p>They use nothing of the other packages. Each prints what it did and ends with exit code 1 if any byte came back
 * wrong or any buffer did not come home.
 */
package io.nettyslab.echo.examples;
