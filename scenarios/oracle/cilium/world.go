package main

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"net/netip"

	discoveryv1 "k8s.io/api/discovery/v1"
	policyv1alpha2 "sigs.k8s.io/network-policy-api/apis/v1alpha2"

	v2 "github.com/cilium/cilium/pkg/k8s/apis/cilium.io/v2"
	slim_corev1 "github.com/cilium/cilium/pkg/k8s/slim/k8s/api/core/v1"
	slim_networkingv1 "github.com/cilium/cilium/pkg/k8s/slim/k8s/api/networking/v1"
)

// Flow is one question. From and To are namespace/pod, node/name or an address.
type Flow struct {
	From     string `json:"from"`
	To       string `json:"to"`
	Protocol string `json:"protocol"`
	// Port is the destination's, or the ICMP type.
	Port uint16 `json:"port"`
}

// Verdict says what each gate does: allowed, denied, or nothing where there is no gate.
type Verdict struct {
	Egress  string `json:"egress,omitempty"`
	Ingress string `json:"ingress,omitempty"`
}

// Answer has a verdict for each flow, and the policies that the agent would not take.
type Answer struct {
	Flows    []Verdict `json:"flows,omitempty"`
	Rejected []string  `json:"rejected,omitempty"`
	Error    string    `json:"error,omitempty"`
}

// World is what one cluster's agents know.
type World struct {
	settings   map[string]string
	flows      []Flow
	namespaces map[string]*slim_corev1.Namespace
	pods       map[string]*slim_corev1.Pod
	nodes      map[string]*slim_corev1.Node
	apiServers []netip.Addr
	groups     map[string]*v2.CiliumCIDRGroup

	networkPolicies []*slim_networkingv1.NetworkPolicy
	ciliumPolicies  []*v2.CiliumNetworkPolicy // those of the cluster have no namespace
	clusterPolicies []*policyv1alpha2.ClusterNetworkPolicy
}

func (w *World) is(setting, value string) bool { return w.settings[setting] == value }

func readWorld(logger *slog.Logger, line []byte) (*World, error) {
	var text struct {
		Settings map[string]string `json:"settings"`
		Objects  []json.RawMessage `json:"objects"`
		Flows    []Flow            `json:"flows"`
	}
	if err := json.Unmarshal(line, &text); err != nil {
		return nil, err
	}
	world := &World{
		settings:   text.Settings,
		flows:      text.Flows,
		namespaces: map[string]*slim_corev1.Namespace{},
		pods:       map[string]*slim_corev1.Pod{},
		nodes:      map[string]*slim_corev1.Node{},
		groups:     map[string]*v2.CiliumCIDRGroup{},
	}
	for _, object := range text.Objects {
		if err := world.add(object); err != nil {
			return nil, fmt.Errorf("%w in %s", err, object)
		}
	}
	return world, nil
}

func read[T any](object json.RawMessage) (*T, error) {
	out := new(T)
	return out, json.Unmarshal(object, out)
}

func (w *World) add(object json.RawMessage) error {
	var head struct {
		Kind string `json:"kind"`
	}
	if err := json.Unmarshal(object, &head); err != nil {
		return err
	}
	switch head.Kind {
	case "Namespace":
		it, err := read[slim_corev1.Namespace](object)
		if err == nil {
			w.namespaces[it.Name] = it
		}
		return err
	case "Pod":
		it, err := read[slim_corev1.Pod](object)
		if err == nil {
			w.pods[it.Namespace+"/"+it.Name] = it
		}
		return err
	case "Node":
		it, err := read[slim_corev1.Node](object)
		if err == nil {
			w.nodes[it.Name] = it
		}
		return err
	case "EndpointSlice":
		it, err := read[discoveryv1.EndpointSlice](object)
		if err == nil {
			w.addSlice(it)
		}
		return err
	case "CiliumCIDRGroup":
		it, err := read[v2.CiliumCIDRGroup](object)
		if err == nil {
			w.groups[it.Name] = it
		}
		return err
	}
	return w.addPolicy(head.Kind, object)
}

func (w *World) addPolicy(kind string, object json.RawMessage) error {
	switch kind {
	case "NetworkPolicy":
		it, err := read[slim_networkingv1.NetworkPolicy](object)
		w.networkPolicies = append(w.networkPolicies, it)
		return err
	case "CiliumNetworkPolicy", "CiliumClusterwideNetworkPolicy":
		it, err := read[v2.CiliumNetworkPolicy](object)
		w.ciliumPolicies = append(w.ciliumPolicies, it)
		return err
	case "ClusterNetworkPolicy":
		it, err := read[policyv1alpha2.ClusterNetworkPolicy](object)
		w.clusterPolicies = append(w.clusterPolicies, it)
		return err
	}
	return fmt.Errorf("kind %q is not known", kind)
}

// addSlice keeps the API server's addresses, the endpoints of default/kubernetes.
func (w *World) addSlice(slice *discoveryv1.EndpointSlice) {
	if slice.Namespace != "default" || slice.Labels[discoveryv1.LabelServiceName] != "kubernetes" {
		return
	}
	for _, endpoint := range slice.Endpoints {
		for _, text := range endpoint.Addresses {
			if address, err := netip.ParseAddr(text); err == nil {
				w.apiServers = append(w.apiServers, address)
			}
		}
	}
}
