package io.github.polverdict.core.model;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All endpoints and Services of one cluster, in the order of their ids. */
public final class Universe {
  private final List<Endpoint> endpoints;
  private final List<Service> services;
  private final Map<String, Endpoint> byId = new HashMap<>();

  public Universe(List<Endpoint> endpoints, List<Service> services) {
    this.endpoints = List.copyOf(endpoints);
    this.services = List.copyOf(services);
    for (Endpoint endpoint : endpoints) {
      if (byId.put(endpoint.id(), endpoint) != null) {
        throw new IllegalArgumentException("two endpoints are called " + endpoint.id());
      }
    }
  }

  public List<Endpoint> endpoints() {
    return endpoints;
  }

  public List<Service> services() {
    return services;
  }

  public Optional<Endpoint> endpoint(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  public Optional<Endpoint> node(String name) {
    return endpoint("node/" + name);
  }
}
