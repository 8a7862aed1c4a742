import Foundation
import TestSupport
import Testing

/// Every kind that asks a server or a program, against real ones and against one that lies.
@Suite(
  .serialized,
  .enabled(
    if: Estate.missing.isEmpty && KindCase.missing.isEmpty,
    "not installed: \(Estate.missing + KindCase.missing); make test-peers installs them"))
struct KindTests {
  @Test func eachKindIsUpDownSlowLyingAndMalformed() throws {
    let estate = try Estate()
    let page = try Page(queue: 1)
    defer { page.stop() }
    let peers = [
      "prometheus": try Peer.prometheus(page: page.port), "alertmanager": try Peer.alertmanager(),
      "node": try Peer("prometheus-node-exporter", ready: "/metrics") { port, _ in
        ["--web.listen-address=127.0.0.1:\(port)"]
      },
    ]
    func fill(_ text: String) -> String {
      peers.reduce(estate.fill(text)) { $0.replacingOccurrences(of: "{\($1.key)}", with: "\($1.value.port)") }
    }
    let survey = try KindSurvey(KindCase.all.map { $0.filled(fill) })
    try survey.watch.trust()
    try survey.check()
  }
}
