// Command knp-oracle answers what the policy engine of kube-network-policies makes of flows.
//
// The engine is the agent's: its index of pods by address
// and its evaluators, in the order in which its commands put them (cmd/kube-network-policies/*/main.go of the module). What
// is not here: the rules of nftables that hand packets to the engine or let them pass before, Services, names of domains.
package main

import "io.github.polverdict/scenarios/oracle/asked"

func main() {
	asked.Serve(func(line asked.World) (asked.Answer, error) {
		world, err := readWorld(line)
		if err != nil {
			return asked.Answer{}, err
		}
		return world.judge()
	})
}
