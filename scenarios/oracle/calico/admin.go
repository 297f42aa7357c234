package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"

	"k8s.io/client-go/rest"
	policyclient "sigs.k8s.io/network-policy-api/pkg/client/clientset/versioned/typed/apis/v1alpha1"

	"github.com/projectcalico/calico/libcalico-go/lib/backend/k8s/resources"
	"github.com/projectcalico/calico/libcalico-go/lib/backend/model"
	"github.com/projectcalico/calico/libcalico-go/lib/backend/syncersv1/updateprocessors"
)

// addAdmin has Calico's reader list one policy: what it cannot convert is in the reader's hands, too.
func (w *World) addAdmin(head string, object json.RawMessage) error {
	var body bytes.Buffer
	fmt.Fprintf(&body, `{"apiVersion": %q, "kind": %q, "metadata": {}, "items": [%s]}`,
		"policy.networking.k8s.io/v1alpha1", head+"List", object)
	client, err := policyclient.NewForConfig(&rest.Config{Host: "http://api", Transport: served(body.Bytes())})
	if err != nil {
		return err
	}
	reader, kind := resources.NewKubernetesAdminNetworkPolicyClient(client), model.KindKubernetesAdminNetworkPolicy
	if head == "BaselineAdminNetworkPolicy" {
		reader = resources.NewKubernetesBaselineAdminNetworkPolicyClient(client)
		kind = model.KindKubernetesBaselineAdminNetworkPolicy
	}
	list, err := reader.List(context.Background(), model.ResourceListOptions{Kind: kind}, "")
	if err != nil {
		return err
	}
	if len(list.KVPairs) == 0 {
		w.rejected = append(w.rejected, string(object))
	}
	return w.take(updateprocessors.NewGlobalNetworkPolicyUpdateProcessor(), nil, list.KVPairs...)
}

// served is what the API server answers to every request.
type served []byte

func (s served) RoundTrip(request *http.Request) (*http.Response, error) {
	return &http.Response{
		StatusCode: http.StatusOK,
		Header:     http.Header{"Content-Type": {"application/json"}},
		Body:       io.NopCloser(bytes.NewReader(s)),
		Request:    request,
	}, nil
}
