package io.github.polverdict.lab;

import java.util.List;

/** A lab whose cluster is reached by the user's kubectl, and in no other way. */
public record Reached(Lab lab, Command kubectl) implements Cluster {
  @Override
  public Command.Ended kubectl(String input, String... arguments) {
    return kubectl.and(lab.access().options()).and(List.of(arguments)).run(input);
  }
}
