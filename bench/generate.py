#!/usr/bin/env python3
"""Writes a deterministic synthetic cluster as Kubernetes YAML, for timing whole runs.

usage: generate.py OUT PODS NAMESPACES POLICIES [shared|distinct]

shared: pods in apps of 10 to 50 that share their labels; distinct: each pod has a label of its own.
"""
import os
import random
import sys

out, pods, namespaces, policies = sys.argv[1], *map(int, sys.argv[2:5])
distinct = len(sys.argv) > 5 and sys.argv[5] == "distinct"
dice = random.Random(20261123)
os.makedirs(out, exist_ok=True)
apps = []  # (namespace, app, tier)


def write(name, documents):
    with open(os.path.join(out, name), "w") as file:
        file.write("---\n".join(documents))


write("namespaces.yaml", [
    f"apiVersion: v1\nkind: Namespace\nmetadata:\n  name: ns-{n:04}\n  labels: {{team: t{n % 12}}}\n" for n in range(namespaces)
])
documents = []
while len(documents) < pods:
    app = (dice.randrange(namespaces), len(apps), dice.choice(["front", "back", "data"]))
    apps.append(app)
    for _ in range(min(dice.randint(10, 50), pods - len(documents))):
        i = len(documents)
        own = f", id: p{i}" if distinct else ""
        documents.append(
            f"apiVersion: v1\nkind: Pod\nmetadata:\n  name: app-{app[1]}-{i}\n  namespace: ns-{app[0]:04}\n"
            f"  labels: {{app: app-{app[1]}, tier: {app[2]}{own}}}\nspec:\n  containers:\n    - name: main\n      image: example/app\n"
            f"      ports: [{{name: http, containerPort: 8080}}]\n"
            f"status: {{phase: Running, podIP: 10.{i >> 16}.{i >> 8 & 255}.{i & 255}}}\n")
write("pods.yaml", documents)


def peer():
    kind = dice.randrange(4)
    if kind == 0:
        return f"{{namespaceSelector: {{matchLabels: {{team: t{dice.randrange(12)}}}}}}}"
    if kind == 1:
        return f"{{podSelector: {{matchLabels: {{tier: {dice.choice(['front', 'back', 'data'])}}}}}}}"
    if kind == 2:
        return f"{{ipBlock: {{cidr: 172.{dice.randrange(16, 32)}.{dice.randrange(256)}.0/24}}}}"
    return f"{{namespaceSelector: {{}}, podSelector: {{matchLabels: {{app: app-{dice.choice(apps)[1]}}}}}}}"


def port():
    if dice.randrange(6) == 0:
        return "{port: http}"
    first = dice.choice([80, 443, 5432, 6379, 8080, 9090, 30000])
    end = f", endPort: {first + 999}" if first == 30000 else ""
    return f"{{port: {first}{end}}}"


documents = []
for n in range(policies):
    ns, app, _ = dice.choice(apps)
    select = "{}" if n < namespaces else f"{{matchLabels: {{app: app-{app}}}}}"
    ns = n if n < namespaces else ns
    egress = dice.randrange(3) == 0
    rules = "" if n < namespaces else "".join(
        f"    - {'to' if egress else 'from'}: [{', '.join(peer() for _ in range(dice.randint(1, 3)))}]\n"
        f"      ports: [{', '.join(port() for _ in range(dice.randint(1, 3)))}]\n" for _ in range(dice.randint(1, 4)))
    documents.append(
        f"apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {{name: p{n}, namespace: ns-{ns:04}}}\nspec:\n"
        f"  podSelector: {select}\n  policyTypes: [{'Egress' if egress else 'Ingress'}]\n"
        + (f"  {'egress' if egress else 'ingress'}:\n{rules}" if rules else ""))
write("policies.yaml", documents)
