package main

import (
	"encoding/json"
	"fmt"

	"io.github.polverdict/scenarios/oracle/asked"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/tools/cache"
	policyv1alpha1 "sigs.k8s.io/network-policy-api/apis/v1alpha1"
	policyv1alpha2 "sigs.k8s.io/network-policy-api/apis/v1alpha2"
	policyinformers "sigs.k8s.io/network-policy-api/pkg/client/informers/externalversions"
)

// World is what one cluster's agents know, in informers that are filled and never run.
type World struct {
	settings map[string]string
	flows    []asked.Flow
	pods     map[string]*corev1.Pod
	nodes    map[string]*corev1.Node
	core     informers.SharedInformerFactory
	policies policyinformers.SharedInformerFactory
}

func readWorld(line asked.World) (*World, error) {
	world := &World{
		settings: line.Settings,
		flows:    line.Flows,
		pods:     map[string]*corev1.Pod{},
		nodes:    map[string]*corev1.Node{},
		core:     informers.NewSharedInformerFactory(nil, 0),
		policies: policyinformers.NewSharedInformerFactory(nil, 0),
	}
	return world, line.Each(world.add)
}

func (w *World) add(head asked.Head, object json.RawMessage) error {
	switch head.Kind {
	case "EndpointSlice":
		return nil // the engine reads none
	case "Namespace":
		return put(w.core.Core().V1().Namespaces().Informer(), object, func(*corev1.Namespace) {})
	case "Node":
		return put(w.core.Core().V1().Nodes().Informer(), object, func(it *corev1.Node) { w.nodes[it.Name] = it })
	case "Pod":
		return put(w.core.Core().V1().Pods().Informer(), object, func(it *corev1.Pod) {
			defaultPod(it)
			w.pods[it.Namespace+"/"+it.Name] = it
		})
	case "NetworkPolicy":
		return put(w.core.Networking().V1().NetworkPolicies().Informer(), object, defaultPolicy)
	case "ClusterNetworkPolicy":
		return put(w.policies.Policy().V1alpha2().ClusterNetworkPolicies().Informer(), object,
			func(*policyv1alpha2.ClusterNetworkPolicy) {})
	case "AdminNetworkPolicy":
		return put(w.policies.Policy().V1alpha1().AdminNetworkPolicies().Informer(), object,
			func(*policyv1alpha1.AdminNetworkPolicy) {})
	case "BaselineAdminNetworkPolicy":
		return put(w.policies.Policy().V1alpha1().BaselineAdminNetworkPolicies().Informer(), object,
			func(*policyv1alpha1.BaselineAdminNetworkPolicy) {})
	}
	return fmt.Errorf("kind %q is not known", head.Kind)
}

func put[T any](informer cache.SharedIndexInformer, object json.RawMessage, also func(*T)) error {
	it, err := asked.Read[T](object)
	if err != nil {
		return err
	}
	also(it)
	return informer.GetIndexer().Add(it)
}
