import Foundation
import Glibc
import Host
import Incidents
import Values

/// A demo's state folder: kept, named on entering and leaving, and able to go on where it was, because
/// when it began, and with which drill, is stored in it.
struct DemoFolder {
  let path: String
  let drill: String
  let started: Instant

  private struct Beginning: Codable {
    let drill: String
    let started: Instant
  }

  /// - Parameter option: an earlier demo's folder to go on with, or where to begin one; nil makes a new one.
  init(option: String?, drill: String) throws {
    if let option {
      path = Places(environment: ProcessInfo.processInfo.environment).absolute(option)
      try? FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } else {
      var template = Array("\(NSTemporaryDirectory())midwatch-demo-XXXXXX".utf8CString)
      guard mkdtemp(&template) != nil else {
        throw Refusal("No folder can be made for the demo; name one with --state.")
      }
      path = String(decoding: template.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
    let file = URL(fileURLWithPath: path + "/demo.json")
    if let data = try? Data(contentsOf: file),
      let known = try? JSONDecoder().decode(Beginning.self, from: data)
    {
      self.drill = known.drill
      started = known.started
      return
    }
    self.drill = drill
    started = Clock.now()
    do {
      try JSONEncoder().encode(Beginning(drill: drill, started: started)).write(to: file, options: .atomic)
    } catch {
      throw Refusal("\(path) cannot be written; name another folder with --state.")
    }
  }
}
