import Documents
import Foundation
import Simulator
import Testing
import Values

/// The bundled folders of this checkout.
enum Bundled {
  static let playbooks = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "playbooks").resolvingSymlinksInPath()

  static let systems = ["crystal-grimoire", "ensei-packs", "fluxori", "jamble-inventory", "nova-rms"]

  static func text(_ path: String) throws -> String {
    try String(contentsOf: playbooks.appending(path: path), encoding: .utf8)
  }

  /// Paths relative to `playbooks` of all files whose name ends so.
  static func files(ending suffix: String) -> [String] {
    let all = FileManager.default.enumerator(atPath: playbooks.path)?.compactMap { $0 as? String } ?? []
    return all.filter { $0.hasSuffix(suffix) }.sorted()
  }

  /// The endpoints that the system's file names.
  static func endpoints(of system: String) throws -> [String] {
    var problems: [Problem] = []
    let document = YAMLDocument(try text("\(system)/system.yaml"), file: system, problems: &problems)
    return document.root?.entries?.first { $0.key.text == "endpoints" }?.value.entries?.compactMap(\.key.text)
      ?? []
  }

  static func drill(_ path: String) throws -> Drill {
    var problems: [Problem] = []
    let drill = Drill.parse(try text(path), file: path, problems: &problems)
    #expect(problems.map(\.description) == [])
    return try #require(drill)
  }
}

/// A drill from text that must be right.
func drill(_ text: String) throws -> Drill {
  var problems: [Problem] = []
  let drill = Drill.parse(text, file: "drill.yaml", problems: &problems)
  #expect(problems.map(\.description) == [])
  return try #require(drill)
}

func estate(_ drill: Drill?, port: UInt16 = 0, system: String = "shop") -> Estate {
  Estate(
    system: system, drill: drill,
    endpoints: [
      .init(
        name: "health", path: "/health",
        healthy: SimulatedAnswer(
          headers: ["content-type": "application/json"], body: #"{"status":"healthy"}"#)),
      .init(name: "metrics", path: "/metrics", healthy: SimulatedAnswer()),
      .init(name: "first", path: "/items?limit=1", healthy: SimulatedAnswer(body: "one")),
      .init(name: "items", path: "/items", healthy: SimulatedAnswer(body: "all")),
    ], port: port)
}

extension SimulatedAnswer {
  var text: String { String(decoding: body, as: UTF8.self) }

  /// The value on the line that begins with `series`.
  func value(_ series: String) -> Double? {
    text.split(separator: "\n").first { $0.hasPrefix(series + " ") }
      .flatMap { Double($0.dropFirst(series.count + 1)) }
  }
}
