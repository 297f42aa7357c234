package main

import (
	"fmt"
	"log/slog"
	"math"
	"net/netip"
	"slices"
	"strings"

	"io.github.polverdict/scenarios/oracle/asked"

	"github.com/cilium/cilium/pkg/endpoint/regeneration"
	"github.com/cilium/cilium/pkg/identity"
	"github.com/cilium/cilium/pkg/policy"
	policytypes "github.com/cilium/cilium/pkg/policy/types"
	"github.com/cilium/cilium/pkg/u8proto"
)

// judge asks the agent of each pod's own node.
func judge(logger *slog.Logger, world *World) (asked.Answer, error) {
	out := asked.Answer{Flows: make([]asked.Verdict, len(world.flows))}
	nodes := map[string]bool{}
	for _, pod := range world.pods {
		nodes[pod.Spec.NodeName] = true
	}
	for node := range nodes {
		a, err := newAgent(logger, world, node)
		if err != nil {
			return out, err
		}
		if err := a.judge(out.Flows); err != nil {
			return out, err
		}
		out.Rejected = a.rejected
		if err := a.close(); err != nil {
			return out, err
		}
	}
	slices.Sort(out.Rejected)
	return out, nil
}

// judge fills in the gates of this agent's pods.
func (a *agent) judge(verdicts []asked.Verdict) error {
	maps := map[string]*policy.EndpointPolicy{}
	for i, flow := range a.world.flows {
		proto, err := u8proto.ParseProtocol(flow.Protocol)
		if err != nil {
			return err
		}
		for _, direction := range []string{"egress", "ingress"} {
			own, other, key := flow.From, flow.To, policy.EgressKey()
			if direction == "ingress" {
				own, other, key = flow.To, flow.From, policy.IngressKey()
			}
			pod, known := a.pods[own]
			if !known || a.world.pods[own].Spec.NodeName != a.node {
				continue
			}
			if maps[own] == nil {
				if maps[own], err = a.policyOf(pod); err != nil {
					return err
				}
			}
			peer, err := a.identityOf(other)
			if err != nil {
				return err
			}
			entry, _, _ := maps[own].Lookup(key.WithIdentity(peer).WithPortProto(proto, flow.Port))
			word := "allowed"
			if entry.IsDeny() {
				word = "denied"
			}
			if direction == "egress" {
				verdicts[i].Egress = word
			} else {
				verdicts[i].Ingress = word
			}
		}
	}
	return nil
}

func (a *agent) policyOf(pod *endpoint) (*policy.EndpointPolicy, error) {
	selected, _, err := a.repo.ComputeSelectorPolicy(pod.identity)
	if err != nil {
		return nil, err
	}
	distilled := selected.DistillPolicy(a.logger, pod, map[string]uint16{policy.FallbackRedirectID: math.MaxUint16})
	return distilled, distilled.Ready()
}

func (a *agent) identityOf(name string) (identity.NumericIdentity, error) {
	if pod, known := a.pods[name]; known {
		return pod.identity.ID, nil
	}
	if host, known := a.world.pods[name]; known { // uses its node's network
		return a.identityOf("node/" + host.Spec.NodeName)
	}
	if node, isNode := strings.CutPrefix(name, "node/"); isNode {
		if known := a.world.nodes[node]; known != nil {
			for _, address := range addresses(known) {
				return a.peer(address), nil
			}
		}
		return 0, fmt.Errorf("node %s has no address", node)
	}
	address, err := netip.ParseAddr(name)
	if err != nil {
		return 0, fmt.Errorf("%q is no pod, node or address", name)
	}
	return a.peer(address), nil
}

// What the engine asks of an endpoint.

func (e *endpoint) GetID() uint64 { return uint64(e.identity.ID) }

func (e *endpoint) GetIngressNamedPort(name string, proto u8proto.U8proto) uint16 {
	port, err := e.ports.GetNamedPort(name, proto)
	if err != nil {
		return 0
	}
	return port
}

func (e *endpoint) PolicyDebug(string, ...any) {}

func (e *endpoint) IsHost() bool { return false }

func (e *endpoint) PreviousMapStateSizes() policy.MapStateSizes { return policy.MapStateSizes{} }

func (e *endpoint) RegenerateIfAlive(*regeneration.ExternalRegenerationMetadata) <-chan bool {
	out := make(chan bool)
	close(out)
	return out
}

var _ policy.PolicyOwner = &endpoint{}
var _ policytypes.Selector = policytypes.WildcardSelector
