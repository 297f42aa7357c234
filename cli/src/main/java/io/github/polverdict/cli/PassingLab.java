package io.github.polverdict.cli;

import io.github.polverdict.lab.Driver;
import io.github.polverdict.lab.Lab;
import io.github.polverdict.lab.LabRequest;
import java.util.function.Consumer;

/**
 * A lab for as long as something is done in it: it goes with that, also when the user interrupts.
 */
final class PassingLab implements AutoCloseable {
  private final Driver driver;
  private final LabRequest request;
  private final Thread atEnd = new Thread(this::remove);

  PassingLab(Driver driver, LabRequest request) {
    this.driver = driver;
    this.request = request;
    Runtime.getRuntime().addShutdownHook(atEnd);
  }

  Lab up(Consumer<String> progress) {
    return driver.up(request, progress);
  }

  private synchronized void remove() {
    driver.list().stream().filter(lab -> lab.name().equals(request.name())).forEach(driver::down);
  }

  @Override
  public void close() {
    remove();
    try {
      Runtime.getRuntime().removeShutdownHook(atEnd);
    } catch (IllegalStateException _) {
      // the program ends already, and the hook finds nothing left
    }
  }
}
