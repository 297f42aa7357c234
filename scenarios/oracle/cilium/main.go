// Command cilium-oracle answers what Cilium's own policy engine makes of flows.
//
// Settings are the agent's. The engine is the agent's: its readers of
// policies, repository, selector cache, IP cache and policy maps. What is not here: Services, the datapath before and after
// the policy map (hairpins, translation, a pod's own address), proxies.
package main

import (
	"log/slog"
	"os"

	"io.github.polverdict/scenarios/oracle/asked"
)

func main() {
	logger := slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: logLevel()}))
	asked.Serve(func(line asked.World) (asked.Answer, error) {
		world, err := readWorld(line)
		if err != nil {
			return asked.Answer{}, err
		}
		return judge(logger, world)
	})
}

func logLevel() slog.Level {
	if os.Getenv("ORACLE_LOG") != "" {
		return slog.LevelDebug
	}
	return slog.LevelError + 4 // what the engine rejects is part of the answer
}
