import Alerting
import Documents
import Foundation
import Host
import Retro
import Simulator
import Systems
import Terminal
import Values

/// Reads whatever a path holds and collects every mistake; executes nothing.
struct PathValidation {
  private(set) var problems: [Problem] = []
  private(set) var files = 0
  private let environment: [String: String]

  /// - Parameter shown: the path as the user wrote it; problems begin with it.
  static func check(_ path: String, shown: String, environment: [String: String]) -> PathValidation {
    var validation = PathValidation(environment: environment)
    validation.read(path, shown: shown.hasSuffix("/") ? String(shown.dropLast()) : shown)
    return validation
  }

  private init(environment: [String: String]) {
    self.environment = environment
  }

  private mutating func read(_ path: String, shown: String) {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      problems.append(Problem("there is no such file or folder", remedy: "check the path", file: shown))
      return
    }
    if !isFolder.boolValue { return readFile(path, shown: shown) }
    if FolderReader.contents(of: path + "/system.yaml") != nil { return readSystem(path, shown: shown) }
    let folders = FolderReader.folders(in: path)
    let themes = FolderReader.files(in: path, ending: ".yaml") + FolderReader.files(in: path, ending: ".md")
    if folders.isEmpty, themes.isEmpty {
      problems.append(
        Problem("the folder holds nothing to read", remedy: "name a system's folder", file: shown))
    }
    for name in folders { read(path + "/" + name, shown: shown + "/" + name) }
    for name in themes { readFile(path + "/" + name, shown: shown + "/" + name) }
  }

  private mutating func readSystem(_ path: String, shown: String) {
    let (texts, unread) = FolderReader.read(path)
    files += texts.count
    let name = String(path.split(separator: "/").last ?? "system")
    let (folder, found) = SystemFolder.load(
      Folder(name: name, files: texts), environment: environment, zones: ZoneReader.zone)
    problems += (unread + found).map { $0.moved(below: shown) }
    for (file, text) in texts.sorted(by: { $0.key < $1.key }) where file.hasPrefix("drills/") {
      var found: [Problem] = []
      _ = Drill.parse(
        text, file: file, endpoints: folder.endpoints.map(\.name), alerts: folder.alertNames,
        problems: &found)
      problems += found.map { $0.moved(below: shown) }
    }
    for (file, text) in texts.sorted(by: { $0.key < $1.key })
    where file.hasPrefix("retro/") && file.hasSuffix(".md") {
      var found: [Problem] = []
      _ = RetroTemplate(text, name: file, file: file, problems: &found)
      problems += found.map { $0.moved(below: shown) }
    }
  }

  private mutating func readFile(_ path: String, shown: String) {
    files += 1
    guard let bytes = FolderReader.contents(of: path), let text = String(validating: bytes, as: UTF8.self)
    else {
      problems.append(
        Problem("the file cannot be read as UTF-8", remedy: "check its mode and encoding", file: shown))
      return
    }
    if let found = SystemFolder.problems(ofFile: shown, text: text, environment: environment) {
      problems += found
    } else if FileKind(text: text, file: shown) == .drill {
      _ = Drill.parse(text, file: shown, problems: &problems)
    } else {
      problems += themeProblems(text, path: path, shown: shown)
    }
  }

  private func themeProblems(_ text: String, path: String, shown: String) -> [Problem] {
    var found: [Problem] = []
    let folder = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
    _ = Theme.parse(
      text, file: shown,
      find: { FolderReader.contents(of: "\(folder)/\($0).yaml").map { String(decoding: $0, as: UTF8.self) } },
      problems: &found)
    return found
  }
}

extension Problem {
  fileprivate func moved(below folder: String) -> Problem {
    Problem(what, remedy: remedy, file: folder + "/" + file, at: position, weight: weight)
  }
}
