#!/bin/sh
# Builds the program into .cache/ at the root (needs Go and the module proxy) and prints its path.
set -eu
cd "$(dirname "$0")"
version=$(go list -m -f '{{.Version}}' k8s.io/kubernetes)
minor=${version#v1.}
out=$(cd ../.. && pwd)/.cache/kube/$version/kube
package=k8s.io/component-base/version
CGO_ENABLED=0 go build -trimpath -o "$out" -ldflags "-s -w \
  -X $package.gitVersion=$version -X $package.gitMajor=1 -X $package.gitMinor=${minor%%.*}" .
echo "$out"
