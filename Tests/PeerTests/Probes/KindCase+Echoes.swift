import Foundation

/// Hosts of ``EchoEstate``, whose address stands for `{name}`, and of the kernel.
extension KindCase {
  static let echoes =
    [
      Self("icmp", .up, "icmp: 127.0.0.1", "up", series: ["probe_icmp_reply_hop_limit": 64]),
      Self("icmp", .up, "icmp: localhost, ip: 4", "up", series: ["probe_ip_protocol": 4]),
      // Under whichever address the system chooses.
      Self("icmp", .up, "icmp: 0.0.0.0", "up"),
    ] + hosts("")

  static let echoes6 =
    [
      Self("icmp", .up, "icmp: '::1'", "up", series: ["probe_ip_protocol": 6]),
      Self("icmp", .up, "icmp: '{link6}'", "up", series: ["probe_icmp_reply_hop_limit": 57]),
    ] + hosts("6")

  private static func hosts(_ version: String) -> [Self] {
    func host(
      _ manner: Manner, _ name: String, _ state: String, _ says: String = "", expect: String = "",
      series: [String: Double?] = [:]
    ) -> Self {
      let host = "{\(name)\(version)}"
      return Self(
        "icmp", manner, "icmp: '\(host)'" + (expect.isEmpty ? "" : ", expect: [\(expect)]"), state,
        says.replacingOccurrences(of: "{host}", with: host).replacingOccurrences(
          of: "{router}", with: "{router\(version)}"), series: series)
    }
    return [
      host(.up, "honest", "up", series: ["probe_icmp_reply_hop_limit": 57]),
      // One lost packet is no outage.
      host(.up, "second", "up"),
      host(.down, "unreachable", "down", "no route to {host}"),
      host(.down, "blackhole", "down", "no route to {host}"),
      host(.down, "nowhere", "down", "no route to {host}"),
      // Nobody was asked, so nothing is known.
      host(.down, "prohibit", "paused", "this machine's routes or its firewall let no echo go to {host}"),
      host(.down, "no-host", "down", "no route to {host}, says {router}"),
      host(.down, "no-net", "down", "no route to {host}, says {router}"),
      host(.down, "prohibited", "down", "echoes to {host} are prohibited, says {router}"),
      host(.down, "no-echoes", "down", "{host} takes no echoes, says {router}"),
      host(.down, "circle", "down", "too many hops to {host}, says {router}"),
      host(
        .down, "puzzled", "down",
        "no way for an echo to {host}: ICMP type \(version.isEmpty ? 12 : 4), code 0"),
      host(.slow, "mute", "down", "no answer in 1s"),
      host(.slow, "late", "down", "expected < 200ms", expect: "latency < 200ms"),
      host(.slow, "late", "up"),
      host(.lying, "other-id", "down", "no answer in 1s"),
      host(.lying, "other-sequence", "down", "no true answer in 5s: one came to an echo that was never sent"),
      host(.lying, "other-payload", "down", "no true answer in 5s: one came with other bytes than were sent"),
      host(.lying, "other-address", "down", "no true answer in 5s: one came from {router}"),
      // What others say first is not taken, and the true answer is.
      host(.lying, "forged", "up"),
      host(.lying, "twice", "up"),
      host(.lying, "other-complaint", "up"),
      host(.lying, "unsent-complaint", "up"),
      host(.lying, "redirected", "up"),
      host(.lying, "quenched", "up"),
      host(
        .malformed, "other-code", "down",
        "no true answer in 5s: one came of type \(version.isEmpty ? 0 : 129) and code 5"),
      host(.malformed, "short", "down", "no true answer in 5s: one came of 12 bytes where 24 were sent"),
      host(.malformed, "head", "down", "no true answer in 5s: one came of 8 bytes where 24 were sent"),
      host(.malformed, "long", "down", "no true answer in 5s: one came of 1224 bytes where 24 were sent"),
      // Linux passes on neither.
      host(.malformed, "stump", "down", "no answer in 1s"),
      host(.malformed, "bad-sum", "down", "no answer in 1s"),
    ]
  }
}
