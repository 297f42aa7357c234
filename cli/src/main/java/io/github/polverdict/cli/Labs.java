package io.github.polverdict.cli;

import io.github.polverdict.lab.Cluster;
import io.github.polverdict.lab.Driver;
import io.github.polverdict.lab.Lab;
import io.github.polverdict.lab.LabState;
import io.github.polverdict.lab.Programs;
import io.github.polverdict.lab.context.ContextDriver;
import io.github.polverdict.lab.kind.KindDriver;
import io.github.polverdict.lab.local.Home;
import io.github.polverdict.lab.local.LocalDriver;
import java.util.List;
import java.util.stream.Collectors;

/** The labs there are, and who makes them. */
final class Labs {
  private final LocalDriver local;
  private final List<Driver> drivers;

  Labs() {
    Home home = Home.of(System.getenv());
    Programs programs = Programs.ofThisMachine();
    local = new LocalDriver(home);
    drivers =
        List.of(
            local,
            new KindDriver(home.shelf(), programs),
            new ContextDriver(home.shelf(), programs));
  }

  /** The driver of labs that packets can be sent in from everywhere. */
  LocalDriver local() {
    return local;
  }

  /** The lab as a place to make objects in. */
  Cluster cluster(Lab lab) {
    return driver(lab.driver()).cluster(lab);
  }

  /** The lab of that name, if it is one that packets can be sent in from nodes and from outside. */
  Lab whole(String name) {
    Lab lab = ready(name);
    if (!lab.driver().equals(local.name())) {
      throw new Complaint(
          ExitCode.USAGE,
          "the lab %s is of --driver %s; only those of --driver %s can do that"
              .formatted(name, lab.driver(), local.name()));
    }
    return lab;
  }

  Driver driver(String name) {
    return drivers.stream()
        .filter(d -> d.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new Complaint(
                ExitCode.USAGE,
                "there is no driver '"
                    + name
                    + "'; say "
                    + drivers.stream().map(Driver::name).collect(Collectors.joining(" or "))));
  }

  List<Lab> all() {
    return drivers.stream().flatMap(d -> d.list().stream()).toList();
  }

  Lab named(String name) {
    return all().stream()
        .filter(lab -> lab.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new Complaint(
                ExitCode.UNREADABLE,
                "there is no lab '" + name + "'; 'polverdict lab list' shows what there is"));
  }

  /** The lab of that name, if packets can be sent in it. */
  Lab ready(String name) {
    Lab lab = named(name);
    if (lab.state() != LabState.READY) {
      throw new Complaint(
          ExitCode.UNREADABLE,
          "the lab %s is %s; 'polverdict lab down --name %s' removes it"
              .formatted(name, lab.state().name().toLowerCase(java.util.Locale.ROOT), name));
    }
    return lab;
  }
}
