import Documents
import Foundation
import Simulator
import Testing
import Values

@Suite struct BundledFoldersTests {
  @Test func allFiveAreThere() {
    for system in Bundled.systems {
      #expect(Bundled.files(ending: "system.yaml").contains("\(system)/system.yaml"))
      #expect(Bundled.files(ending: ".md").contains { $0.hasPrefix("\(system)/comms/") })
      #expect(Bundled.files(ending: ".yaml").contains("\(system)/drills/ordinary.yaml"))
    }
  }

  @Test func everyYAMLFileIsYAML() throws {
    for file in Bundled.files(ending: ".yaml") {
      var problems: [Problem] = []
      #expect(YAMLDocument(try Bundled.text(file), file: file, problems: &problems).root != nil)
      #expect(problems.map(\.description) == [])
    }
  }

  @Test func everyMarkdownFileHasFrontMatterWithATitleOrAnAudience() throws {
    for file in Bundled.files(ending: ".md") {
      var problems: [Problem] = []
      let front = FrontMatter(try Bundled.text(file), file: file, problems: &problems)
      #expect(problems.map(\.description) == [])
      let keys = front.document?.root?.entries?.compactMap(\.key.text) ?? []
      #expect(keys.contains(file.contains("/comms/") ? "audience" : "title"), "\(file)")
    }
  }

  @Test func everyDrillNamesOnlyEndpointsAndAlertsThatExist() throws {
    for file in Bundled.files(ending: ".yaml") where file.contains("/drills/") {
      let system = String(file.prefix { $0 != "/" })
      var problems: [Problem] = []
      let endpoints = try Bundled.endpoints(of: system)
      let rules = (try? Bundled.text("\(system)/rules.yaml")) ?? ""
      let alerts = rules.split(separator: "\n").compactMap { line in
        line.range(of: "- alert: ").map { String(line[$0.upperBound...]) }
      }
      let drill = Drill.parse(
        try Bundled.text(file), file: file, endpoints: endpoints, alerts: alerts,
        problems: &problems)
      #expect(drill != nil)
      #expect(problems.map(\.description) == [])
    }
  }

  @Test func everyAddressCanBePointedAtTheSimulator() throws {
    let expected: [String: Set<String>] = [
      "crystal-grimoire": [
        "CRYSTAL_FUNCTIONS", "CRYSTAL_LOG_EXPLORER", "CRYSTAL_ANALYTICS_DASHBOARD", "CRYSTAL_BIGQUERY",
        "CRYSTAL_STRIPE",
      ],
      "ensei-packs": ["ENSEI_API", "ENSEI_ADMIN", "ENSEI_STATUS_PAGE"],
      "fluxori": ["FLUXORI_API", "FLUXORI_APP", "FLUXORI_CONSOLE", "FLUXORI_FIREBASE"],
      "jamble-inventory": [
        "JAMBLE_API", "JAMBLE_MONITORING", "JAMBLE_LOCAL", "JAMBLE_CONSOLE", "JAMBLE_EMAIL_PROVIDER",
        "JAMBLE_MAILHOG",
      ],
      "nova-rms": [
        "NOVA_STAGING", "NOVA_LOCAL", "NOVA_GRAFANA", "NOVA_STATUS_PAGE", "NOVA_WORKER", "NOVA_LOKI",
        "NOVA_JAEGER", "NOVA_BULL_BOARD", "NOVA_SUPERADMIN", "NOVA_MAILPIT", "NOVA_ANNOUNCE",
      ],
    ]
    for system in Bundled.systems {
      let variables = Estate.variables(
        in: try Bundled.text("\(system)/system.yaml"), at: "http://127.0.0.1:9")
      #expect(Set(variables.keys) == expected[system])
    }
    let fluxori = Estate.variables(in: try Bundled.text("fluxori/system.yaml"), at: "http://127.0.0.1:9")
    #expect(fluxori["FLUXORI_APP"] == "http://127.0.0.1:9/app")
    #expect(fluxori["FLUXORI_API"] == "http://127.0.0.1:9")
  }

  /// Nobody is polled who did not ask for it.
  @Test func everyHostInASystemFileIsThisMachine() throws {
    for file in Bundled.files(ending: "system.yaml") {
      for (index, line) in try Bundled.text(file).split(separator: "\n", omittingEmptySubsequences: false)
        .enumerated()
      {
        for host in line.components(separatedBy: "://").dropFirst() {
          #expect(host.hasPrefix("127.0.0.1"), "\(file):\(index + 1)")
        }
      }
    }
  }
}
