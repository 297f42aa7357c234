package main

import (
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
)

// What the API server sets and drops (pkg/apis/{core,networking}/v1/defaults.go): the agent reads these objects as protocol
// buffers, in which an empty list is none.

func defaultPod(pod *corev1.Pod) {
	for _, container := range pod.Spec.Containers {
		for i := range container.Ports {
			if container.Ports[i].Protocol == "" {
				container.Ports[i].Protocol = corev1.ProtocolTCP
			}
		}
	}
}

func defaultPolicy(policy *networkingv1.NetworkPolicy) {
	data, err := policy.Marshal()
	if err != nil {
		panic(err)
	}
	*policy = networkingv1.NetworkPolicy{}
	if err := policy.Unmarshal(data); err != nil {
		panic(err)
	}
	if spec := &policy.Spec; len(spec.PolicyTypes) == 0 {
		spec.PolicyTypes = []networkingv1.PolicyType{networkingv1.PolicyTypeIngress}
		if len(spec.Egress) > 0 {
			spec.PolicyTypes = append(spec.PolicyTypes, networkingv1.PolicyTypeEgress)
		}
	}
	for _, rule := range policy.Spec.Ingress {
		defaultPorts(rule.Ports)
	}
	for _, rule := range policy.Spec.Egress {
		defaultPorts(rule.Ports)
	}
}

func defaultPorts(ports []networkingv1.NetworkPolicyPort) {
	tcp := corev1.ProtocolTCP
	for i := range ports {
		if ports[i].Protocol == nil {
			ports[i].Protocol = &tcp
		}
	}
}
