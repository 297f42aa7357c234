// Probes as cyclonus does, with its own code: one exec of agnhost for each, 15 workers. Reads lines "ID NAMESPACE POD CONTAINER
// ADDRESS PORT" of TCP probes, writes lines "ID allowed|blocked|checkfailed". The argument is agnhost's timeout in seconds. The
// cluster is the one of KUBECONFIG.
package main

import (
	"bufio"
	"fmt"
	"log"
	"os"
	"strconv"

	"github.com/mattfenwick/cyclonus/pkg/connectivity/probe"
	"github.com/mattfenwick/cyclonus/pkg/kube"
	v1 "k8s.io/api/core/v1"
)

const workers = 15 // defaultWorkersCount of cyclonus v0.5.6, pkg/connectivity/interpreter.go

func main() {
	log.SetFlags(0)
	if len(os.Args) != 2 {
		log.Fatal("usage: cyclonus SECONDS")
	}
	seconds, err := strconv.Atoi(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	cluster, err := kube.NewKubernetesForContext("")
	if err != nil {
		log.Fatal(err)
	}
	runner := probe.KubeJobRunner{Kubernetes: cluster, Workers: workers}
	for _, result := range runner.RunJobs(jobs(seconds)) {
		fmt.Println(result.Job.FromKey, result.Combined)
	}
}

func jobs(seconds int) []*probe.Job {
	var out []*probe.Job
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		job := &probe.Job{Protocol: v1.ProtocolTCP, TimeoutSeconds: seconds}
		if _, err := fmt.Sscan(lines.Text(), &job.FromKey, &job.FromNamespace, &job.FromPod, &job.FromContainer, &job.ToHost,
			&job.ResolvedPort); err != nil {
			log.Fatalf("%q: %v", lines.Text(), err)
		}
		out = append(out, job)
	}
	if err := lines.Err(); err != nil {
		log.Fatal(err)
	}
	return out
}
