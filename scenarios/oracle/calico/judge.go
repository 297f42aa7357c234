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
	of := func(node string) *felix {
		if felixes[node] == nil {
			felixes[node] = newFelix(world, node)
		}
		return felixes[node]
	}
	at := func(name, other string, ingress bool, p packet) string {
		if pod := world.gate(name, other); pod != nil {
			f, elsewhere := of(pod.Spec.NodeName), world.node(other) != pod.Spec.NodeName
			if f.keepsBack(ingress, elsewhere, p) {
				return word("deny")
			}
			return f.gate(name, ingress, p)
		}
		if node := world.host(name, other); node != "" {
			return of(node).hostGate(ingress, p)
		}
		return ""
	}
	for i, flow := range world.flows {
		packet := packet{world.address(flow.From), world.address(flow.To), strings.ToLower(flow.Protocol), flow.Port}
		out.Flows[i].Egress = at(flow.From, flow.To, false, packet)
		out.Flows[i].Ingress = at(flow.To, flow.From, true, packet)
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

// host is the node of a name whose HostEndpoint judges; none for what it and its own pods send to each other.
func (w *World) host(name, other string) string {
	node := w.node(name)
	if pod := w.pods[name]; node == "" || node == w.node(other) || pod != nil && !pod.Spec.HostNetwork {
		return ""
	}
	return node
}

// node is where a node's processes or a pod are; none for an outside address.
func (w *World) node(name string) string {
	if pod := w.pods[name]; pod != nil {
		return pod.Spec.NodeName
	}
	node, _ := strings.CutPrefix(name, "node/")
	if w.nodes[node] == nil {
		return ""
	}
	return node
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
	return f.chain(endpoint.Tiers, endpoint.ProfileIds, ingress, p)
}

// hostGate asks the node's HostEndpoint, after the ports that are open whatever it says; nothing where there is none.
func (f *felix) hostGate(ingress bool, p packet) string {
	if f.host == nil {
		return ""
	}
	open := f.settings.FailsafeOutboundHostPorts
	if ingress {
		open = f.settings.FailsafeInboundHostPorts
	}
	for _, port := range open {
		if port.Protocol == p.protocol && port.Port == p.port {
			return word("allow")
		}
	}
	if ingress {
		if action := f.tiers(f.host.PreDnatTiers, true, p, false); action != "" {
			return word(action)
		}
	}
	return f.chain(f.host.Tiers, f.host.ProfileIds, ingress, p)
}

// keepsBack says whether the node's HostEndpoint forbids to forward what a pod sends or gets. One for all interfaces is
// for those of pods, too (hostDispatchChains of felix/rules/dispatch.go); the node's own are passed by what comes from
// elsewhere or leaves for it. What is allowed before DNAT is not asked again where it enters
// (StaticFilterForwardChains of felix/rules/static.go).
func (f *felix) keepsBack(ingress, elsewhere bool, p packet) bool {
	if f.host == nil {
		return false
	}
	enters := ingress && elsewhere || !ingress && f.host.Name == "*"
	leaves := !ingress && elsewhere || ingress && f.host.Name == "*"
	if enters {
		early := f.tiers(f.host.PreDnatTiers, true, p, false)
		if early == "deny" || early == "" && f.tiers(f.host.ForwardTiers, true, p, true) == "deny" {
			return true
		}
	}
	return leaves && f.tiers(f.host.ForwardTiers, false, p, true) == "deny"
}

func (f *felix) chain(tiers []*proto.TierInfo, profiles []string, ingress bool, p packet) string {
	if action := f.tiers(tiers, ingress, p, true); action != "" {
		return word(action)
	}
	for _, name := range profiles {
		if profile := f.profiles[name]; profile != nil {
			if action := f.first(side(ingress, profile.InboundRules, profile.OutboundRules), p); action != "" {
				return word(action)
			}
		}
	}
	return word("deny")
}

// tiers is the action of the first tier that allows or denies, some at their end; none when all are passed.
func (f *felix) tiers(tiers []*proto.TierInfo, ingress bool, p packet, end bool) string {
	for _, tier := range tiers {
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
				return action
			}
			if action != "" { // passed on
				decided = false
				break
			}
		}
		if end && decided && tier.DefaultAction != string(v3.Pass) {
			return "deny"
		}
	}
	return ""
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
