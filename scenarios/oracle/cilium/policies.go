package main

import (
	"fmt"
	"maps"
	"net/netip"
	"slices"

	cmtypes "github.com/cilium/cilium/pkg/clustermesh/types"
	"github.com/cilium/cilium/pkg/ipcache"
	ipcachetypes "github.com/cilium/cilium/pkg/ipcache/types"
	"github.com/cilium/cilium/pkg/k8s"
	k8sutils "github.com/cilium/cilium/pkg/k8s/utils"
	"github.com/cilium/cilium/pkg/labels"
	"github.com/cilium/cilium/pkg/policy/api"
	"github.com/cilium/cilium/pkg/policy/types"
	policyutils "github.com/cilium/cilium/pkg/policy/utils"
	"github.com/cilium/cilium/pkg/source"
)

// imported is what a policy becomes.
type imported struct {
	resource ipcachetypes.ResourceID
	source   source.Source
	entries  types.PolicyEntries
}

// readPolicies reads all policies as the agent's watcher does (pkg/policy/k8s); those that it would not take are named.
func (a *agent) readPolicies() []imported {
	var out []imported
	cluster := clusterName
	if a.world.is("policy-default-local-cluster", "false") {
		cluster = cmtypes.PolicyAnyCluster
	}
	take := func(kind ipcachetypes.ResourceKind, namespace, name string, from source.Source, entries types.PolicyEntries, err error) {
		if err != nil {
			a.rejected = append(a.rejected, fmt.Sprintf("%s %s/%s: %v", kind, namespace, name, err))
			return
		}
		out = append(out, imported{ipcachetypes.NewResourceID(kind, namespace, name), from, entries})
	}
	if !a.world.is("enable-k8s-networkpolicy", "false") {
		for _, it := range a.world.networkPolicies {
			entries, err := k8s.ParseNetworkPolicy(a.logger, cluster, it)
			take(ipcachetypes.ResourceKindNetpol, it.Namespace, it.Name, source.Kubernetes, entries, err)
		}
	}
	for _, it := range a.world.ciliumPolicies {
		kind := ipcachetypes.ResourceKindCNP
		if it.Namespace == "" {
			kind = ipcachetypes.ResourceKindCCNP
		}
		rules, err := it.DeepCopy().Parse(a.logger, cluster)
		take(kind, it.Namespace, it.Name, source.CustomResource, policyutils.RulesToPolicyEntries(rules), err)
	}
	if a.world.is("enable-k8s-cluster-network-policy", "true") {
		for _, it := range a.world.clusterPolicies {
			entries, err := k8s.ParseClusterNetworkPolicy(a.logger, cluster, it)
			take(ipcachetypes.ResourceKindKCNP, "", it.Name, source.Kubernetes, entries, err)
		}
	}
	return out
}

// groups label the ranges of CiliumCIDRGroups (pkg/policy/k8s/cilium_cidr_group.go).
func (a *agent) groups() []ipcache.MU {
	var out []ipcache.MU
	for _, name := range slices.Sorted(maps.Keys(a.world.groups)) {
		group := a.world.groups[name]
		kept := k8sutils.RemoveCiliumLabels(group.Labels)
		lbls := make(labels.Labels, len(kept)*2+1)
		for k, v := range kept {
			label := labels.NewLabel(k, v, labels.LabelSourceCIDRGroup)
			lbls[label.Key] = label
			encoded := labels.EncodedCIDRGroupLabel(label.Key, label.Value, label.Source)
			lbls[encoded.Key] = encoded
		}
		reference := api.LabelForCIDRGroupRef(name)
		lbls[reference.Key] = reference
		for _, text := range group.Spec.ExternalCIDRs {
			prefix, err := netip.ParsePrefix(string(text))
			if err != nil {
				continue // the agent passes over it, too
			}
			own := maps.Clone(lbls)
			own.AddWorldLabel(prefix.Addr())
			out = append(out, ipcache.MU{
				Prefix: cmtypes.NewLocalPrefixCluster(prefix), Source: source.Generated,
				Resource: ipcachetypes.NewResourceID(ipcachetypes.ResourceKindCIDRGroup, "", name), Metadata: []ipcache.IPMetadata{own},
			})
		}
	}
	return out
}
