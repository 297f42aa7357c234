// Command cilium-oracle answers what Cilium's own policy engine makes of flows.
//
// It reads one world a line from standard input, as JSON, and writes one answer a line. A world has settings of the agent,
// objects of the API server, and flows between pods, nodes and outside addresses. The engine is the agent's: its readers of
// policies, repository, selector cache, IP cache and policy maps. What is not here: Services, the datapath before and after
// the policy map (hairpins, translation, a pod's own address), proxies.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
)

const longestLine = 64 << 20 // bytes

func main() {
	logger := slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: logLevel()}))
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(nil, longestLine)
	out := json.NewEncoder(os.Stdout)
	for in.Scan() {
		if err := out.Encode(answer(logger, in.Bytes())); err != nil {
			fail(err)
		}
	}
	if err := in.Err(); err != nil {
		fail(err)
	}
}

func logLevel() slog.Level {
	if os.Getenv("ORACLE_LOG") != "" {
		return slog.LevelDebug
	}
	return slog.LevelError + 4 // what the engine rejects is part of the answer
}

// answer turns what the engine cannot bear, objects that no API server takes, into an error.
func answer(logger *slog.Logger, line []byte) (out Answer) {
	defer func() {
		if broken := recover(); broken != nil {
			out = Answer{Error: fmt.Sprint(broken)}
		}
	}()
	world, err := readWorld(logger, line)
	if err != nil {
		return Answer{Error: err.Error()}
	}
	reply, err := judge(logger, world)
	if err != nil {
		return Answer{Error: err.Error()}
	}
	return reply
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
