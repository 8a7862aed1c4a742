import Foundation
import Host
import Incidents
import Probes
import Simulator
import Systems
import Values

/// What a demo plays: the bundled systems, a simulator for them, and when it began.
struct Demo {
  /// One bundled system and its healthy answers.
  let estates: [Estate]
  let sources: [SystemSource]

  static let defaultDrill = "purchases-fail"
  static let leadSystem = "ensei-packs"
  /// What every other system plays: a quiet night.
  static let quietDrill = "ordinary"

  /// - Parameter drill: the drill's file name in the lead system's folder, without its ending.
  init(places: Places, drill: String) throws {
    guard let root = places.bundled else {
      throw Refusal(
        "The bundled systems are not beside this binary; install with `make install`, or run it in place.")
    }
    // The simulator takes any token; without one, what needs a token would wait for it.
    let environment = places.environment.merging(["NOVA_TOKEN": "demo"]) { own, _ in own }
    sources = SystemSource.all(in: root + "/playbooks", environment: environment, isBundled: true)
    guard !sources.isEmpty else { throw Refusal("\(root)/playbooks holds no system.") }
    estates = try sources.map { source in
      let (folder, problems) = source.load()
      if let first = problems.first(where: { $0.weight == .error }) {
        throw Refusal("\(source.name): \(first).")
      }
      let played = try Self.drill(source.name == Self.leadSystem ? drill : Self.quietDrill, of: source)
      let endpoints = folder.endpoints.compactMap { endpoint -> Estate.Endpoint? in
        guard let content = Self.content(of: endpoint.kind), let path = Self.path(of: endpoint.target) else {
          return nil
        }
        let expected = endpoint.assertions.map(\.text)
        return Estate.Endpoint(
          name: endpoint.name, path: path, healthy: .healthy(expecting: expected, content: content))
      }
      return Estate(system: source.name, drill: played, endpoints: endpoints)
    }
  }

  private static func drill(_ name: String, of source: SystemSource) throws -> Drill {
    let folder = source.path + "/drills"
    guard let bytes = FolderReader.contents(of: "\(folder)/\(name).yaml") else {
      let names = FolderReader.files(in: folder, ending: ".yaml").map { String($0.dropLast(5)) }
      throw Refusal("\(source.name) has no drill \(name); it has: \(names.joined(separator: ", ")).")
    }
    var problems: [Problem] = []
    let text = String(decoding: bytes, as: UTF8.self)
    guard let drill = Drill.parse(text, file: "\(folder)/\(name).yaml", problems: &problems) else {
      throw Refusal(problems.first?.description ?? "The drill \(name) cannot be read.")
    }
    return drill
  }

  /// What a healthy endpoint of that kind answers with; nil for kinds that are not polled.
  private static func content(of kind: Kind) -> SimulatedAnswer.Content? {
    switch kind {
    case .http: .text
    case .scrape: .exposition
    case .json, .callable: .json
    default: nil
    }
  }

  /// The path and query of an URL; nil for what is none.
  private static func path(of target: String) -> String? {
    guard let scheme = target.firstRange(of: "://") else { return nil }
    let rest = target[scheme.upperBound...]
    return rest.firstIndex(of: "/").map { String(rest[$0...]) } ?? "/"
  }

  /// The sources with their variables filled by `addresses`, polled as fast as the lead drill says.
  func sources(at addresses: [String: String]) -> [SystemSource] {
    let every = estates.first { $0.system == Self.leadSystem }?.drill?.every
    return sources.map { source in
      guard let address = addresses[source.name],
        let bytes = FolderReader.contents(of: source.path + "/system.yaml")
      else { return source }
      let variables = Estate.variables(in: String(decoding: bytes, as: UTF8.self), at: address)
      return SystemSource(
        name: source.name, path: source.path, environment: source.environment.merging(variables) { $1 },
        isBundled: true, every: every)
    }
  }
}
