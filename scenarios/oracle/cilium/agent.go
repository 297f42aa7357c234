package main

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"time"

	cmtypes "github.com/cilium/cilium/pkg/clustermesh/types"
	envoypolicy "github.com/cilium/cilium/pkg/envoy/policy"
	"github.com/cilium/cilium/pkg/identity"
	"github.com/cilium/cilium/pkg/identity/identitymanager"
	"github.com/cilium/cilium/pkg/ipcache"
	ipcachetypes "github.com/cilium/cilium/pkg/ipcache/types"
	"github.com/cilium/cilium/pkg/k8s"
	slim_corev1 "github.com/cilium/cilium/pkg/k8s/slim/k8s/api/core/v1"
	"github.com/cilium/cilium/pkg/labels"
	"github.com/cilium/cilium/pkg/labelsfilter"
	"github.com/cilium/cilium/pkg/option"
	"github.com/cilium/cilium/pkg/policy"
	"github.com/cilium/cilium/pkg/policy/api"
	"github.com/cilium/cilium/pkg/source"
	testidentity "github.com/cilium/cilium/pkg/testutils/identity"
	testpolicy "github.com/cilium/cilium/pkg/testutils/policy"
	"github.com/cilium/cilium/pkg/types"
)

const clusterName = "default"

// agent is the part of one node's agent that decides policies.
type agent struct {
	logger    *slog.Logger
	world     *World
	node      string
	repo      *policy.Repository
	cache     *ipcache.IPCache
	allocator *testidentity.MockIdentityAllocator
	pods      map[string]*endpoint
	rejected  []string
}

// UpdateIdentities tells the selector caches of new identities, as the agent's updater does.
func (a *agent) UpdateIdentities(added, deleted identity.IdentityMap) <-chan struct{} {
	var done sync.WaitGroup
	a.repo.GetSelectorCache().UpdateIdentities(added, deleted, &done)
	a.repo.UpdateIdentities(added, deleted)
	done.Wait()
	out := make(chan struct{})
	close(out)
	return out
}

// configure sets the agent's options, which are global.
func configure(logger *slog.Logger, world *World) error {
	option.Config.ClusterName = clusterName
	option.Config.EnableIPv4 = true
	option.Config.EnableIPv6 = world.is("enable-ipv6", "true")
	option.Config.EnableL7Proxy = true
	option.Config.EnableICMPRules = true
	option.Config.EnableNonDefaultDenyPolicies = true
	option.Config.EnableSCTP = true // the datapath's business
	option.Config.EnableExtendedIPProtocols = false
	option.Config.EnableNodeSelectorLabels = world.is("enable-node-selector-labels", "true")
	option.Config.EnableHostFirewall = false
	option.Config.UnsafeDaemonConfigOption.AllowLocalhost = option.AllowLocalhostAlways // what auto is under Kubernetes
	if world.is("allow-localhost", "policy") {
		option.Config.UnsafeDaemonConfigOption.AllowLocalhost = option.AllowLocalhostPolicy
	}
	option.Config.PolicyCIDRMatchMode = nil
	if mode := world.settings["policy-cidr-match-mode"]; mode != "" {
		option.Config.PolicyCIDRMatchMode = strings.Split(mode, ",")
	}
	mode := world.settings["enable-policy"]
	if mode == "" {
		mode = option.DefaultEnforcement
	}
	policy.SetPolicyEnabled(mode)
	api.InitEntities(clusterName)
	identity.AddReservedIdentityWithLabels(identity.ReservedIdentityHost, labels.NewFrom(labels.LabelHost))
	return labelsfilter.ParseLabelPrefixCfg(logger, strings.Fields(world.settings["labels"]), nil, "")
}

func newAgent(logger *slog.Logger, world *World, node string) (*agent, error) {
	if err := configure(logger, world); err != nil {
		return nil, err
	}
	a := &agent{logger: logger, world: world, node: node, pods: map[string]*endpoint{}}
	a.allocator = testidentity.NewMockIdentityAllocator(nil)
	reserved := identity.ListReservedIdentities()
	a.repo = policy.NewPolicyRepository(logger, reserved, nil,
		envoypolicy.NewEnvoyL7RulesTranslator(logger, nil), identitymanager.NewIDManager(logger), testpolicy.NewPolicyMetricsNoop())
	a.repo.GetSelectorCache().SetLocalIdentityNotifier(testidentity.NewDummyIdentityNotifier())
	a.repo.UpdateIdentities(reserved, nil)
	a.cache = ipcache.NewIPCache(&ipcache.Configuration{
		Context: context.Background(), Logger: logger, IdentityAllocator: a.allocator, IdentityUpdater: a,
	})
	a.repo.SetNamedPortsGetter(a.cache)
	return a, a.learn()
}

func (a *agent) close() error { return a.cache.Shutdown() }

// learn fills the caches in the order in which an agent that has been up for a while has seen the objects.
func (a *agent) learn() error {
	updates := append(a.worlds(), a.nodes()...)
	for _, address := range a.world.apiServers {
		updates = append(updates, ipcache.MU{
			Prefix: single(address), Source: source.KubeAPIServer, Resource: ipcachetypes.NewResourceID(ipcachetypes.ResourceKindEndpoint, "default", "kubernetes"),
			Metadata: []ipcache.IPMetadata{labels.LabelKubeAPIServer},
		})
	}
	updates = append(updates, a.groups()...)
	policies := a.readPolicies()
	for _, one := range policies {
		for _, prefix := range policy.GetCIDRPrefixes(one.entries) {
			updates = append(updates, ipcache.MU{
				Prefix: cmtypes.NewLocalPrefixCluster(prefix), Source: one.source, Resource: one.resource,
				Metadata: []ipcache.IPMetadata{labels.GetCIDRLabels(prefix)}, IsCIDR: true,
			})
		}
	}
	if err := a.inject(updates); err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(a.world.pods)) {
		if err := a.learnPod(name, a.world.pods[name]); err != nil {
			return err
		}
	}
	for _, one := range policies {
		a.repo.ReplaceByResource(one.entries, one.resource)
	}
	return nil
}

func (a *agent) inject(updates []ipcache.MU) error {
	limit, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	return a.cache.WaitForRevision(limit, a.cache.UpsertMetadataBatch(updates...))
}

func single(address netip.Addr) cmtypes.PrefixCluster {
	return cmtypes.NewLocalPrefixCluster(netip.PrefixFrom(address, address.BitLen()))
}

// worlds gives everything that is not known better the identity of the world (daemon/cmd/hostips-sync.go).
func (a *agent) worlds() []ipcache.MU {
	resource := ipcachetypes.NewResourceID(ipcachetypes.ResourceKindDaemon, "", "reserved")
	v4, v6 := labels.LabelWorld, labels.LabelWorldIPv6
	if option.Config.EnableIPv6 {
		v4 = labels.LabelWorldIPv4
	}
	override := func(prefix netip.Prefix, lbls labels.Labels) {
		a.cache.OverrideIdentity(cmtypes.NewLocalPrefixCluster(prefix), lbls, source.Local, resource)
	}
	override(netip.PrefixFrom(netip.IPv4Unspecified(), 0), v4)
	if option.Config.EnableIPv6 {
		override(netip.PrefixFrom(netip.IPv6Unspecified(), 0), v6)
	}
	return nil
}

// nodes gives nodes' addresses their labels (pkg/node/manager/manager.go).
func (a *agent) nodes() []ipcache.MU {
	var out []ipcache.MU
	for _, name := range slices.Sorted(maps.Keys(a.world.nodes)) {
		node := a.world.nodes[name]
		for _, address := range addresses(node) {
			lbls := labels.NewFrom(labels.LabelRemoteNode)
			if name == a.node {
				lbls = labels.NewFrom(labels.LabelHost)
			}
			if option.Config.PolicyCIDRMatchesNodes() {
				lbls.MergeLabels(labels.GetCIDRLabels(single(address).AsPrefix()))
			}
			if option.Config.PerNodeLabelsEnabled() {
				kept, _ := labelsfilter.FilterNodeLabels(labels.Map2Labels(node.Labels, labels.LabelSourceNode))
				lbls.MergeLabels(kept)
				lbls.MergeLabels(labels.Map2Labels(map[string]string{"io.cilium.k8s.policy.cluster": clusterName}, labels.LabelSourceK8s))
			}
			out = append(out, ipcache.MU{
				Prefix: single(address), Source: source.CustomResource,
				Resource: ipcachetypes.NewResourceID(ipcachetypes.ResourceKindNode, "", name), Metadata: []ipcache.IPMetadata{lbls},
			})
		}
	}
	return out
}

func addresses(node *slim_corev1.Node) []netip.Addr {
	var out []netip.Addr
	for _, one := range node.Status.Addresses {
		if address, err := netip.ParseAddr(one.Address); err == nil {
			out = append(out, address)
		}
	}
	return out
}

// learnPod gives a pod its identity and its addresses.
func (a *agent) learnPod(name string, pod *slim_corev1.Pod) error {
	if pod.Spec.HostNetwork || len(pod.Status.PodIPs) == 0 {
		return nil // what uses the node's network is the node
	}
	namespace := a.world.namespaces[pod.Namespace]
	if namespace == nil {
		return fmt.Errorf("pod %s is in no namespace", name)
	}
	ports, kubernetes := k8s.GetPodMetadata(a.logger, namespace, pod)
	lbls, _ := labelsfilter.Filter(labels.Map2Labels(kubernetes, labels.LabelSourceK8s))
	for _, label := range k8s.NamedPortsIdentityLabels(ports) {
		lbls[label.Key] = label
	}
	maps.Copy(lbls, a.ranges(pod))
	id, fresh, err := a.allocator.AllocateIdentity(context.Background(), lbls, false, identity.InvalidIdentity)
	if err != nil {
		return err
	}
	if fresh {
		<-a.UpdateIdentities(identity.IdentityMap{id.ID: id.LabelArray}, nil)
	}
	for _, ip := range pod.Status.PodIPs {
		meta := &ipcache.K8sMetadata{Namespace: pod.Namespace, PodName: pod.Name, NamedPorts: ports}
		if _, err := a.cache.Upsert(ip.IP, nil, 0, meta, ipcache.Identity{ID: id.ID, Source: source.CustomResource}); err != nil {
			return err
		}
	}
	a.pods[name] = &endpoint{identity: id, ports: ports}
	return nil
}

// ranges are a pod's labels where ranges match pods (pkg/endpoint/endpoint.go, computeCIDRLabelsRLocked).
func (a *agent) ranges(pod *slim_corev1.Pod) labels.Labels {
	out := labels.Labels{}
	if !option.Config.PolicyCIDRMatchesPods() {
		return out
	}
	for _, ip := range pod.Status.PodIPs {
		address, err := netip.ParseAddr(ip.IP)
		if err != nil {
			continue
		}
		found := false
		for _, label := range a.cache.GetMetadataLabels(address) {
			if label.Source == labels.LabelSourceCIDR || label.Source == labels.LabelSourceCIDRGroup {
				out[label.GetExtendedKey()] = label
				found = found || label.Source == labels.LabelSourceCIDR
			}
		}
		if !found {
			label := labels.ParseLabel("cidr:0.0.0.0/0")
			if address.Is6() {
				label = labels.ParseLabel("cidr:::/0")
			}
			out[label.GetExtendedKey()] = label
		}
	}
	return out
}

// peer is the identity that the datapath gives an address.
func (a *agent) peer(address netip.Addr) identity.NumericIdentity {
	if found, ok := a.cache.LookupSecIDByIP(address); ok {
		return found.ID
	}
	return identity.ReservedIdentityWorld
}

// endpoint is a pod of the agent's node.
type endpoint struct {
	identity *identity.Identity
	ports    types.NamedPortMap
}
