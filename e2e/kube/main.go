// Command kube is three programs in one, chosen by the name that it is called by:
//
//	kube-apiserver           Kubernetes' own, unchanged
//	etcd                     etcd's own, unchanged
//	kube-controller-manager  the few controllers without which an API server alone looks broken
//
// Tests call them as they would call the released binaries, which stand in for these where a machine has them.
package main

import (
	"fmt"
	"os"
	"path/filepath"

	"go.etcd.io/etcd/server/v3/etcdmain"
	"k8s.io/component-base/cli"
	"k8s.io/kubernetes/cmd/kube-apiserver/app"
)

func main() {
	switch name := filepath.Base(os.Args[0]); name {
	case "kube-apiserver":
		os.Exit(cli.Run(app.NewAPIServerCommand()))
	case "etcd":
		etcdmain.Main(os.Args)
	case "kube-controller-manager":
		if err := runControllers(os.Args[1:]); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	default:
		fmt.Fprintf(os.Stderr, "%q: call it kube-apiserver, etcd or kube-controller-manager\n", name)
		os.Exit(2)
	}
}
