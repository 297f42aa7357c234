package main

import (
	"encoding/json"
	"fmt"
	"net/netip"

	"io.github.polverdict/scenarios/oracle/asked"
	discoveryv1 "k8s.io/api/discovery/v1"
	policyv1alpha2 "sigs.k8s.io/network-policy-api/apis/v1alpha2"

	v2 "github.com/cilium/cilium/pkg/k8s/apis/cilium.io/v2"
	slim_corev1 "github.com/cilium/cilium/pkg/k8s/slim/k8s/api/core/v1"
	slim_networkingv1 "github.com/cilium/cilium/pkg/k8s/slim/k8s/api/networking/v1"
)

// World is what one cluster's agents know.
type World struct {
	settings   map[string]string
	flows      []asked.Flow
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

func readWorld(line asked.World) (*World, error) {
	world := &World{
		settings:   line.Settings,
		flows:      line.Flows,
		namespaces: map[string]*slim_corev1.Namespace{},
		pods:       map[string]*slim_corev1.Pod{},
		nodes:      map[string]*slim_corev1.Node{},
		groups:     map[string]*v2.CiliumCIDRGroup{},
	}
	return world, line.Each(world.add)
}

func (w *World) add(head asked.Head, object json.RawMessage) error {
	switch head.Kind {
	case "Namespace":
		it, err := asked.Read[slim_corev1.Namespace](object)
		if err == nil {
			w.namespaces[it.Name] = it
		}
		return err
	case "Pod":
		it, err := asked.Read[slim_corev1.Pod](object)
		if err == nil {
			w.pods[it.Namespace+"/"+it.Name] = it
		}
		return err
	case "Node":
		it, err := asked.Read[slim_corev1.Node](object)
		if err == nil {
			w.nodes[it.Name] = it
		}
		return err
	case "EndpointSlice":
		it, err := asked.Read[discoveryv1.EndpointSlice](object)
		if err == nil {
			w.addSlice(it)
		}
		return err
	case "CiliumCIDRGroup":
		it, err := asked.Read[v2.CiliumCIDRGroup](object)
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
		it, err := asked.Read[slim_networkingv1.NetworkPolicy](object)
		w.networkPolicies = append(w.networkPolicies, it)
		return err
	case "CiliumNetworkPolicy", "CiliumClusterwideNetworkPolicy":
		it, err := asked.Read[v2.CiliumNetworkPolicy](object)
		w.ciliumPolicies = append(w.ciliumPolicies, it)
		return err
	case "ClusterNetworkPolicy":
		it, err := asked.Read[policyv1alpha2.ClusterNetworkPolicy](object)
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
