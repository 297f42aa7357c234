package main

import (
	"fmt"
	"net/netip"
	"strings"

	corev1 "k8s.io/api/core/v1"

	"io.github.polverdict/scenarios/oracle/asked"

	v3 "github.com/projectcalico/api/pkg/apis/projectcalico/v3"
	"github.com/projectcalico/calico/felix/proto"
	"github.com/projectcalico/calico/felix/rules"
	"github.com/projectcalico/calico/libcalico-go/lib/backend/model"
)

// judge asks the Felix of each pod's own node.
func judge(world *World) asked.Answer {
	out := asked.Answer{Flows: make([]asked.Verdict, len(world.flows)), Rejected: world.rejected}
	felixes := map[string]*felix{}
	of := func(pod *corev1.Pod) *felix {
		if felixes[pod.Spec.NodeName] == nil {
			felixes[pod.Spec.NodeName] = newFelix(world, pod.Spec.NodeName)
		}
		return felixes[pod.Spec.NodeName]
	}
	for i, flow := range world.flows {
		packet := packet{world.address(flow.From), world.address(flow.To), strings.ToLower(flow.Protocol), flow.Port}
		if pod := world.gate(flow.From, flow.To); pod != nil {
			out.Flows[i].Egress = of(pod).gate(flow.From, false, packet)
		}
		if pod := world.gate(flow.To, flow.From); pod != nil {
			out.Flows[i].Ingress = of(pod).gate(flow.To, true, packet)
		}
	}
	return out
}

// gate is the pod whose rules judge; none for what static chains decide, a pod's traffic with its own node.
func (w *World) gate(name, other string) *corev1.Pod {
	pod := w.pods[name]
	if pod == nil || pod.Spec.HostNetwork || w.address(other) == w.address("node/"+pod.Spec.NodeName) {
		return nil
	}
	return pod
}

func (w *World) address(name string) netip.Addr {
	if pod := w.pods[name]; pod != nil {
		return netip.MustParseAddr(pod.Status.PodIP)
	}
	if node, isNode := strings.CutPrefix(name, "node/"); isNode {
		return netip.MustParseAddr(w.nodes[node].Status.Addresses[0].Address)
	}
	return netip.MustParseAddr(name)
}

// packet is the first of a connection.
type packet struct {
	from, to netip.Addr
	protocol string
	port     uint16 // or the ICMP type
}

// gate follows endpointIptablesChain of felix/rules/endpoints.go.
func (f *felix) gate(workload string, ingress bool, p packet) string {
	endpoint := f.endpoints[workload]
	if endpoint == nil {
		panic(fmt.Sprintf("there is no endpoint %s among %d", workload, len(f.endpoints)))
	}
	for _, tier := range endpoint.Tiers {
		names := tier.EgressPolicies
		if ingress {
			names = tier.IngressPolicies
		}
		decided := false
		for _, name := range names {
			if model.PolicyIsStaged(name) {
				continue
			}
			decided = true
			policy := f.policies[name]
			action := f.first(side(ingress, policy.InboundRules, policy.OutboundRules), p)
			if action == "allow" || action == "deny" {
				return word(action)
			}
			if action != "" { // passed on
				decided = false
				break
			}
		}
		if decided && tier.DefaultAction != string(v3.Pass) {
			return word("deny")
		}
	}
	for _, name := range endpoint.ProfileIds {
		if profile := f.profiles[name]; profile != nil {
			if action := f.first(side(ingress, profile.InboundRules, profile.OutboundRules), p); action != "" {
				return word(action)
			}
		}
	}
	return word("deny")
}

func side(ingress bool, inbound, outbound []*proto.Rule) []*proto.Rule {
	if ingress {
		return inbound
	}
	return outbound
}

func word(action string) string {
	if action == "allow" {
		return "allowed"
	}
	return "denied"
}

// first is the action of the first rule that matches and does not only log; none when no rule does.
func (f *felix) first(all []*proto.Rule, p packet) string {
	for _, rule := range all {
		action := strings.ToLower(rule.Action)
		if rule = rules.FilterRuleToIPVersion(version(p.to), rule); rule != nil && f.matches(rule, p) && action != "log" {
			return action
		}
	}
	return ""
}

func version(address netip.Addr) uint8 {
	if address.Is4() {
		return 4
	}
	return 6
}
