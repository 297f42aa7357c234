package io.github.polverdict.lab.local;

import io.github.polverdict.lab.LabFailure;
import java.io.IOException;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The links from this machine to labs, {@code 10.LINK.255.0/30}. Inside, all labs have the same
 * addresses, for they never meet.
 */
final class Links {
  private static final int FIRST = 80;
  private static final int LAST = 199;

  private Links() {}

  /** A second octet that no other lab and no interface of this machine has. */
  static int free(List<String> taken) {
    Set<String> used = new HashSet<>(taken);
    try {
      NetworkInterface.networkInterfaces()
          .flatMap(i -> i.getInterfaceAddresses().stream())
          .map(InterfaceAddress::getAddress)
          .map(a -> a.getHostAddress().split("\\."))
          .filter(octets -> octets.length == 4 && octets[0].equals("10"))
          .forEach(octets -> used.add(octets[1]));
    } catch (SocketException e) {
      throw new LabFailure("can't list this machine's addresses: " + reason(e));
    }
    return IntStream.rangeClosed(FIRST, LAST)
        .filter(s -> !used.contains(String.valueOf(s)))
        .findFirst()
        .orElseThrow(() -> new LabFailure("there is no room for one more lab"));
  }

  private static String reason(IOException e) {
    return String.valueOf(e.getMessage());
  }
}
