package main

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/projectcalico/calico/felix/proto"
)

var numbers = map[int32]string{1: "icmp", 6: "tcp", 17: "udp", 132: "sctp"}

// matches follows ProtoRuleToIptablesRules and CalculateRuleMatch of felix/rules/policy.go. Ports of sources are not asked.
func (f *felix) matches(r *proto.Rule, p packet) bool {
	if len(r.SrcPorts)+len(r.SrcNamedPortIpSetIds)+len(r.NotSrcPorts)+len(r.NotSrcNamedPortIpSetIds) > 0 {
		panic("a flow has no source port")
	}
	from, to := p.from.String(), p.to.String()
	ported := fmt.Sprintf("%s,%s:%d", p.to, p.protocol, p.port)
	ports := len(r.DstPorts)+len(r.DstNamedPortIpSetIds) > 0
	return (r.Protocol == nil || is(r.Protocol, p)) && (r.NotProtocol == nil || !is(r.NotProtocol, p)) &&
		(len(r.SrcNet) == 0 || within(r.SrcNet, p.from)) && !within(r.NotSrcNet, p.from) &&
		(len(r.DstNet) == 0 || within(r.DstNet, p.to)) && !within(r.NotDstNet, p.to) &&
		f.inAll(r.SrcIpSetIds, from) && !f.inAny(r.NotSrcIpSetIds, from) &&
		f.inAll(r.DstIpSetIds, to) && !f.inAny(r.NotDstIpSetIds, to) &&
		f.inAll(r.DstIpPortSetIds, ported) &&
		(!ports || spans(r.DstPorts, p) || f.inAny(r.DstNamedPortIpSetIds, ported)) &&
		(len(r.NotDstPorts) == 0 || hasPorts(p) && !spans(r.NotDstPorts, p)) && !f.inAny(r.NotDstNamedPortIpSetIds, ported) &&
		icmp(r, p)
}

func is(protocol *proto.Protocol, p packet) bool {
	if name := protocol.GetName(); name != "" {
		return strings.ToLower(name) == p.protocol
	}
	return numbers[protocol.GetNumber()] == p.protocol
}

func within(ranges []string, address netip.Addr) bool {
	return slices.ContainsFunc(ranges, func(text string) bool { return netip.MustParsePrefix(text).Contains(address) })
}

// in says whether a set has an address, or an address with protocol and port.
func (f *felix) in(set, member string) bool {
	for known := range f.sets[set] {
		if known == member {
			return true
		}
		prefix, err := netip.ParsePrefix(known)
		if err != nil {
			continue
		}
		if address, err := netip.ParseAddr(member); err == nil && prefix.Contains(address) {
			return true
		}
	}
	return false
}

func (f *felix) inAll(sets []string, member string) bool {
	return !slices.ContainsFunc(sets, func(set string) bool { return !f.in(set, member) })
}

func (f *felix) inAny(sets []string, member string) bool {
	return slices.ContainsFunc(sets, func(set string) bool { return f.in(set, member) })
}

func hasPorts(p packet) bool { return p.protocol != "icmp" }

func spans(ranges []*proto.PortRange, p packet) bool {
	return hasPorts(p) && slices.ContainsFunc(ranges, func(r *proto.PortRange) bool {
		return r.First <= int32(p.port) && int32(p.port) <= r.Last
	})
}

// icmp compares the type; the code of every packet here is 0.
func icmp(r *proto.Rule, p packet) bool {
	yes, no := true, false
	switch it := r.Icmp.(type) {
	case *proto.Rule_IcmpType:
		yes = p.protocol == "icmp" && it.IcmpType == int32(p.port)
	case *proto.Rule_IcmpTypeCode:
		yes = p.protocol == "icmp" && it.IcmpTypeCode.Type == int32(p.port) && it.IcmpTypeCode.Code == 0
	}
	switch it := r.NotIcmp.(type) {
	case *proto.Rule_NotIcmpType:
		no = p.protocol == "icmp" && it.NotIcmpType == int32(p.port)
	case *proto.Rule_NotIcmpTypeCode:
		no = p.protocol == "icmp" && it.NotIcmpTypeCode.Type == int32(p.port) && it.NotIcmpTypeCode.Code == 0
	}
	return yes && !no
}
