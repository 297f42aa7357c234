// What a Kubernetes API server says of custom resources: its own code for them (k8s.io/apiextensions-apiserver),
// from the strict decoding that kubectl asks for to the rules in CEL, without the server.
//
// The argument is a file that names definitions: lines of "name file version". Standard input has a JSON object per
// line, {"schema": name, "object": {...}}; standard output answers each with a line, {"errors": ["path: message", ...]},
// which is empty for an object that the server takes.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"strings"
)

type question struct {
	Schema string         `json:"schema"`
	Object map[string]any `json:"object"`
}

type answer struct {
	Errors []string `json:"errors"`
}

func main() {
	if len(os.Args) != 2 {
		fail(fmt.Errorf("usage: apiserver-oracle DEFINITIONS"))
	}
	definitions, err := read(os.Args[1])
	if err != nil {
		fail(err)
	}
	in := bufio.NewReaderSize(os.Stdin, 1<<20)
	decoder := json.NewDecoder(in)
	decoder.UseNumber()
	out := bufio.NewWriter(os.Stdout)
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	for decoder.More() {
		var asked question
		if err := decoder.Decode(&asked); err != nil {
			fail(err)
		}
		definition, known := definitions[asked.Schema]
		if !known {
			fail(fmt.Errorf("no definition is called %s", asked.Schema))
		}
		if err := encoder.Encode(answer{Errors: definition.refusals(numbers(asked.Object).(map[string]any))}); err != nil {
			fail(err)
		}
		if in.Buffered() == 0 {
			out.Flush()
		}
	}
	out.Flush()
}

// read gives the definitions that a file names.
func read(file string) (map[string]*definition, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	all := map[string]*definition{}
	for line := range strings.Lines(string(text)) {
		words := strings.Fields(line)
		if len(words) != 3 {
			return nil, fmt.Errorf("%s: not a name, a file and a version: %q", file, line)
		}
		if all[words[0]], err = load(words[1], words[2]); err != nil {
			return nil, fmt.Errorf("%s: %w", words[0], err)
		}
	}
	return all, nil
}

// numbers turns numbers into what the server's decoder makes of them (sigs.k8s.io/json: int64, else float64).
func numbers(value any) any {
	switch v := value.(type) {
	case map[string]any:
		for key, member := range v {
			v[key] = numbers(member)
		}
	case []any:
		for i, item := range v {
			v[i] = numbers(item)
		}
	case json.Number:
		if whole, err := v.Int64(); err == nil {
			return whole
		}
		broken, err := v.Float64()
		if err != nil {
			fail(err)
		}
		return broken
	}
	return value
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
