package main

import (
	"encoding/json"
	"fmt"
	"strings"

	v3 "github.com/projectcalico/api/pkg/apis/projectcalico/v3"
	corev1 "k8s.io/api/core/v1"
	discoveryv1 "k8s.io/api/discovery/v1"
	networkingv1 "k8s.io/api/networking/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"

	"io.github.polverdict/scenarios/oracle/asked"

	"github.com/projectcalico/calico/libcalico-go/lib/backend/api"
	"github.com/projectcalico/calico/libcalico-go/lib/backend/k8s/conversion"
	"github.com/projectcalico/calico/libcalico-go/lib/backend/model"
	"github.com/projectcalico/calico/libcalico-go/lib/backend/syncersv1/updateprocessors"
	"github.com/projectcalico/calico/libcalico-go/lib/backend/watchersyncer"
	"github.com/projectcalico/calico/libcalico-go/lib/names"
	"github.com/projectcalico/calico/libcalico-go/lib/resources"
	validator "github.com/projectcalico/calico/libcalico-go/lib/validator/v3"
)

// World is what one cluster's Felixes know.
type World struct {
	flows    []asked.Flow
	pods     map[string]*corev1.Pod
	nodes    map[string]*corev1.Node
	updates  []api.Update
	rejected []string // policies that Calico does not take
}

var convert = conversion.NewConverter()

const someUID = "4a6a6d8a-0000-4000-8000-000000000000" // conversions ask for one

func readWorld(line asked.World) (*World, error) {
	world := &World{flows: line.Flows, pods: map[string]*corev1.Pod{}, nodes: map[string]*corev1.Node{}}
	if err := world.addOwn(); err != nil {
		return nil, err
	}
	return world, line.Each(world.add)
}

// addOwn does what clientv3's EnsureInitialized does. A Tier of the world comes later, and takes the place of one.
func (w *World) addOwn() error {
	for _, own := range []struct {
		name   string
		order  float64
		action v3.Action
	}{
		{names.DefaultTierName, v3.DefaultTierOrder, v3.Deny},
		{names.AdminNetworkPolicyTierName, v3.AdminNetworkPolicyTierOrder, v3.Pass},
		{names.BaselineAdminNetworkPolicyTierName, v3.BaselineAdminNetworkPolicyTierOrder, v3.Pass},
	} {
		tier := v3.NewTier()
		tier.Name, tier.Spec.Order, tier.Spec.DefaultAction = own.name, &own.order, &own.action
		if err := w.checked(updateprocessors.NewTierUpdateProcessor(), v3.KindTier, "", own.name, tier); err != nil {
			return err
		}
	}
	return w.take(updateprocessors.NewProfileUpdateProcessor(), nil, resources.DefaultAllowProfile())
}

func read[T any](object json.RawMessage) *T {
	out, err := asked.Read[T](object)
	if err != nil {
		panic(err)
	}
	return out
}

func (w *World) add(head asked.Head, object json.RawMessage) error {
	defaults := head.APIVersion == "projectcalico.org/v3" // Calico's API server sets them; kubectl on a CRD does not
	switch strings.Split(head.APIVersion, "/")[0] + " " + head.Kind {
	case "v1 Node":
		node := read[corev1.Node](object)
		w.nodes[node.Name] = node
		return nil
	case "v1 Service":
		return nil // Felix asks for its slices only
	case "discovery.k8s.io EndpointSlice":
		kv, err := convert.EndpointSliceToKVP(read[discoveryv1.EndpointSlice](object))
		if err == nil {
			w.updates = append(w.updates, api.Update{KVPair: *kv, UpdateType: api.UpdateTypeKVNew})
		}
		return err
	case "v1 Namespace":
		namespace := read[corev1.Namespace](object)
		namespace.UID = someUID
		kv, err := convert.NamespaceToProfile(namespace)
		return w.take(updateprocessors.NewProfileUpdateProcessor(), err, kv)
	case "v1 Pod":
		return w.addPod(read[corev1.Pod](object))
	case "networking.k8s.io NetworkPolicy":
		policy := read[networkingv1.NetworkPolicy](object)
		policy.UID = someUID
		kv, err := convert.K8sNetworkPolicyToCalico(policy)
		return w.take(updateprocessors.NewNetworkPolicyUpdateProcessor(), err, kv)
	case "v1 ServiceAccount":
		account := read[corev1.ServiceAccount](object)
		account.UID = someUID
		kv, err := convert.ServiceAccountToProfile(account)
		return w.take(updateprocessors.NewProfileUpdateProcessor(), err, kv)
	case "policy.networking.k8s.io AdminNetworkPolicy", "policy.networking.k8s.io BaselineAdminNetworkPolicy":
		return w.addAdmin(head.Kind, object)
	}
	return w.addResource(head.Kind, defaults, object)
}

func (w *World) addPod(pod *corev1.Pod) error {
	w.pods[pod.Namespace+"/"+pod.Name] = pod
	if !convert.IsValidCalicoWorkloadEndpoint(pod) {
		return nil
	}
	kvs, err := convert.PodToWorkloadEndpoints(pod)
	return w.take(updateprocessors.NewWorkloadEndpointUpdateProcessor(), err, kvs...)
}

func (w *World) addResource(kind string, defaults bool, object json.RawMessage) error {
	switch kind {
	case v3.KindNetworkPolicy:
		it := read[v3.NetworkPolicy](object)
		setTypes(defaults, it.Spec.Ingress, it.Spec.Egress, &it.Spec.Types)
		return w.policy(updateprocessors.NewNetworkPolicyUpdateProcessor(), defaults, it.Spec.Tier, it)
	case v3.KindGlobalNetworkPolicy:
		it := read[v3.GlobalNetworkPolicy](object)
		setTypes(defaults, it.Spec.Ingress, it.Spec.Egress, &it.Spec.Types)
		return w.policy(updateprocessors.NewGlobalNetworkPolicyUpdateProcessor(), defaults, it.Spec.Tier, it)
	case v3.KindHostEndpoint:
		it := read[v3.HostEndpoint](object)
		return w.checked(updateprocessors.NewHostEndpointUpdateProcessor(), kind, "", it.Name, it)
	case v3.KindTier:
		it := read[v3.Tier](object)
		if defaults {
			resources.DefaultTierFields(it)
		}
		return w.checked(updateprocessors.NewTierUpdateProcessor(), kind, "", it.Name, it)
	case v3.KindNetworkSet:
		it := read[v3.NetworkSet](object)
		return w.checked(updateprocessors.NewNetworkSetUpdateProcessor(), kind, it.Namespace, it.Name, it)
	case v3.KindGlobalNetworkSet:
		it := read[v3.GlobalNetworkSet](object)
		return w.checked(updateprocessors.NewGlobalNetworkSetUpdateProcessor(), kind, "", it.Name, it)
	}
	return fmt.Errorf("kind %q is not known", kind)
}

// policy takes one under the name that the Kubernetes backend of clientv3 stores it by.
func (w *World) policy(process watchersyncer.SyncerUpdateProcessor, served bool, tier string, it named) error {
	if err := names.ValidateTieredPolicyName(it.GetName(), tier); served && err != nil {
		return err
	}
	kind := it.GetObjectKind().GroupVersionKind().Kind
	return w.checked(process, kind, it.GetNamespace(), names.TieredPolicyName(it.GetName()), it)
}

type named interface {
	metav1.Object
	runtime.Object
}

// setTypes does what clientv3's defaultPolicyTypesField does.
func setTypes(defaults bool, ingress, egress []v3.Rule, types *[]v3.PolicyType) {
	if !defaults || len(*types) > 0 {
		return
	}
	if len(egress) == 0 || len(ingress) > 0 {
		*types = append(*types, v3.PolicyTypeIngress)
	}
	if len(egress) > 0 {
		*types = append(*types, v3.PolicyTypeEgress)
	}
}

func (w *World) checked(process watchersyncer.SyncerUpdateProcessor, kind, namespace, name string, it any) error {
	err := validator.Validate(it)
	return w.take(process, err, &model.KVPair{Key: model.ResourceKey{Kind: kind, Namespace: namespace, Name: name}, Value: it})
}

// take turns resources into what the calculation graph is fed.
func (w *World) take(process watchersyncer.SyncerUpdateProcessor, err error, resources ...*model.KVPair) error {
	if err != nil {
		return err
	}
	for _, resource := range resources {
		kvs, err := process.Process(resource)
		if err != nil {
			return err
		}
		for _, kv := range kvs {
			w.updates = append(w.updates, api.Update{KVPair: *kv, UpdateType: api.UpdateTypeKVNew})
		}
	}
	return nil
}
