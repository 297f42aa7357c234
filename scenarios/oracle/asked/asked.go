// Package asked is how an oracle is spoken to: one world a line on standard input, as JSON, and one answer a line.
//
// A world has settings, objects of the API server, and flows between pods, nodes and outside addresses.
package asked

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
)

const longestLine = 64 << 20 // bytes

// Flow is one question. From and To are namespace/pod, node/name or an address.
type Flow struct {
	From     string `json:"from"`
	To       string `json:"to"`
	Protocol string `json:"protocol"`
	// Port is the destination's, or the ICMP type.
	Port uint16 `json:"port"`
}

// Verdict says what each gate does: allowed, denied, or nothing where there is no gate or where the engine is not asked.
type Verdict struct {
	Egress  string `json:"egress,omitempty"`
	Ingress string `json:"ingress,omitempty"`
}

// Answer has a verdict for each flow, and the policies that the engine would not take.
type Answer struct {
	Flows    []Verdict `json:"flows,omitempty"`
	Rejected []string  `json:"rejected,omitempty"`
	Error    string    `json:"error,omitempty"`
}

// World is one line.
type World struct {
	Settings map[string]string `json:"settings"`
	Objects  []json.RawMessage `json:"objects"`
	Flows    []Flow            `json:"flows"`
}

// Head says what an object is.
type Head struct {
	APIVersion string `json:"apiVersion"`
	Kind       string `json:"kind"`
}

// Each hands every object to a reader, and says which one it could not take.
func (w World) Each(add func(Head, json.RawMessage) error) error {
	for _, object := range w.Objects {
		head, err := Read[Head](object)
		if err == nil {
			err = add(*head, object)
		}
		if err != nil {
			return fmt.Errorf("%w in %s", err, object)
		}
	}
	return nil
}

// Read makes an object of a type.
func Read[T any](object json.RawMessage) (*T, error) {
	out := new(T)
	return out, json.Unmarshal(object, out)
}

// Serve answers until the input ends. What the engine cannot bear, objects that no API server takes, becomes an error.
func Serve(judge func(World) (Answer, error)) {
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(nil, longestLine)
	out := json.NewEncoder(os.Stdout)
	for in.Scan() {
		if err := out.Encode(answer(in.Bytes(), judge)); err != nil {
			fail(err)
		}
	}
	if err := in.Err(); err != nil {
		fail(err)
	}
}

func answer(line []byte, judge func(World) (Answer, error)) (out Answer) {
	defer func() {
		if broken := recover(); broken != nil {
			out = Answer{Error: fmt.Sprint(broken)}
		}
	}()
	var world World
	if err := json.Unmarshal(line, &world); err != nil {
		return Answer{Error: err.Error()}
	}
	reply, err := judge(world)
	if err != nil {
		return Answer{Error: err.Error()}
	}
	return reply
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
