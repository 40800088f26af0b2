package main

import (
	"context"
	"flag"
	"os/signal"
	"syscall"
	"time"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/client-go/discovery/cached/memory"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/metadata"
	"k8s.io/client-go/metadata/metadatainformer"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/restmapper"
	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/controller-manager/pkg/informerfactory"
	"k8s.io/kubernetes/pkg/controller/clusterroleaggregation"
	"k8s.io/kubernetes/pkg/controller/garbagecollector"
	"k8s.io/kubernetes/pkg/controller/namespace"
)

// runControllers runs until a signal comes. Of kube-controller-manager's flags it knows those that tests use.
func runControllers(args []string) error {
	flags := flag.NewFlagSet("kube-controller-manager", flag.ContinueOnError)
	kubeconfig := flags.String("kubeconfig", "", "the cluster and the identity to work with")
	flags.String("controllers", "", "accepted for likeness; always the three of startControllers")
	flags.Bool("leader-elect", false, "accepted for likeness")
	flags.Int("secure-port", 0, "accepted for likeness; nothing is served")
	if err := flags.Parse(args); err != nil {
		return err
	}
	config, err := clientcmd.BuildConfigFromFlags("", *kubeconfig)
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer stop()
	if err := startControllers(ctx, config); err != nil {
		return err
	}
	<-ctx.Done()
	return nil
}

// startControllers starts those parts of kube-controller-manager without which the API itself would look
// broken: namespaces that never go, dependents that outlive their owners, `admin` and `edit` without rules.
func startControllers(ctx context.Context, base *rest.Config) error {
	config := rest.CopyConfig(base)
	config.QPS, config.Burst = 500, 1000
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	metadataClient, err := metadata.NewForConfig(config)
	if err != nil {
		return err
	}
	shared := informers.NewSharedInformerFactory(client, 12*time.Hour)
	metadataShared := metadatainformer.NewSharedInformerFactory(metadataClient, 12*time.Hour)

	namespaces := namespace.NewNamespaceController(ctx, client, metadataClient,
		client.Discovery().ServerPreferredNamespacedResources, shared.Core().V1().Namespaces(),
		5*time.Minute, corev1.FinalizerKubernetes)
	roles := clusterroleaggregation.NewClusterRoleAggregation(shared.Rbac().V1().ClusterRoles(), client.RbacV1())
	started := make(chan struct{})
	collector, err := garbagecollector.NewGarbageCollector(ctx, client, metadataClient,
		restmapper.NewDeferredDiscoveryRESTMapper(memory.NewMemCacheClient(client.Discovery())),
		garbagecollector.DefaultIgnoredResources(),
		informerfactory.NewInformerFactory(shared, metadataShared), started)
	if err != nil {
		return err
	}
	shared.Start(ctx.Done())
	metadataShared.Start(ctx.Done())
	close(started)
	go namespaces.Run(ctx, 2)
	go roles.Run(ctx, 1)
	go collector.Run(ctx, 4, 30*time.Second)
	// A kind that was just defined is collected after this long at the latest.
	go collector.Sync(ctx, client.Discovery(), 5*time.Second)
	return nil
}
