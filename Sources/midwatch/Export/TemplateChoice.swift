import ArgumentParser
import Foundation
import Host
import Incidents
import Retro
import Values

/// Finds the template of an export: a file, one of a system's folder, one that is built in.
struct TemplateChoice {
  /// Folders of the incident's systems that are here.
  var folders: [String] = []
  let places: Places

  static let own = "midwatch"

  /// - Parameter word: a path, when it has a slash or ends in `.md`; else a name. A folder's `retro/NAME.md` comes before
  ///   the one that is built in, also where nobody named one.
  func template(_ word: String?) throws -> RetroTemplate {
    if let word, word.contains("/") || word.hasSuffix(".md") {
      return try read(places.absolute(word), shown: word, name: Self.name(of: word))
    }
    let name = word ?? Self.own
    for folder in folders where Self.isName(name) {
      let path = "\(folder)/retro/\(name).md"
      if FileManager.default.fileExists(atPath: path) { return try read(path, shown: path, name: name) }
    }
    if let template = BuiltInRetroTemplates.template(name) { return template }
    let own = folders.flatMap(Self.names).filter { !BuiltInRetroTemplates.names.contains($0) }
    let known = BuiltInRetroTemplates.names + own
    throw Refusal(
      "There is no template \(Inert.terminal(name)); use \(known.joined(separator: ", ")), or a file: "
        + "./\(Inert.terminal(name)).md.")
  }

  private static func isName(_ text: String) -> Bool { !text.isEmpty && !text.hasPrefix(".") }

  private static func name(of path: String) -> String {
    let last = path.split(separator: "/").last.map(String.init) ?? path
    return last.hasSuffix(".md") ? String(last.dropLast(3)) : last
  }

  private static func names(in folder: String) -> [String] {
    FolderReader.files(in: folder + "/retro", ending: ".md").map { String($0.dropLast(3)) }
  }

  private func read(_ path: String, shown: String, name: String) throws -> RetroTemplate {
    guard let bytes = FolderReader.contents(of: path), let text = String(validating: bytes, as: UTF8.self)
    else {
      throw Refusal(
        "\(Inert.terminal(shown)) cannot be read as UTF-8 text; check its name, mode and encoding.")
    }
    var problems: [Problem] = []
    let template = RetroTemplate(text, name: name, file: shown, problems: &problems)
    for problem in problems.sorted() { Standard.plainError(Inert.terminal(problem.description)) }
    guard let template else {
      throw Refusal("\(Inert.terminal(shown)) has errors; nothing was exported.")
    }
    return template
  }
}
