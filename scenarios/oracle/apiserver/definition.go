package main

import (
	"context"
	"fmt"
	"os"
	"sort"

	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	v1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/cel"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/defaulting"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/listtype"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/pruning"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/validation"
	celconfig "k8s.io/apiserver/pkg/apis/cel"
	"sigs.k8s.io/yaml"
)

// A definition is one version of a CustomResourceDefinition, ready to judge objects.
type definition struct {
	status     bool // whether status is a resource of its own, which creating the object leaves out
	structural *schema.Structural
	validator  validation.SchemaValidator
	rules      *cel.Validator
}

func load(file, version string) (*definition, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var crd v1.CustomResourceDefinition
	if err := yaml.Unmarshal(text, &crd); err != nil {
		return nil, err
	}
	for _, v := range crd.Spec.Versions {
		if v.Name == version {
			return of(v)
		}
	}
	return nil, fmt.Errorf("%s has no version %s", file, version)
}

func of(version v1.CustomResourceDefinitionVersion) (*definition, error) {
	var props apiextensions.JSONSchemaProps
	err := v1.Convert_v1_JSONSchemaProps_To_apiextensions_JSONSchemaProps(version.Schema.OpenAPIV3Schema, &props, nil)
	if err != nil {
		return nil, err
	}
	structural, err := schema.NewStructural(&props)
	if err != nil {
		return nil, err
	}
	validator, _, err := validation.NewSchemaValidator(&props)
	if err != nil {
		return nil, err
	}
	status := version.Subresources != nil && version.Subresources.Status != nil
	return &definition{status, structural, validator, cel.NewValidator(structural, true, celconfig.PerCallLimit)}, nil
}

// refusals walks the way of an object that is created: unstructuredSchemaCoercer.apply (customresource_handler.go) and
// customResourceStrategy.PrepareForCreate and Validate (registry/customresource/strategy.go). Metadata is not judged, and
// the rules in CEL are asked whatever is wrong before, which changes what is said and not whether the object is taken.
func (d *definition) refusals(object map[string]any) []string {
	metadata := object["metadata"]
	options := schema.UnknownFieldPathOptions{TrackUnknownFieldPaths: true}
	errs := []string{}
	for _, path := range pruning.PruneWithOptions(object, d.structural, true, options) {
		errs = append(errs, fmt.Sprintf("unknown field %q", path))
	}
	object["metadata"] = metadata
	defaulting.PruneNonNullableNullsWithoutDefaults(object, d.structural)
	defaulting.Default(object, d.structural)
	if d.status {
		delete(object, "status")
	}
	all := validation.ValidateCustomResource(nil, object, d.validator)
	all = append(all, listtype.ValidateListSetsAndMaps(nil, d.structural, object)...)
	if d.rules != nil {
		broken, _ := d.rules.Validate(context.Background(), nil, d.structural, object, nil, celconfig.RuntimeCELCostBudget)
		all = append(all, broken...)
	}
	for _, err := range all {
		errs = append(errs, err.Error())
	}
	sort.Strings(errs)
	return errs
}
