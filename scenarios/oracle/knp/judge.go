package main

import (
	"context"
	"fmt"
	"net"
	"strings"

	"io.github.polverdict/scenarios/oracle/asked"
	corev1 "k8s.io/api/core/v1"
	"sigs.k8s.io/kube-network-policies/pkg/api"
	"sigs.k8s.io/kube-network-policies/pkg/network"
	"sigs.k8s.io/kube-network-policies/pkg/networkpolicy"
	"sigs.k8s.io/kube-network-policies/pkg/podinfo"
	admin "sigs.k8s.io/kube-network-policies/plugins/npa-v1alpha1"
	cluster "sigs.k8s.io/kube-network-policies/plugins/npa-v1alpha2"
	policyv1alpha2 "sigs.k8s.io/network-policy-api/apis/v1alpha2"
)

// engine is what every node's agent has; which node it is matters only for the addresses that are handed to it.
type engine struct {
	world      *World
	pods       api.PodInfoProvider
	evaluators []api.PolicyEvaluator
}

func (w *World) engine() (*engine, error) {
	core := w.core.Core().V1()
	resolver, err := podinfo.NewInformerResolver(core.Pods().Informer())
	if err != nil {
		return nil, err
	}
	resolvers := []podinfo.IPResolver{resolver}
	provider := podinfo.NewInformerProvider(core.Pods(), core.Namespaces(), core.Nodes(), resolvers)
	standard := networkpolicy.NewStandardNetworkPolicy("", core.Namespaces(), core.Pods(), w.core.Networking().V1().NetworkPolicies())
	evaluators := []api.PolicyEvaluator{standard}
	switch w.settings["flavour"] {
	case "npa-v1alpha1":
		own := w.policies.Policy().V1alpha1()
		evaluators = []api.PolicyEvaluator{
			admin.NewAdminNetworkPolicy(own.AdminNetworkPolicies(), nil), standard,
			admin.NewBaselineAdminNetworkPolicy(own.BaselineAdminNetworkPolicies()),
		}
	case "npa-v1alpha2":
		own := w.policies.Policy().V1alpha2().ClusterNetworkPolicies()
		evaluators = []api.PolicyEvaluator{
			cluster.NewClusterNetworkPolicy(policyv1alpha2.AdminTier, own, nil, core.Nodes().Lister()), standard,
			cluster.NewClusterNetworkPolicy(policyv1alpha2.BaselineTier, own, nil, core.Nodes().Lister()),
		}
	}
	return &engine{world: w, pods: provider, evaluators: evaluators}, nil
}

func (w *World) judge() (asked.Answer, error) {
	out := asked.Answer{}
	e, err := w.engine()
	if err != nil {
		return out, err
	}
	for _, flow := range w.flows {
		verdict, err := e.judge(flow)
		if err != nil {
			return out, err
		}
		out.Flows = append(out.Flows, verdict)
	}
	return out, nil
}

// judge answers each gate, and sees that both make what the engine makes of the packet.
func (e *engine) judge(flow asked.Flow) (asked.Verdict, error) {
	packet := &network.Packet{Family: corev1.IPv4Protocol}
	var err error
	if packet.SrcIP, err = e.world.address(flow.From); err != nil {
		return asked.Verdict{}, err
	}
	if packet.DstIP, err = e.world.address(flow.To); err != nil {
		return asked.Verdict{}, err
	}
	if flow.Protocol != "ICMP" { // the engine's reader of packets leaves protocol and ports empty for all but these three
		packet.Proto, packet.DstPort = corev1.Protocol(flow.Protocol), int(flow.Port)
	}
	source, _ := e.pods.GetPodInfoByIP(packet.SrcIP.String())
	target, _ := e.pods.GetPodInfoByIP(packet.DstIP.String())
	egress, err := e.run(api.PolicyEvaluator.EvaluateEgress, packet, source, target)
	if err != nil {
		return asked.Verdict{}, err
	}
	ingress, err := e.run(api.PolicyEvaluator.EvaluateIngress, packet, source, target)
	if err != nil {
		return asked.Verdict{}, err
	}
	whole, err := networkpolicy.NewPolicyEngine(e.pods, e.evaluators).EvaluatePacket(context.Background(), packet)
	if err == nil && whole != (egress == "allowed" && ingress == "allowed") {
		err = fmt.Errorf("%v: the gates say %s and %s, the engine %t", flow, egress, ingress, whole)
	}
	out := asked.Verdict{}
	if source != nil {
		out.Egress = egress
	}
	if target != nil && !e.world.isHostOf(flow.From, flow.To) {
		out.Ingress = ingress
	}
	return out, err
}

type evaluation func(api.PolicyEvaluator, context.Context, *network.Packet, *api.PodInfo, *api.PodInfo) (api.Verdict, error)

// run is runEgressPipeline and runIngressPipeline of the engine, which tells only what comes of both.
func (e *engine) run(evaluate evaluation, packet *network.Packet, source, target *api.PodInfo) (string, error) {
	for _, evaluator := range e.evaluators {
		verdict, err := evaluate(evaluator, context.Background(), packet, source, target)
		if err != nil || verdict == api.VerdictDeny {
			return "denied", err
		}
		if verdict == api.VerdictAccept {
			return "allowed", nil
		}
	}
	return "allowed", nil
}

func (w *World) address(name string) (net.IP, error) {
	if pod, known := w.pods[name]; known {
		return net.ParseIP(pod.Status.PodIP), nil
	}
	if node, isNode := strings.CutPrefix(name, "node/"); isNode && w.nodes[node] != nil {
		for _, one := range w.nodes[node].Status.Addresses {
			return net.ParseIP(one.Address), nil
		}
	}
	if address := net.ParseIP(name); address != nil {
		return address, nil
	}
	return nil, fmt.Errorf("%q is no pod, node or address", name)
}

// isHostOf says whether from is on the network of the pod's own node: what root sends there, and UDP 53, passes before the
// engine is asked (pkg/dataplane/controller.go).
func (w *World) isHostOf(from, to string) bool {
	own := w.pods[to].Spec.NodeName
	pod, known := w.pods[from]
	return from == "node/"+own || known && pod.Spec.HostNetwork && pod.Spec.NodeName == own
}
