package main

import (
	"github.com/projectcalico/calico/felix/calc"
	"github.com/projectcalico/calico/felix/config"
	"github.com/projectcalico/calico/felix/proto"
	"github.com/projectcalico/calico/libcalico-go/lib/backend/api"
)

// felix is what the agent of one node sends to its dataplane.
type felix struct {
	policies  map[string]*proto.Policy
	profiles  map[string]*proto.Profile
	endpoints map[string]*proto.WorkloadEndpoint // by workload, namespace/pod
	host      *proto.HostEndpoint                // of the node; nil when it has none
	settings  *config.Config
	sets      map[string]map[string]bool // members by the set's identifier
}

func newFelix(world *World, node string) *felix {
	f := &felix{
		policies:  map[string]*proto.Policy{},
		profiles:  map[string]*proto.Profile{},
		endpoints: map[string]*proto.WorkloadEndpoint{},
		sets:      map[string]map[string]bool{},
	}
	settings := config.New()
	f.settings = settings
	settings.FelixHostname = node
	settings.Ipv6Support = true
	events := calc.NewEventSequencer(settings)
	events.Callback = f.learn
	graph := calc.NewCalculationGraph(events, calc.NewLookupsCache(), settings, func() {})
	filter := calc.NewValidationFilter(graph, settings)
	filter.OnStatusUpdated(api.ResyncInProgress)
	filter.OnUpdates(world.updates)
	filter.OnStatusUpdated(api.InSync)
	graph.Flush()
	events.Flush()
	return f
}

func (f *felix) learn(message any) {
	switch m := message.(type) {
	case *proto.ActivePolicyUpdate:
		f.policies[m.Id.Name] = m.Policy
	case *proto.ActiveProfileUpdate:
		f.profiles[m.Id.Name] = m.Profile
	case *proto.WorkloadEndpointUpdate:
		f.endpoints[m.Id.WorkloadId] = m.Endpoint
	case *proto.HostEndpointUpdate:
		f.host = m.Endpoint
	case *proto.IPSetUpdate:
		f.sets[m.Id] = map[string]bool{}
		f.change(m.Id, m.Members, nil)
	case *proto.IPSetDeltaUpdate:
		f.change(m.Id, m.AddedMembers, m.RemovedMembers)
	}
}

func (f *felix) change(set string, added, removed []string) {
	for _, member := range added {
		f.sets[set][member] = true
	}
	for _, member := range removed {
		delete(f.sets[set], member)
	}
}
