package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"go.etcd.io/etcd/server/v3/embed"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	genericapiserver "k8s.io/apiserver/pkg/server"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
	api "k8s.io/client-go/tools/clientcmd/api"
	"k8s.io/kubernetes/cmd/kube-apiserver/app"
)

// readyLine is what the process of a cluster prints once it can be used.
const readyLine = "ready"

// serveCluster runs etcd, the API server and a few controllers until a signal comes or standard input ends.
func serveCluster(name, folder string) error {
	keys, err := ensureKeys(folder)
	if err != nil {
		return err
	}
	store, err := startEtcd(filepath.Join(folder, "etcd"))
	if err != nil {
		return err
	}
	defer store.Close()
	port, err := choosePort(filepath.Join(folder, "port"))
	if err != nil {
		return err
	}
	config, err := writeKubeconfig(name, folder, port, keys)
	if err != nil {
		return err
	}

	command := app.NewAPIServerCommand()
	command.SetArgs([]string{
		"--bind-address=127.0.0.1",
		fmt.Sprintf("--secure-port=%s", port),
		"--etcd-servers=http://" + store.Clients[0].Addr().String(),
		"--tls-cert-file=" + keys.serverCert,
		"--tls-private-key-file=" + keys.serverKey,
		"--client-ca-file=" + keys.caCert,
		"--token-auth-file=" + keys.tokens,
		"--service-account-issuer=https://kubernetes.default.svc",
		"--service-account-key-file=" + keys.accountKey,
		"--service-account-signing-key-file=" + keys.accountKey,
		"--service-cluster-ip-range=10.96.0.0/16",
		"--authorization-mode=Node,RBAC",
		// Nothing runs pods here, and a loopback address must not become an endpoint.
		"--endpoint-reconciler-type=none",
		"--disable-admission-plugins=ServiceAccount",
		"--allow-privileged=true",
	})
	ctx, cancel := context.WithCancel(command.Context())
	defer cancel()
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		genericapiserver.RequestShutdown()
	}()
	failed := make(chan error, 1)
	go func() {
		err := afterStart(ctx, config)
		if err != nil && ctx.Err() == nil {
			failed <- err
			genericapiserver.RequestShutdown()
		}
	}()
	if err := command.Execute(); err != nil {
		return err
	}
	select {
	case err := <-failed:
		return err
	default:
		return nil
	}
}

// afterStart waits until the API server answers, starts the controllers and says so.
func afterStart(ctx context.Context, config *rest.Config) error {
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	for !answers(ctx, client) {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(100 * time.Millisecond):
		}
	}
	if err := startControllers(ctx, config); err != nil {
		return err
	}
	fmt.Println(readyLine)
	return nil
}

// answers tells whether the server says that it is ready and has made the first namespaces.
func answers(ctx context.Context, client *kubernetes.Clientset) bool {
	if client.Discovery().RESTClient().Get().AbsPath("/readyz").Do(ctx).Error() != nil {
		return false
	}
	for _, name := range []string{"default", "kube-system", "kube-public", "kube-node-lease"} {
		if _, err := client.CoreV1().Namespaces().Get(ctx, name, metav1.GetOptions{}); err != nil {
			return false
		}
	}
	return true
}

// startEtcd starts the store of one cluster on ports of its own; only its files matter to a later start.
func startEtcd(folder string) (*embed.Etcd, error) {
	free := url.URL{Scheme: "http", Host: "127.0.0.1:0"}
	config := embed.NewConfig()
	config.Dir = folder
	config.LogLevel = "error"
	config.ListenClientUrls = []url.URL{free}
	config.AdvertiseClientUrls = []url.URL{free}
	config.ListenPeerUrls = []url.URL{free}
	config.AdvertisePeerUrls = []url.URL{free}
	config.InitialCluster = config.InitialClusterFromName(config.Name)
	// The page cache survives a killed process, which is all that tests do to it.
	config.UnsafeNoFsync = true
	store, err := embed.StartEtcd(config)
	if err != nil {
		return nil, err
	}
	select {
	case <-store.Server.ReadyNotify():
		return store, nil
	case err := <-store.Err():
		return nil, err
	case <-time.After(time.Minute):
		store.Close()
		return nil, fmt.Errorf("etcd does not start")
	}
}

// choosePort returns the port that the file names if it is free, else any that is, and keeps it in the file.
func choosePort(file string) (string, error) {
	wanted := "0"
	if kept, err := os.ReadFile(file); err == nil {
		wanted = strings.TrimSpace(string(kept))
	}
	listener, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", wanted))
	if err != nil {
		listener, err = net.Listen("tcp", "127.0.0.1:0")
	}
	if err != nil {
		return "", err
	}
	defer listener.Close()
	_, port, err := net.SplitHostPort(listener.Addr().String())
	if err != nil {
		return "", err
	}
	return port, os.WriteFile(file, []byte(port), 0o600)
}

// writeKubeconfig writes the administrator's kubeconfig and returns the same as a client configuration.
func writeKubeconfig(name, folder, port string, keys keyFiles) (*rest.Config, error) {
	token, err := adminToken(keys)
	if err != nil {
		return nil, err
	}
	config := api.NewConfig()
	config.CurrentContext = name
	config.Contexts[name] = &api.Context{Cluster: name, AuthInfo: name}
	config.Clusters[name] = &api.Cluster{Server: "https://127.0.0.1:" + port, CertificateAuthority: keys.caCert}
	config.AuthInfos[name] = &api.AuthInfo{Token: token}
	if err := api.FlattenConfig(config); err != nil {
		return nil, err
	}
	if err := clientcmd.WriteToFile(*config, filepath.Join(folder, "kubeconfig")); err != nil {
		return nil, err
	}
	return clientcmd.NewDefaultClientConfig(*config, nil).ClientConfig()
}
