package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// keyFiles are the paths of a cluster's certificates and keys (PEM) and of its tokens (CSV).
type keyFiles struct {
	caCert, serverCert, serverKey, accountKey, tokens string
}

// ensureKeys makes the cluster's own CA and what it signs, unless an earlier start did.
func ensureKeys(folder string) (keyFiles, error) {
	pki := filepath.Join(folder, "pki")
	files := keyFiles{
		caCert:     filepath.Join(pki, "ca.crt"),
		serverCert: filepath.Join(pki, "server.crt"),
		serverKey:  filepath.Join(pki, "server.key"),
		accountKey: filepath.Join(pki, "accounts.key"),
		tokens:     filepath.Join(pki, "tokens.csv"),
	}
	// The CA's certificate is written last: where it is, the others are.
	if _, err := os.Stat(files.caCert); err == nil {
		return files, nil
	}
	if err := os.MkdirAll(pki, 0o700); err != nil {
		return files, err
	}
	caKey, err := newKey()
	if err != nil {
		return files, err
	}
	ca := template(pkix.Name{CommonName: "kube-test-ca"}, x509.KeyUsageCertSign|x509.KeyUsageDigitalSignature)
	ca.IsCA, ca.BasicConstraintsValid = true, true
	server := template(pkix.Name{CommonName: "kube-apiserver"}, x509.KeyUsageDigitalSignature)
	server.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}
	server.DNSNames = []string{"localhost", "kubernetes", "kubernetes.default", "kubernetes.default.svc"}
	server.IPAddresses = []net.IP{net.IPv4(127, 0, 0, 1), net.IPv4(10, 96, 0, 1)}

	accountKey, err := newKey()
	if err != nil {
		return files, err
	}
	if err := writeKey(files.accountKey, accountKey); err != nil {
		return files, err
	}
	serverKey, err := newKey()
	if err != nil {
		return files, err
	}
	if err := writeKey(files.serverKey, serverKey); err != nil {
		return files, err
	}
	if err := writeCert(files.serverCert, server, ca, serverKey, caKey); err != nil {
		return files, err
	}
	line := rand.Text() + ",kube-admin,kube-admin,system:masters\n"
	if err := os.WriteFile(files.tokens, []byte(line), 0o600); err != nil {
		return files, err
	}
	return files, writeCert(files.caCert, ca, ca, caKey, caKey)
}

// adminToken is the administrator's. A token rather than a client certificate: a connection that presents a
// certificate is let in whatever its requests say, so that tests of wrong tokens would prove nothing.
func adminToken(keys keyFiles) (string, error) {
	line, err := os.ReadFile(keys.tokens)
	token, _, _ := strings.Cut(string(line), ",")
	return token, err
}

func newKey() (*ecdsa.PrivateKey, error) { return ecdsa.GenerateKey(elliptic.P256(), rand.Reader) }

func template(subject pkix.Name, usage x509.KeyUsage) *x509.Certificate {
	serial, _ := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 120))
	return &x509.Certificate{
		SerialNumber: serial,
		Subject:      subject,
		NotBefore:    time.Now().Add(-time.Hour),
		NotAfter:     time.Now().AddDate(10, 0, 0),
		KeyUsage:     usage,
	}
}

func writeCert(path string, cert, issuer *x509.Certificate, key, issuerKey *ecdsa.PrivateKey) error {
	der, err := x509.CreateCertificate(rand.Reader, cert, issuer, &key.PublicKey, issuerKey)
	if err != nil {
		return err
	}
	return os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o600)
}

func writeKey(path string, key *ecdsa.PrivateKey) error {
	der, err := x509.MarshalECPrivateKey(key)
	if err != nil {
		return err
	}
	return os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: der}), 0o600)
}
