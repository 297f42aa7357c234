// Command calico-oracle answers what Calico's own code makes of flows.
//
// The readers of Kubernetes' objects, the validators, the conversions, Felix' calculation graph (selectors, named ports,
// order of tiers and policies, sets of addresses) and its filter of rules by address family are Calico's. What is not
// here: how rules are matched and chained (judge.go follows felix/rules), and everything that Felix' static chains,
// kube-proxy or routing add.
package main

import (
	"io"

	"github.com/sirupsen/logrus"
	"io.github.polverdict/scenarios/oracle/asked"
)

func main() {
	logrus.SetOutput(io.Discard) // what Calico rejects is part of the answer
	asked.Serve(func(line asked.World) (asked.Answer, error) {
		world, err := readWorld(line)
		if err != nil {
			return asked.Answer{}, err
		}
		return judge(world), nil
	})
}
