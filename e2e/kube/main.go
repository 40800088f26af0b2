// Command kube starts real Kubernetes API servers on 127.0.0.1, as clusters for tests to run against.
//
//	kube --clusters global,business --data DIR
//
// Each cluster is a process of its own (kube-apiserver keeps its flags, feature gates and signal handler in
// globals; and a test may stop or kill one cluster alone). State stays in DIR: started again on it, a cluster
// has the same objects, certificates and, where it is still free, the same port.
package main

import (
	"bufio"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"time"

	"k8s.io/client-go/tools/clientcmd"
	api "k8s.io/client-go/tools/clientcmd/api"
)

const (
	startTimeout = 2 * time.Minute
	stopTimeout  = 20 * time.Second
)

var validName = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$`)

func main() {
	clusters := flag.String("clusters", "global", "names of the clusters, separated by commas")
	data := flag.String("data", "", "folder of their state and of the kubeconfig")
	serve := flag.String("serve", "", "be the process of this one cluster (internal)")
	flag.Parse()
	folder, err := filepath.Abs(*data)
	switch {
	case *data == "":
		err = errors.New("--data is missing")
	case err != nil:
	case *serve != "":
		err = serveCluster(*serve, filepath.Join(folder, *serve))
	default:
		err = run(strings.Split(*clusters, ","), folder)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "kube:", err)
		os.Exit(1)
	}
}

// child is the running process of one cluster.
type child struct {
	name  string
	cmd   *exec.Cmd
	stdin io.Closer
	ready chan struct{}
	ended chan struct{}
}

// run starts the clusters, prints where their kubeconfig is once all answer, and ends them on a signal.
func run(names []string, data string) error {
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, syscall.SIGTERM, syscall.SIGINT)
	var children []*child
	defer func() { stop(children) }()
	seen := map[string]bool{}
	for _, name := range names {
		if !validName.MatchString(name) || seen[name] {
			return fmt.Errorf("%q is no name for a cluster, or is there twice", name)
		}
		seen[name] = true
		started, err := start(name, data)
		if err != nil {
			return err
		}
		children = append(children, started)
	}
	timeout := time.After(startTimeout)
	for _, c := range children {
		select {
		case <-c.ready:
			fmt.Printf("cluster %s pid %d\n", c.name, c.cmd.Process.Pid)
		case <-c.ended:
			return fmt.Errorf("cluster %s did not start: see %s", c.name, logFile(data, c.name))
		case <-timeout:
			return fmt.Errorf("cluster %s is not ready after %s: see %s", c.name, startTimeout, logFile(data, c.name))
		case <-signals:
			return nil
		}
	}
	path, err := mergeKubeconfigs(names, data)
	if err != nil {
		return err
	}
	fmt.Println("kubeconfig", path)
	<-signals
	return nil
}

// start runs this program again as the process of one cluster. It ends when its standard input does, so that
// it does not outlive us however we end.
func start(name, data string) (*child, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(filepath.Join(data, name), 0o700); err != nil {
		return nil, err
	}
	log, err := os.OpenFile(logFile(data, name), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	defer log.Close()
	cmd := exec.Command(self, "--serve", name, "--data", data)
	cmd.Stderr = log
	// A group of its own: Ctrl-C is for us alone, a second signal would make the API server exit at once.
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	stdin, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	c := &child{name: name, cmd: cmd, stdin: stdin, ready: make(chan struct{}), ended: make(chan struct{})}
	go func() {
		lines := bufio.NewScanner(stdout)
		for lines.Scan() {
			if lines.Text() == readyLine {
				close(c.ready)
				break
			}
		}
		_, _ = io.Copy(io.Discard, stdout)
		err := cmd.Wait()
		fmt.Fprintf(os.Stderr, "kube: cluster %s ended: %s\n", name, describe(err))
		close(c.ended)
	}()
	return c, nil
}

// stop ends the clusters side by side and waits for them.
func stop(children []*child) {
	for _, c := range children {
		_ = c.stdin.Close()
	}
	timeout := time.After(stopTimeout)
	for _, c := range children {
		select {
		case <-c.ended:
		case <-timeout:
			_ = c.cmd.Process.Kill()
			<-c.ended
		}
	}
}

// mergeKubeconfigs writes one kubeconfig with a context per cluster, named like it; the first is the current one.
func mergeKubeconfigs(names []string, data string) (string, error) {
	all := api.NewConfig()
	for _, name := range names {
		one, err := clientcmd.LoadFromFile(filepath.Join(data, name, "kubeconfig"))
		if err != nil {
			return "", err
		}
		all.Clusters[name] = one.Clusters[name]
		all.AuthInfos[name] = one.AuthInfos[name]
		all.Contexts[name] = one.Contexts[name]
	}
	all.CurrentContext = names[0]
	path := filepath.Join(data, "kubeconfig")
	return path, clientcmd.WriteToFile(*all, path)
}

func logFile(data, name string) string { return filepath.Join(data, name, "log") }

func describe(err error) string {
	if err == nil {
		return "as asked"
	}
	return err.Error()
}
