import Foundation
import TestSupport
import Testing

/// A certificate authority of our own by openssl, and good and bad certificates from it, in one folder.
enum Certificates {
  /// Makes `ca.pem`, `good`, `expired`, `future`, `wrong`, `self` and `client` (`.pem` and `.key`) there.
  static func make(in folder: String) throws {
    try script.write(toFile: folder + "/make.sh", atomically: true, encoding: .utf8)
    let outcome = try Child.run(
      "/bin/sh", ["make.sh"], environment: ["PATH": "/usr/bin:/bin", "HOME": folder], in: folder)
    try #require(outcome.status == 0, "\(outcome.out) \(outcome.err)")
  }

  private static let script = """
    set -eu
    cat > ca.cnf <<'END'
    [ca]
    default_ca = ours
    [ours]
    new_certs_dir = .
    database = index.txt
    default_md = sha256
    policy = any
    unique_subject = no
    copy_extensions = copy
    rand_serial = yes
    [any]
    commonName = supplied
    END
    : > index.txt
    key() { openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$1.key" -out "$1.csr" \\
      -subj "/CN=$2" -addext "subjectAltName=$3" 2>/dev/null; }
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout ca.key -out ca.pem -days 3650 \\
      -subj "/CN=Our CA" 2>/dev/null
    sign() { openssl ca -batch -notext -config ca.cnf -cert ca.pem -keyfile ca.key -in "$1.csr" -out "$1.pem" \\
      -startdate "$2" -enddate "$3" 2>/dev/null; }
    here=DNS:localhost,DNS:api.test,IP:127.0.0.1,IP:::1
    for name in good expired future client; do key $name $name $here; done
    key wrong elsewhere.test DNS:elsewhere.test
    sign good 20200101000000Z 20460101000000Z
    sign client 20200101000000Z 20460101000000Z
    sign wrong 20200101000000Z 20450101000000Z
    sign expired 20200101000000Z 20210101000000Z
    sign future 20450101000000Z 20460101000000Z
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout self.key -out self.pem -days 365 \\
      -subj /CN=localhost -addext "subjectAltName=$here" 2>/dev/null
    """
}
