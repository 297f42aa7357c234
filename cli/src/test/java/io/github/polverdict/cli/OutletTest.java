package io.github.polverdict.cli;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import org.junit.jupiter.api.Test;

class OutletTest {
  private static Outlet failing(String message) {
    return new Outlet(
        new OutputStream() {
          @Override
          public void write(int one) throws IOException {
            throw new IOException(message);
          }
        });
  }

  @Test
  void a_reader_that_leaves_ends_the_run_and_a_full_disk_is_an_error() {
    try (Outlet gone = failing("Broken pipe");
        Outlet full = failing("No space left on device")) {
      assertThatThrownBy(() -> gone.write('x')).isInstanceOf(Outlet.ReaderLeft.class);
      assertThatThrownBy(() -> full.write('x')).isInstanceOf(IOException.class);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
