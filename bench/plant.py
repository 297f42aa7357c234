#!/usr/bin/env python3
"""Copies a synthetic cluster of generate.py with 20 planted differences, each of which changes a flow; prints their inputs.

usage: plant.py FROM TO

Four each of: a namespace's label, a label of an app's pods, a policy that is missing, a policy's port, a policy that is
new. One is taken if without it some flow would not differ, by a reading of the policies that is simple
enough to be obvious: generate.py writes no more than it knows. The same input gives the same differences.
"""
import copy
import functools
import ipaddress
import os
import random
import sys

import yaml

PORTS = [80, 443, 5432, 6379, 8080, 9090, 9999, 30000, 30999]
source, target = sys.argv[1:3]
dice = random.Random(20261124)
os.makedirs(target, exist_ok=True)


def read(name):
    with open(os.path.join(source, name)) as file:
        return list(yaml.load_all(file, getattr(yaml, "CSafeLoader", yaml.SafeLoader)))


class Cluster:
    """What of a cluster the policies tell apart: teams of namespaces, labels of apps, and the policies."""

    def __init__(self, teams, apps, policies):
        self.teams, self.apps, self.policies = dict(teams), dict(apps), list(policies)


def wears(selector, labels):
    return all(labels.get(k) == v for k, v in (selector or {}).get("matchLabels", {}).items())


@functools.cache
def network(cidr):
    return ipaddress.ip_network(cidr)


def is_peer(peer, policy, end, teams):
    """An end is (namespace, labels) of a pod, or an address outside."""
    if "ipBlock" in peer or isinstance(end, str):
        return "ipBlock" in peer and isinstance(end, str) and ipaddress.ip_address(end) in network(peer["ipBlock"]["cidr"])
    near = "namespaceSelector" in peer or end[0] == policy["metadata"]["namespace"]
    return near and wears(peer.get("namespaceSelector"), teams[end[0]]) and wears(peer.get("podSelector"), end[1])


def numbers(ports):
    """Those of PORTS that a rule lets through."""
    firsts = [(8080 if p["port"] == "http" else p["port"], p.get("endPort")) for p in ports]
    return {n for n in PORTS for first, last in firsts if first <= n <= (last or first)}


def selecting(cluster, direction, end):
    return [] if isinstance(end, str) else [
        p for p in cluster.policies if p["spec"]["policyTypes"] == [direction] and p["metadata"]["namespace"] == end[0]
        and wears(p["spec"]["podSelector"], end[1])]


def passes(own, direction, other, teams):
    """Those of PORTS that these policies let through to or from the other."""
    out = set() if own else set(PORTS)
    for policy in own:
        for rule in policy["spec"].get(direction.lower(), []):
            if any(is_peer(peer, policy, other, teams) for peer in rule["to" if direction == "Egress" else "from"]):
                out |= numbers(rule["ports"])
    return out


def open_flows(cluster, outside):
    """What is let through between apps, and between apps and these addresses outside."""
    ends = {**cluster.apps, **{o: o for o in outside}}
    egress = {name: selecting(cluster, "Egress", end) for name, end in ends.items()}
    ingress = {name: selecting(cluster, "Ingress", end) for name, end in ends.items()}
    return {
        (a, b, n) for a, src in ends.items() for b, dst in ends.items() if not (isinstance(src, str) and isinstance(dst, str))
        for n in passes(egress[a], "Egress", dst, cluster.teams) & passes(ingress[b], "Ingress", src, cluster.teams)}


def relabel_namespace(namespace, cluster):
    cluster.teams[namespace] = {"team": "other"}


def relabel_app(app, cluster):
    namespace, labels = cluster.apps[app]
    cluster.apps[app] = (namespace, {**labels, "tier" if app.endswith(("1", "3")) else "app": "other"})


def named(name, cluster):
    return next(p for p in cluster.policies if p["metadata"]["name"] == name)


def remove_policy(name, cluster):
    cluster.policies.remove(named(name, cluster))


def change_port(name, cluster):
    policy = copy.deepcopy(named(name, cluster))
    rule = (policy["spec"].get("ingress") or policy["spec"].get("egress"))[0]
    rule["ports"][0] = {"port": 9999}
    cluster.policies[cluster.policies.index(named(name, cluster))] = policy


def let_out(namespace, cluster):
    cluster.policies.append({
        "apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy", "metadata": {"name": "new", "namespace": namespace},
        "spec": {"podSelector": {}, "policyTypes": ["Egress"],
                 "egress": [{"to": [{"ipBlock": {"cidr": "192.0.2.0/24"}}], "ports": [{"port": 443}]}]}})


def addresses(name, cluster):
    spec = named(name, cluster)["spec"]
    rules = spec.get("ingress", []) + spec.get("egress", [])
    return [p["ipBlock"]["cidr"].split("/")[0] for r in rules for p in r.get("from", r.get("to")) if "ipBlock" in p]


def app(pod):
    return pod["metadata"]["name"].rsplit("-", 1)[0]


namespaces, pods, policies = read("namespaces.yaml"), read("pods.yaml"), read("policies.yaml")
whole = Cluster(
    {n["metadata"]["name"]: n["metadata"]["labels"] for n in namespaces},
    {app(p): (p["metadata"]["namespace"], p["metadata"]["labels"]) for p in pods}, policies)
used = sorted({namespace for namespace, _ in whole.apps.values()})
ruled = [p["metadata"]["name"] for p in policies if p["spec"].get("ingress") or p["spec"].get("egress")]
home = {p["metadata"]["name"]: p["metadata"]["namespace"] for p in policies}
first = {a: min(p["metadata"]["name"] for p in pods if app(p) == a) for a in whole.apps}
sorts = [
    (let_out, used, lambda namespace: f"POLICY NetworkPolicy {namespace}/new"),
    (relabel_namespace, used, lambda namespace: f"NAMESPACE {namespace}"),
    (relabel_app, sorted(whole.apps), lambda a: f"WORKLOAD {whole.apps[a][0]}/{first[a]}[Pod]"),
    (remove_policy, ruled, lambda p: f"POLICY NetworkPolicy {home[p]}/{p}"),
    (change_port, ruled, lambda p: f"POLICY NetworkPolicy {home[p]}/{p}"),
]


def planted(steps):
    out = Cluster(whole.teams, whole.apps, whole.policies)
    for act, what, _ in steps:
        act(what, out)
    return out


def matters(step, steps):
    """Whether a flow differs between both clusters that would not without it."""
    outside = ["192.0.2.1"] + (addresses(step[1], whole) if step[0] in (remove_policy, change_port) else [])
    before = open_flows(whole, outside)
    differs = before ^ open_flows(planted(steps), outside)
    return bool(differs - (before ^ open_flows(planted([s for s in steps if s is not step]), outside)))


steps = []
for act, choices, says in sorts:
    taken = 0
    for what in dice.sample(choices, len(choices)):
        step = (act, what, says(what))
        again = any(s[0] in (remove_policy, change_port) and s[1] == what for s in steps)
        if taken < 4 and not again and matters(step, [*steps, step]):
            steps, taken = [*steps, step], taken + 1
    if taken < 4:
        sys.exit(f"{act.__name__}: only {taken} of 4 could be planted")
lost = [s[2] for s in steps if not matters(s, steps)]
if lost:
    sys.exit(f"what was planted later hides {lost}")
out = planted(steps)
for namespace in namespaces:
    namespace["metadata"]["labels"] = out.teams[namespace["metadata"]["name"]]
for pod in pods:
    pod["metadata"]["labels"] = out.apps[app(pod)][1]
for name, documents in (("namespaces", namespaces), ("pods", pods), ("policies", out.policies)):
    with open(os.path.join(target, name + ".yaml"), "w") as file:
        yaml.dump_all(documents, file, Dumper=getattr(yaml, "CSafeDumper", yaml.SafeDumper))
print("\n".join(s[2] for s in steps))
