import Probes
import Systems
import Transfer

extension TransferLimits {
  /// More than this in flight are slower, not faster, than fewer; only a folder that wants more by itself gets it.
  private static let most = 256

  /// Those of a process that polls all of `folders`: each gets as many at once as it would have alone, up to a
  /// bound, and a host that several of them poll gets no more than the one that allows it least.
  package init(_ folders: [SystemFolder]) {
    guard let widest = folders.map(\.atOnce).max(), let perHost = folders.map(\.perHost).max() else {
      self.init()
      return
    }
    var hosts: [String: Int] = [:]
    for folder in folders where folder.perHost < perHost {
      for endpoint in folder.endpoints {
        let host = Endpoint.instance(of: endpoint.target)
        hosts[host] = min(hosts[host] ?? perHost, folder.perHost)
      }
    }
    let sum = folders.reduce(0) { $0 + $1.atOnce }
    self.init(atOnce: max(widest, min(sum, Self.most)), perHost: perHost, hosts: hosts)
  }
}
