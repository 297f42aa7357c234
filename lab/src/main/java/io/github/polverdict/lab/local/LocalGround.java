package io.github.polverdict.lab.local;

import io.github.polverdict.lab.Command;
import io.github.polverdict.lab.Ground;
import io.github.polverdict.lab.Lab;
import io.github.polverdict.lab.LabFailure;
import io.github.polverdict.lab.Packet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A lab of this machine's processes: packets are sent from the network namespaces of its parts. */
record LocalGround(Lab lab, Command kubectl, Function<String, Command> script) implements Ground {

  @Override
  public Command.Ended kubectl(String input, String... arguments) {
    return kubectl.and(lab.access().options()).and(List.of(arguments)).run(input);
  }

  @Override
  public Map<String, String> send(List<Packet> packets) {
    String input =
        packets.stream()
            .map(p -> String.join(" ", p.id(), p.where(), p.protocol(), p.address(), "" + p.port()))
            .collect(Collectors.joining("\n", "", "\n"));
    Command.Ended ended = script.apply("probe").run(input);
    if (ended.code() != 0) {
      throw new LabFailure("no packets could be sent: " + ended.output().strip());
    }
    Map<String, String> out = new HashMap<>();
    ended
        .output()
        .lines()
        .forEach(line -> {
          String[] words = line.split(" ", 2);
          out.put(words[0], words.length > 1 ? words[1] : "");
        });
    return out;
  }

  @Override
  public void outside(Collection<String> addresses) {
    Command.Ended ended = script.apply("outside").and(List.copyOf(addresses)).run();
    if (ended.code() != 0) {
      throw new LabFailure("there are no hosts outside: " + ended.output().strip());
    }
  }

  @Override
  public int deaths() {
    String count = script.apply("deaths").run().output().strip();
    return count.matches("\\d+") ? Integer.parseInt(count) : 0;
  }

  @Override
  public void recover() {
    Command.Ended ended = script.apply("recover").run();
    if (ended.code() != 0) {
      throw new LabFailure(
          "the lab %s is not what it was: %s".formatted(lab.name(), ended.output().strip()));
    }
  }

  @Override
  public Map<String, String> pins() {
    Command.Ended ended = script.apply("pins").run();
    if (ended.code() != 0) {
      throw new LabFailure("what runs in the lab is not known: " + ended.output().strip());
    }
    Map<String, String> out = new TreeMap<>();
    ended
        .output()
        .lines()
        .forEach(line -> {
          String[] pair = line.split("=", 2);
          out.put(pair[0], pair.length > 1 ? pair[1] : "");
        });
    return out;
  }
}
