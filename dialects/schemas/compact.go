// Turns CustomResourceDefinitions into what polverdict bundles of them: of every served version's schema the keywords
// that decide whether an object is taken, and each part that occurs more than once only once.
//
// Arguments: where the definitions come from, in words; then their files. The result goes to standard output.
package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
	"strconv"

	"sigs.k8s.io/yaml"
)

// kept are the keywords that say what is taken (apiextensions-apiserver, pkg/apiserver/validation and schema).
var kept = map[string]bool{
	"type": true, "nullable": true, "default": true, "enum": true, "format": true, "pattern": true,
	"minLength": true, "maxLength": true, "minimum": true, "maximum": true, "exclusiveMinimum": true,
	"exclusiveMaximum": true, "multipleOf": true, "minItems": true, "maxItems": true, "minProperties": true,
	"maxProperties": true, "required": true, "items": true, "properties": true, "additionalProperties": true,
	"allOf": true, "anyOf": true, "oneOf": true, "not": true,
	"x-kubernetes-int-or-string": true, "x-kubernetes-preserve-unknown-fields": true,
	"x-kubernetes-embedded-resource": true, "x-kubernetes-list-type": true, "x-kubernetes-list-map-keys": true,
	"x-kubernetes-validations": true,
}

// ignored are formats that no server looks at (validation/formats.go); all others are kept for a test to see.
var ignored = map[string]bool{"int32": true, "int64": true, "idn-hostname": true, "double": true, "float": true}

type definition struct {
	Spec struct {
		Group    string
		Names    struct{ Kind string }
		Versions []struct {
			Name   string
			Served bool
			Schema struct{ OpenAPIV3Schema map[string]any }
		}
	}
}

func main() {
	schemas := map[string]any{}
	for _, file := range os.Args[2:] {
		text, err := os.ReadFile(file)
		check(err)
		var found definition
		check(yaml.Unmarshal(text, &found))
		for _, version := range found.Spec.Versions {
			if version.Served {
				name := found.Spec.Group + "/" + version.Name + "/" + found.Spec.Names.Kind
				schemas[name] = root(version.Schema.OpenAPIV3Schema)
			}
		}
	}
	shared := sharing{count: map[string]int{}, number: map[string]int{}}
	for _, name := range keys(schemas) {
		shared.counted(schemas[name])
	}
	for _, name := range keys(schemas) {
		schemas[name] = shared.short(schemas[name])
	}
	encoder := json.NewEncoder(os.Stdout)
	encoder.SetEscapeHTML(false)
	check(encoder.Encode(map[string]any{"from": os.Args[1], "schemas": schemas, "parts": shared.parts}))
}

// root is a whole object's schema; its status is no matter of whoever writes the object.
func root(schema map[string]any) any {
	out := reduced(schema).(map[string]any)
	properties := out["properties"].(map[string]any)
	if properties["status"] != nil {
		properties["status"] = map[string]any{}
	}
	return out
}

func reduced(schema any) any {
	node, is := schema.(map[string]any)
	if !is {
		return schema
	}
	out := map[string]any{}
	for key, value := range node {
		if !kept[key] || value == "atomic" || key == "format" && ignored[value.(string)] {
			continue
		}
		switch key {
		case "properties":
			members := map[string]any{}
			for name, member := range value.(map[string]any) {
				members[name] = reduced(member)
			}
			out[key] = members
		case "allOf", "anyOf", "oneOf":
			var all []any
			for _, one := range value.([]any) {
				all = append(all, reduced(one))
			}
			out[key] = all
		case "items", "additionalProperties", "not":
			out[key] = reduced(value)
		default:
			out[key] = value
		}
	}
	return out
}

// sharing keeps what occurs more than once, by its text.
type sharing struct {
	count  map[string]int
	number map[string]int
	parts  []any
}

const worthwhile = 60

func (s *sharing) counted(schema any) {
	if text := written(schema); len(text) > worthwhile {
		s.count[text]++
		if s.count[text] > 1 {
			return
		}
	}
	each(schema, func(part any) any { s.counted(part); return part })
}

func (s *sharing) short(schema any) any {
	text := written(schema)
	again := s.count[text] > 1
	if number, known := s.number[text]; again && known {
		return map[string]any{"$part": strconv.Itoa(number)}
	}
	short := each(schema, s.short)
	if !again {
		return short
	}
	s.number[text] = len(s.parts)
	s.parts = append(s.parts, short)
	return map[string]any{"$part": strconv.Itoa(s.number[text])}
}

// each gives a schema with something else for each schema right inside it.
func each(schema any, other func(any) any) any {
	node, is := schema.(map[string]any)
	if !is {
		return schema
	}
	out := map[string]any{}
	for _, key := range keys(node) {
		value := node[key]
		switch key {
		case "properties":
			members := map[string]any{}
			for _, name := range keys(value.(map[string]any)) {
				members[name] = other(value.(map[string]any)[name])
			}
			out[key] = members
		case "items", "additionalProperties":
			out[key] = other(value)
		default:
			out[key] = value
		}
	}
	return out
}

func keys(node map[string]any) []string {
	return slices.Sorted(maps.Keys(node))
}

func written(schema any) string {
	text, err := json.Marshal(schema)
	check(err)
	return string(text)
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
