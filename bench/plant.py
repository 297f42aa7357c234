#!/usr/bin/env python3
"""Copies a synthetic cluster of generate.py with 20 planted differences, for timing `diff`; prints them.

usage: plant.py FROM TO

Four each of: a namespace's label, a label of an app's pods, a policy that is missing, a policy's port, a default-deny that
is new. The same input gives the same differences.
"""
import os
import random
import re
import sys

source, target = sys.argv[1:3]
dice = random.Random(20261124)
os.makedirs(target, exist_ok=True)


def read(name):
    with open(os.path.join(source, name)) as file:
        return file.read().split("---\n")


def write(name, documents):
    with open(os.path.join(target, name), "w") as file:
        file.write("---\n".join(documents))


namespaces, pods, policies = read("namespaces.yaml"), read("pods.yaml"), read("policies.yaml")
planted = []

for n in dice.sample(range(len(namespaces)), 4):
    namespaces[n] = re.sub(r"team: t\d+", "team: other", namespaces[n])
    planted.append(re.search(r"name: (\S+)", namespaces[n]).group(1) + "'s label team")

apps = sorted({re.search(r"app: (app-\d+)", p).group(1) for p in pods})
for app in dice.sample(apps, 4):
    pods = [re.sub(r"tier: \w+", "tier: other", p) if f"app: {app}," in p else p for p in pods]
    planted.append(f"{app}'s label tier")

withports = [i for i, p in enumerate(policies) if "ports:" in p]
chosen = dice.sample(withports, 8)
for i in chosen[:4]:
    planted.append("port of " + re.search(r"name: (\w+)", policies[i]).group(1))
    policies[i] = re.sub(r"ports: \[\{port: \w+", "ports: [{port: 9999", policies[i], count=1)
for i in chosen[4:]:
    planted.append("no " + re.search(r"name: (\w+)", policies[i]).group(1))
policies = [p for i, p in enumerate(policies) if i not in chosen[4:]]
for n in dice.sample(range(len(namespaces)), 4):
    policies.append(
        f"apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {{name: new-deny, namespace: ns-{n:04}}}\nspec:\n"
        "  podSelector: {}\n  policyTypes: [Egress]\n")
    planted.append(f"new-deny in ns-{n:04}")

write("namespaces.yaml", namespaces)
write("pods.yaml", pods)
write("policies.yaml", policies)
print("\n".join(planted))
